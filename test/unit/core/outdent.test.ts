import { expect, test } from 'vitest';
import { Desk } from '../../support/desk.ts';
import { ScriptedBackend } from '../../support/scriptedBackend.ts';
import { VirtualClock } from '../../support/virtualClock.ts';

/** A new line that the editor has indented like the one above, and a model that closes the block. */
async function desk() {
  const clock = new VirtualClock();
  const backend = new ScriptedBackend(clock, () => ({ text: '}\n  d();' }));
  const desk = new Desk(clock, backend, '  if (a) {\n    b();█', {
    refine: () => (answer) => ({ kind: 'keep', text: answer.text, replace: 0, outdent: 2 }),
  });
  desk.type('\n    ');
  await clock.advance(900);
  const rest = async () => {
    await clock.advance(100);
    return { ghost: desk.ghost?.text, requests: backend.requests.length };
  };
  return { desk, rest };
}

test('what closes the block is put where the block began', async () => {
  const { desk: at, rest } = await desk();
  expect(await rest()).toEqual({ ghost: '}\n  d();', requests: 1 });
  at.accept();
  expect(at.marked).toBe('  if (a) {\n    b();\n  }\n  d();█');
});

test('it stays while the blanks are taken away by hand, and when it is typed after that', async () => {
  const { desk: at, rest } = await desk();
  at.backspace();
  expect(await rest()).toEqual({ ghost: '}\n  d();', requests: 1 });
  at.backspace();
  expect(await rest()).toEqual({ ghost: '}\n  d();', requests: 1 });
  at.type('}');
  expect(await rest()).toEqual({ ghost: '\n  d();', requests: 1 });
  expect(at.marked).toBe('  if (a) {\n    b();\n  }█');
});

test('it stays when the editor takes the blanks away as the bracket is typed', async () => {
  const { desk: at, rest } = await desk();
  at.replace('  if (a) {\n    b();\n  }█');
  at.refresh();
  expect(await rest()).toEqual({ ghost: '\n  d();', requests: 1 });
});
