import { expect, test } from 'vitest';
import { createRefine } from '../../../src/filters/index.ts';
import { calm } from '../../support/calm.ts';
import { Desk } from '../../support/desk.ts';
import { type Script, ScriptedBackend } from '../../support/scriptedBackend.ts';
import { VirtualClock } from '../../support/virtualClock.ts';

const minute = 60_000;

/** A desk with the real filters whose model answers by one script after the other; the last one stays. */
function deskWith(...scripts: readonly [Script, ...Script[]]) {
  const clock = new VirtualClock();
  let asked = 0;
  const backend = new ScriptedBackend(
    clock,
    () => scripts[Math.min(asked++, scripts.length - 1)] ?? scripts[0],
  );
  const desk = new Desk(clock, backend, 'function f() {\n  const total =█\n}\n', {
    refine: () => createRefine({ maxLines: 8 }),
  });
  const ghosts: string[] = [];
  desk.onGhost = () => ghosts.push(desk.ghost?.text ?? '');
  return { clock, backend, desk, ghosts };
}

const good: Script = { text: 'sum(a, b);' };

/** The next keys work: a suggestion comes, and nothing is left when the desk is closed. */
async function expectToGoOn({ clock, desk, backend }: ReturnType<typeof deskWith>): Promise<void> {
  desk.type('\n');
  desk.type('  const next =');
  desk.type(' ');
  await clock.advance(2000);
  expect(desk.ghost?.text).toBe('sum(a, b);');
  desk.dispose();
  await clock.advance(0);
  expect(backend.running).toBe(0);
  expect(clock.pending).toBe(0);
}

test('a model that never answers blocks nobody: the next keys are answered', async () => {
  const rig = deskWith({ text: '', firstMs: Number.MAX_SAFE_INTEGER }, good);
  rig.desk.type(' ');
  await rig.clock.advance(10 * minute);
  expect(rig.ghosts.every((ghost) => ghost === '')).toBe(true);
  await expectToGoOn(rig);
});

test('what a model says after a minute is shown to someone who still waits there', async () => {
  const rig = deskWith({ ...good, firstMs: minute });
  rig.desk.type(' ');
  await rig.clock.advance(minute - 1000);
  expect(rig.desk.ghost).toBeUndefined();
  await rig.clock.advance(2000);
  expect(rig.desk.ghost?.text).toBe('sum(a, b);');
});

test('what a model says after a minute is not shown to someone who has gone elsewhere', async () => {
  const rig = deskWith({ text: 'late(a, b);', firstMs: minute }, good);
  rig.desk.type(' ');
  await rig.clock.advance(1000);
  rig.desk.move(0);
  await rig.clock.advance(2 * minute);
  expect(rig.ghosts.every((ghost) => ghost === '')).toBe(true);
  rig.desk.move(rig.desk.text.indexOf('\n}'));
  await expectToGoOn(rig);
});

test('one byte a second grows on the screen, and only ever grows', async () => {
  const rig = deskWith({ text: 'sum(first, second);', chunk: 1, everyMs: 1000 });
  rig.desk.type(' ');
  await rig.clock.advance(30_000);
  const shown = rig.ghosts.filter((ghost) => ghost !== '');
  expect(shown.length).toBeGreaterThan(5);
  for (const [at, ghost] of shown.entries()) expect(ghost.startsWith(shown[at - 1] ?? '')).toBe(true);
  expect(shown.at(-1)).toBe('sum(first, second);');
});

test.each([
  ['in one line', 'x'.repeat(10_000_000)],
  ['in many lines', 'call(a);\n'.repeat(1_100_000)],
])('10 MB %s are hung up on before more than a little was read', async (_, text) => {
  const rig = deskWith({ text, chunk: 4096, everyMs: 1 }, good);
  rig.desk.type(' ');
  await rig.clock.advance(20_000);
  const [first] = rig.backend.requests;
  expect(first?.state).toBe('hung-up');
  expect(first?.characters).toBeLessThan(100_000);
  await expectToGoOn(rig);
});

test.each([
  ['NUL', 'sum(a,\0 b);'],
  ['a lone high surrogate', 'sum(a,\ud800 b);'],
  ['a lone low surrogate', 'sum(a,\udc00 b);'],
  ['a bare CR', 'sum(a,\r b);'],
])('%s never reaches the screen', async (_, text) => {
  const rig = deskWith({ text, chunk: 1 }, good);
  rig.desk.type(' ');
  await rig.clock.advance(3000);
  for (const ghost of rig.ghosts) expect(ghost).not.toMatch(/[\0\r]|[\ud800-\udfff]/u);
  await expectToGoOn(rig);
});

test('a whole pair of surrogates that comes in two pieces is never shown in half', async () => {
  const rig = deskWith({ text: 'say("🙂🙂");', chunk: 1, everyMs: 150 });
  rig.desk.type(' ');
  await rig.clock.advance(5000);
  for (const ghost of rig.ghosts) expect(ghost).not.toMatch(/[\ud800-\udfff]/u);
  expect(rig.desk.ghost?.text).toBe('say("🙂🙂");');
});

const slow: Script = { text: 'sum(first, second);', chunk: 2, everyMs: 200 };

/** What happens to a document while a model writes for it, and what may be shown after that: where the old text no longer fits, another answer. */
const changes: readonly {
  readonly what: string;
  readonly change: (desk: Desk) => void;
  readonly shown: string;
}[] = [
  {
    what: 'changed above by a formatter',
    change: (desk) => desk.replace('// formatted\nfunction f() {\n  const total = █\n}\n'),
    shown: 'sum(a, b);',
  },
  {
    what: 'changed at the caret by another program',
    change: (desk) => desk.replace('function f() {\n  const other = █\n}\n'),
    shown: 'sum(a, b);',
  },
  {
    what: 'reverted to what the answer still fits',
    change: (desk) => desk.replace('function f() {\n  const total =█\n}\n'),
    shown: ' sum(first, second);',
  },
  { what: 'emptied', change: (desk) => desk.replace('█'), shown: 'sum(a, b);' },
  {
    what: 'renamed',
    change: (desk) => desk.replace(desk.marked, 'file:///work/renamed'),
    shown: 'sum(a, b);',
  },
  {
    what: 'closed and opened again with another text',
    change: (desk) => {
      desk.replace('function f() {\n  const width = █\n}\n');
      desk.version = 2;
    },
    shown: 'sum(a, b);',
  },
];

test.each(changes)(
  'a document that is $what in mid-stream is shown what fits it now',
  async ({ change, shown }) => {
    const rig = deskWith(slow, good);
    rig.desk.type(' ');
    await rig.clock.advance(900);
    expect(rig.desk.ghost?.text).toMatch(/^sum\(f/);
    change(rig.desk);
    rig.ghosts.length = 0;
    rig.desk.refresh();
    await rig.clock.advance(10_000);
    expect(rig.desk.ghost?.text).toBe(shown);
    for (const ghost of rig.ghosts) expect(shown.startsWith(ghost)).toBe(true);
    await expectToGoOn(rig);
  },
);

test('nothing more is written for a document that is closed, and another is answered', async () => {
  const rig = deskWith(slow, good);
  rig.desk.type(' ');
  await rig.clock.advance(900);
  rig.desk.completer.closed('file:///work/another');
  expect(rig.backend.running).toBe(1);
  rig.desk.completer.closed(rig.desk.uri);
  await rig.clock.advance(0);
  expect(rig.backend.running).toBe(0);
  rig.desk.replace('function g() {\n  const other =█\n}\n', 'file:///work/another');
  await expectToGoOn(rig);
});

test('a night’s sleep in mid-stream leaves what was shown and the next key works', async () => {
  const rig = deskWith({ text: 'sum(first, second);', chunk: 5, everyMs: 8 * 60 * minute, hang: true }, good);
  rig.desk.type(' ');
  await rig.clock.advance(1000);
  expect(rig.desk.ghost?.text).toBe('sum(f');
  await rig.clock.advance(60 * minute);
  expect(rig.desk.ghost?.text).toBe('sum(f');
  await expectToGoOn(rig);
});

test('a document that is opened again with another text while context is gathered is not answered for the old one', async () => {
  const clock = new VirtualClock();
  const { signal } = new AbortController();
  const backend = new ScriptedBackend(clock, ({ site }) => ({
    text: site.snapshot.text.includes('old') ? 'forOld();' : 'forNew();',
  }));
  const desk = new Desk(clock, backend, 'const old =█', {
    gather: async () => {
      await clock.sleep(300, signal);
      return [];
    },
  });
  const trigger = 'typing' as const;
  const ask = { snapshot: desk.snapshot(), trigger, circumstances: calm, settings: desk.settings, signal };
  void desk.completer.prepare(ask);
  await clock.advance(100);
  desk.replace('const new =█');
  desk.version = ask.snapshot.version;
  desk.refresh();
  await clock.advance(3000);
  expect(desk.ghost?.text).toBe('forNew();');
});
