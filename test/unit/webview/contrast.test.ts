import { expect, test } from 'vitest';
import { readable } from '../../../src/webview/contrast.ts';

test('a colour that can be read stays as the theme has it', () => {
  expect(readable('#569cd6', '#1f1f1f', '#cccccc')).toBe('#569cd6');
  expect(readable('#0000ff', 'rgb(255, 255, 255)', 'rgb(59, 59, 59)')).toBe('#0000ff');
});

test('a colour that is too faint is moved towards the text, no farther than needed', () => {
  expect(readable('#3a3a3a', '#1f1f1f', '#cccccc')).toBe('rgb(146 146 146)');
  expect(readable('#ffff00', '#fff', '#000')).toBe('rgb(102 102 0)');
});

test('where even the text cannot be read, it is the text', () => {
  expect(readable('#222222', '#202020', '#333333')).toBe('#333333');
});

test('what is no colour stays as it is', () => {
  expect(readable('inherit', '#fff', '#000')).toBe('inherit');
});
