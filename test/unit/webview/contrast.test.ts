import { expect, test } from 'vitest';
import { readable } from '../../../src/webview/contrast.ts';

test('a colour that can be read stays as the theme has it', () => {
  expect(readable('#569cd6', '#1f1f1f')).toBe('#569cd6');
  expect(readable('#0000ff', 'rgb(255, 255, 255)')).toBe('#0000ff');
  expect(readable('rgba(204, 204, 204, 0.7)', '#1f1f1f')).toBe('rgba(204, 204, 204, 0.7)');
});

test('a colour that is too faint is moved towards black or white, no farther than needed', () => {
  expect(readable('#3a3a3a', '#1f1f1f')).toBe('rgb(137 137 137)');
  expect(readable('#ffff00', '#fff')).toBe('rgb(102 102 0)');
});

test('what shines through counts, on both sides', () => {
  // White of a tenth on black is nearly black.
  expect(readable('#ffffff1a', '#000')).not.toBe('#ffffff1a');
  expect(readable('#000', '#ffffff1a', '#000000')).not.toBe('#000');
  expect(readable('#fff', '#ffffff1a', '#000000')).toBe('#fff');
  expect(readable('#fff', 'rgb(255 255 255 / 90%)', '#000')).not.toBe('#fff');
});

test('what is no colour stays as it is, and is no ground', () => {
  expect(readable('inherit', '#fff')).toBe('inherit');
  expect(readable('#eee', '', 'none')).toBe('#eee');
  expect(readable('#eee', '', '#000')).toBe('#eee');
});
