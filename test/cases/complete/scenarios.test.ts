import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { Desk } from '../../support/desk.ts';
import { ScriptedBackend } from '../../support/scriptedBackend.ts';
import { VirtualClock } from '../../support/virtualClock.ts';

/*
 * A scenario is a text: a title after `==`, then one step a line. `\n` stands for a line break.
 *   text T      the document, █ the caret            model T     what the model answers from now on, 400 ms to its first token
 *   type T      types T, a key each 140 ms           key T C     one key T, after which the editor closes with C
 *   pause N     N milliseconds pass                  back N      deletes N characters
 *   tab         takes the ghost text                 word        takes its first word
 *   line        takes its first line                 esc         sends it away
 *   move N      moves the caret by N characters      ask         asks by hand
 *   undo        undoes the last edit                 redo        does it again
 *   ghost T     is what the screen shows (· for a space at an end, nothing for none)
 *   is T        is the document                      requests N  were made since the start
 *   hung-up N   of them were ended before they had been answered
 */
const folder = import.meta.dirname;

for (const file of readdirSync(folder).filter((name) => name.endsWith('.case'))) {
  describe(file.replace('.case', ''), () => {
    for (const scenario of readFileSync(`${folder}/${file}`, 'utf8').split(/^== /m).slice(1)) {
      const [title = '', ...lines] = scenario.trimEnd().split('\n');
      test(title, () => play(lines.filter((line) => line.trim() !== '')));
    }
  });
}

async function play(lines: readonly string[]): Promise<void> {
  const clock = new VirtualClock();
  let answer = '';
  const backend = new ScriptedBackend(clock, () => ({ text: answer }));
  let desk = new Desk(clock, backend, '█');
  for (const line of lines) {
    const [verb = '', given = ''] = /^(\S+)\s*(.*)$/.exec(line)?.slice(1) ?? [];
    const text = given.replaceAll('\\n', '\n').replaceAll('·', ' ');
    switch (verb) {
      case 'text':
        desk = new Desk(clock, backend, text);
        break;
      case 'model':
        answer = text;
        break;
      case 'type':
        for (const key of text) {
          desk.type(key);
          await clock.advance(140);
        }
        break;
      case 'key': {
        const [typed = '', closing = ''] = text.split(/ (?=\S+$)/);
        desk.type(typed, closing.replaceAll('¶', '\n'));
        await clock.advance(140);
        break;
      }
      case 'pause':
        await clock.advance(Number(text));
        break;
      case 'back':
        desk.backspace(Number(text));
        await clock.advance(140);
        break;
      case 'tab':
        desk.accept();
        await clock.advance(0);
        break;
      case 'word':
        desk.accept(/^\s*(?:\w+|[^\w\s]+)/.exec(desk.ghost?.text ?? '')?.[0].length ?? 0);
        await clock.advance(0);
        break;
      case 'line':
        desk.accept(/^\s*[^\n]*/.exec(desk.ghost?.text ?? '')?.[0].length ?? 0);
        await clock.advance(0);
        break;
      case 'move':
        desk.move(desk.caret + Number(text));
        break;
      case 'ask':
        void desk.invoke();
        await clock.advance(0);
        break;
      case 'undo':
      case 'redo':
        desk[verb]();
        await clock.advance(140);
        break;
      case 'esc':
        desk.dismiss();
        await clock.advance(0);
        break;
      case 'ghost':
        expect(desk.ghost?.text ?? '', line).toBe(text);
        break;
      case 'is':
        expect(desk.marked, line).toBe(text);
        break;
      case 'requests':
        expect(backend.requests.length, line).toBe(Number(text));
        break;
      case 'hung-up':
        expect(backend.requests.filter(({ state }) => state === 'hung-up').length, line).toBe(Number(text));
        break;
      default:
        throw new Error(`No such step: ${line}`);
    }
  }
  desk.dispose();
  await clock.advance(0);
  expect(backend.running, 'streams left running').toBe(0);
}
