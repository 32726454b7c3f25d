import { expect, test } from 'vitest';
import type { Refine } from '../../../src/core/answer.ts';
import { Desk } from '../../support/desk.ts';
import { ScriptedBackend } from '../../support/scriptedBackend.ts';
import { VirtualClock } from '../../support/virtualClock.ts';

/** A document with a suggestion of two lines on the screen, whatever becomes of the draft that it was in. */
async function shown(marked: string, text: string, refine: Refine) {
  const clock = new VirtualClock();
  const backend = new ScriptedBackend(clock, () => ({ text, chunk: 2, everyMs: 100 }));
  const desk = new Desk(clock, backend, marked, { refine: () => refine });
  desk.type(';');
  await clock.advance(2500);
  const typed = async (keys: readonly string[]) => {
    const ghosts: (string | undefined)[] = [];
    for (const key of keys) {
      desk.type(key);
      await clock.advance(100);
      ghosts.push(desk.ghost?.text);
    }
    return ghosts;
  };
  return { desk, backend, typed };
}

test('what a filter took back only after it was shown stays while it is typed', async () => {
  const { desk, backend, typed } = await shown(
    '{\n  a()█',
    '\n  b();\n  c();\n  d();\n',
    ({ text, ended }) => ({
      kind: ended ? 'finish' : 'keep',
      text: ended ? '\n  b();' : text,
      replace: 0,
    }),
  );
  expect(desk.ghost?.text).toBe('\n  b();\n  c();');
  expect(await typed(['\n  ', 'b();', '\n  ', 'c'])).toEqual(['b();\n  c();', '\n  c();', 'c();', '();']);
  expect(backend.requests.length).toBe(1);
});
