import { afterEach, expect, test } from 'vitest';
import { drawn, tokenKinds } from '../bench/privacyKinds.ts';
import { seeded } from '../bench/random.ts';
import { openGuard } from '../support/openGuard.ts';
import { createVictim, snippetOf, type Victim } from './rig.ts';

/** Kinds and forms are fixed; the characters are drawn. */
const random = seeded(20_261_126);

let victim: Victim;
afterEach(() => victim.server.close());

/** Has one secret of every kind sent from every place that is sent; gives the kinds and places that arrived. */
async function arrivals(): Promise<string[]> {
  const arrived: string[] = [];
  for (const [kind, form] of Object.entries(tokenKinds)) {
    const [before, after, elsewhere, asked] = Array.from({ length: 4 }, () => drawn(form, random)) as [
      string,
      string,
      string,
      string,
    ];
    const text = `const used = "${before}";\nload(█);\nconst spare = "${after}";\n`;
    await victim.complete(text, { snippets: [snippetOf('src/b.ts', `connect("${elsewhere}");\n`)] });
    const told = victim.server.requests.at(-1)?.body;
    await victim.explain(`use("${asked}");\n`, { start: 0, end: 10 }, `What is ${asked}?`);
    const sent = JSON.stringify([told, victim.server.requests.at(-1)?.body]);
    expect(sent).toContain('const used');
    const places = {
      'before the caret': before,
      'after it': after,
      'another file': elsewhere,
      'an explanation': asked,
    };
    for (const [place, secret] of Object.entries(places))
      if (sent.includes(secret)) arrived.push(`${kind}: ${place}`);
  }
  return arrived;
}

test('a careless client sends secrets of more than a hundred kinds from every place that is sent', async () => {
  victim = await createVictim({ guard: openGuard, settings: { 'suggest.askAhead': false } });
  expect(await arrivals()).toHaveLength(4 * Object.keys(tokenKinds).length);
  expect(Object.keys(tokenKinds).length).toBeGreaterThan(100);
});

test('Foretype sends none of them', async () => {
  victim = await createVictim({ settings: { 'suggest.askAhead': false } });
  expect(await arrivals()).toEqual([]);
});
