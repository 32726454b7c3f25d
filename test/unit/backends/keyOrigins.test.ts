import { expect, test } from 'vitest';
import { keyOrigins } from '../../../src/backends/keyOrigins.ts';
import type { Settings } from '../../../src/core/settings.ts';
import { settingsWith } from './rig.ts';

const openai = 'https://api.openai.com';
const team = 'https://models.example.com';

const cases: readonly (readonly [string, Partial<Settings>, readonly string[]])[] = [
  ['nothing was chosen', {}, [openai]],
  ['the cloud was chosen', { backend: 'cloud' }, [openai]],
  ['the team’s server was chosen', { backend: 'local', 'local.endpoint': `${team}/v1` }, [team]],
  [
    'the cloud steps in for the team’s server',
    { backend: 'local', fallback: ['cloud'], 'local.endpoint': team },
    [team, openai],
  ],
  ['a server on this machine steps in for the cloud', { backend: 'cloud', fallback: ['local'] }, [openai]],
  ['a server on this machine was chosen', { backend: 'local' }, ['http://127.0.0.1:11434']],
  ['an address was entered but not chosen yet', { 'local.endpoint': team }, [openai]],
  ['the address cannot be used', { backend: 'cloud', 'cloud.endpoint': 'ftp://nowhere' }, []],
];

test.each(cases)('where %s, a key can be kept for what is asked', (_when, change, origins) => {
  expect(keyOrigins(settingsWith(change)).map(({ origin }) => origin)).toEqual(origins);
});
