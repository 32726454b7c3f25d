import { readdirSync, readFileSync } from 'node:fs';
import { encode as encodeCl100k } from 'gpt-tokenizer/encoding/cl100k_base';
import { encode as encodeR50k } from 'gpt-tokenizer/encoding/r50k_base';
import { afterAll, expect, test } from 'vitest';
import { createBackend } from '../../../src/backends/index.ts';
import type { Prompt } from '../../../src/core/prompt.ts';
import { metered } from '../../../src/usage/metered.ts';
import type { Script } from '../../support/modelServerScript.ts';
import { passed } from '../../support/openGuard.ts';
import { portsWith, serverWith, settingsWith, siteAt } from '../backends/rig.ts';
import { freshMeter, rowsOf } from './rig.ts';

/** Tokenizers that are not ours, as far from it as those of real models and further. */
const counts: Readonly<Record<string, Script['count']>> = {
  cl100k: (text) => encodeCl100k(text, { disallowedSpecial: new Set() }).length,
  // GPT-2's: every blank of an indentation is a token.
  r50k: (text) => encodeR50k(text, { disallowedSpecial: new Set() }).length,
  'one a third character': (text) => Math.ceil(text.length / 3),
  words: (text) => text.match(/\w+|[^\s\w]+/g)?.length ?? 0,
};

const root = new URL('../../../', import.meta.url);
const cut = (text: string, length: number): string => text.slice(0, length);

/** Parts of the project's own files in several languages, of the lengths that prompts have: where each may be completed, and how it goes on. */
const places = [
  ['typescript', 'src/core/'],
  ['javascript', 'media/'],
  ['scheme', 'syntaxes/'],
  ['markdown', ''],
].flatMap(([language = '', folder = '']) =>
  readdirSync(new URL(folder, root))
    .filter((name) => /\.(?:ts|js|mjs|scm|md)$/.test(name))
    .map((name) => readFileSync(new URL(folder + name, root), 'utf8'))
    .filter((text) => text.length > 1500)
    .slice(0, 16)
    .map((text, at) => {
      const caret = Math.min(text.length - 400, 900 + at * 250);
      return { language, before: cut(text, caret), after: cut(text.slice(caret), 80 + at * 12) };
    }),
);

function chat({ before }: (typeof places)[number]): Prompt {
  return {
    kind: 'chat',
    messages: [
      { role: 'system', content: 'Complete the code at the caret. Answer with the code and nothing else.' },
      { role: 'user', content: before },
    ],
    stop: [],
    maxTokens: 1000,
  };
}

const plain = ({ before }: (typeof places)[number]): Prompt => ({
  kind: 'text',
  text: before,
  stop: [],
  maxTokens: 1000,
});

const table: string[] = [];

/** Asks for all places, and says what the meter has counted of them and what the server has. */
async function bothCounts(script: Partial<Script>, promptFor: typeof chat) {
  const answers = new Map(places.map((place) => [place.before, place.after]));
  const server = await serverWith({
    ...script,
    serve: ['chat', 'completions'],
    refuse: ['logprobs'],
    text: (prompt) => answers.get([...answers.keys()].find((before) => prompt.includes(before)) ?? '') ?? '',
  });
  const settings = settingsWith({
    backend: 'local',
    'local.endpoint': server.origin,
    'local.protocol': promptFor === chat ? 'chat' : 'completions',
    'local.model': 'a-model',
  });
  const meter = freshMeter();
  const backend = metered(createBackend('local', settings, portsWith()), meter);
  let own = 0;
  for (const [at, place] of places.entries()) {
    const site = siteAt('█', place.language);
    const request = { prompt: passed(promptFor(place)), site, settings };
    for await (const _ of backend.stream(request, AbortSignal.timeout(15_000)));
    const asked = server.requests.findLast(({ body }) => (body as { stream?: boolean }).stream === true);
    own += (asked?.promptTokens ?? 0) + (asked?.tokensSent ?? 0);
    await rowsOf(meter, at + 1);
  }
  const rows = await rowsOf(meter, places.length);
  const sum = (member: 'promptTokens' | 'completionTokens' | 'countedTokens'): number =>
    rows.reduce((total, row) => total + row[member], 0);
  const counted = sum('promptTokens') + sum('completionTokens');
  const estimated = sum('countedTokens');
  return { own, counted, estimated, off: Math.abs(counted - own) / own };
}

function note(what: string, { own, counted, estimated, off }: Awaited<ReturnType<typeof bothCounts>>): void {
  const cells = [`${own}`, `${counted}`, `${estimated}`, `${(off * 100).toFixed(2)} %`];
  table.push(`${what.padEnd(50)}${cells.map((cell) => cell.padStart(12)).join('')}`);
}

afterAll(() => {
  const head = ['server', 'meter', 'estimated', 'off'].map((cell) => cell.padStart(12)).join('');
  console.log(`\n${'tokens of answers without usage'.padEnd(50)}${head}\n${table.sort().join('\n')}\n`);
});

for (const [name, count] of Object.entries(counts)) {
  test.each(['llama.cpp', 'vllm', 'tgi', 'tabbyapi', 'webui', 'litellm'] as const)(
    `a server that counts ${name} and has the endpoints of %s is believed to the token`,
    async (tokenizer) => {
      const seen = await bothCounts({ count, tokenizer, usage: 'never' }, chat);
      note(`${name}, asked like ${tokenizer}`, seen);
      expect(seen).toMatchObject({ counted: seen.own, estimated: 0 });
    },
  );

  test.each(['koboldcpp', 'localai'] as const)(
    `a server that counts ${name} and has an endpoint for it that knows no conversations, is met within 2 %%: %s`,
    async (tokenizer) => {
      const talked = await bothCounts({ count, tokenizer, usage: 'never' }, chat);
      note(`${name}, asked like ${tokenizer}, chat`, talked);
      expect(talked.off).toBeLessThan(0.02);
      const written = await bothCounts({ count, tokenizer, usage: 'never' }, plain);
      note(`${name}, asked like ${tokenizer}, text`, written);
      expect(written).toMatchObject({ counted: written.own, estimated: 0 });
    },
  );
}
