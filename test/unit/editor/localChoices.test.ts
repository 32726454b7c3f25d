import { expect, test } from 'vitest';
import { choicesOf, type Found } from '../../../src/editor/localChoices.ts';
import { english } from '../../../src/editor/words.ts';

const ports = {
  pullable: [{ name: 'small-coder', size: '1 GB', fits: 'any laptop' }],
  recommended: (models: readonly string[]) => models.find((model) => model.includes('coder')),
};

function linesFor(...found: readonly Found[]): readonly string[] {
  return choicesOf(found, ports, english).map(({ act, label, description = '' }) =>
    [act, label, description].filter((part) => part !== '').join(' | '),
  );
}

const server = {
  endpoint: 'http://127.0.0.1:1',
  name: 'vLLM',
  kind: 'vllm',
  models: [],
  state: 'ready',
} as const;
const enter = 'enter | $(globe) Enter an address… | of a server elsewhere, such as your team’s';

test('an address can be entered where nothing was found', () => {
  expect(linesFor()).toEqual([enter]);
});

test('the models stand below their server, and one of them is recommended', () => {
  expect(linesFor({ ...server, models: ['talker', 'a-coder'] })).toEqual([
    'nothing | vLLM · http://127.0.0.1:1',
    'use | talker',
    'use | a-coder | recommended',
    enter,
  ]);
});

test('a server that wants a key can be unlocked, one that loads its model be looked at again', () => {
  expect(linesFor({ ...server, state: 'locked' })).toContain(
    'unlock | $(key) http://127.0.0.1:1 | asks for a key',
  );
  expect(linesFor({ ...server, state: 'starting' })).toContain(
    'look | $(sync) http://127.0.0.1:1 | loads its model: look again',
  );
});

test('only Ollama fetches models, and none that is there', () => {
  const ollama = { ...server, kind: 'ollama' };
  expect(linesFor(ollama)).toContain(
    'fetch | $(cloud-download) small-coder | download, 1 GB, for any laptop',
  );
  expect(linesFor({ ...ollama, models: ['small-coder'] }).join()).not.toContain('cloud-download');
});

test('a server that names no model is used with the one that it serves', () => {
  expect(linesFor(server)).toContain('use | http://127.0.0.1:1 | the model that it serves');
});
