import type { Refine } from '../../src/core/answer.ts';
import { BackendError } from '../../src/core/errors.ts';
import { Desk } from './desk.ts';
import { type Script, ScriptedBackend } from './scriptedBackend.ts';
import { VirtualClock } from './virtualClock.ts';

/** One thing that happens at a random desk. Numbers from 0 to 1 choose among what is possible at the moment. */
export type PlayEvent =
  | { readonly kind: 'key'; readonly choice: number }
  | { readonly kind: 'agree' }
  | { readonly kind: 'open-bracket' }
  | { readonly kind: 'newline' }
  | { readonly kind: 'back'; readonly count: number }
  | { readonly kind: 'move'; readonly choice: number }
  | { readonly kind: 'accept'; readonly share: number }
  | { readonly kind: 'invoke' }
  | { readonly kind: 'switch' }
  | { readonly kind: 'wait'; readonly ms: number }
  | { readonly kind: 'undo' }
  | { readonly kind: 'redo' }
  | { readonly kind: 'dismiss' }
  /** Another program changes the document; VS Code may ask then without a key. */
  | { readonly kind: 'foreign'; readonly choice: number }
  | { readonly kind: 'close' }
  | { readonly kind: 'settings' };

/** How the model behaves in one play. */
export interface PlayModel {
  readonly seed: number;
  readonly lanes: number;
  readonly metered: boolean;
}

/** Where a model begins to guess. */
const doubt = '¿';

const words = [
  'foo',
  'bar(',
  'a, b',
  ');',
  'return x;',
  '\n  next();',
  '\n    deep();',
  '\n}',
  '\n\n',
  ' ',
  '}',
  '// note',
  doubt,
];
const keys = 'fobar(,; {x\t1'.split('');

/** A number from 0 to 1 that depends on a text alone. */
function chanceOf(text: string): number {
  let hash = 2166136261;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 16777619);
  return (hash >>> 0) / 4294967296;
}

function scriptFor(prefix: string, count: number, seed: number): Script {
  const chance = (name: string) => chanceOf(`${seed} ${name} ${count} ${prefix}`);
  let text = '';
  const pieces = Math.floor(chance('pieces') * 6);
  for (let piece = 0; piece < pieces; piece += 1) {
    text += words[Math.floor(chance(`word ${piece}`) * words.length)] ?? '';
  }
  const base = {
    text,
    firstMs: 20 + chance('first') * 900,
    everyMs: chance('every') * 120,
    chunk: 1 + Math.floor(chance('chunk') * 6),
  };
  const fate = chance('fate');
  if (fate < 0.06)
    return {
      ...base,
      error: new BackendError('server', 'scripted'),
      failAfter: Math.floor(chance('after') * 12),
    };
  if (fate < 0.1) return { ...base, hang: true };
  return base;
}

/** What the filters do, in small: a first part of two lines, what goes on after it, and the guess up to the end of its line. */
const refine: Refine = ({ text, ended }, _site, reach = 'first') => {
  const at = text.indexOf(doubt);
  const sure = at < 0 ? text : text.slice(0, at);
  const isSure = at < 0;
  if (reach === 'guess') {
    const [line = '', ...below] = isSure ? [''] : text.slice(at).split('\n');
    const isWhole = ended || below.length > 0;
    return { kind: isWhole ? 'finish' : 'keep', text: sure + line.replaceAll(doubt, ''), replace: 0 };
  }
  const lines = sure.split('\n');
  const first = lines.slice(0, 2).join('\n');
  if (reach === 'first' && lines.length > 2) return { kind: 'finish', text: first, replace: 0 };
  if (!isSure) return { kind: 'finish', text: sure, replace: 0, doubtful: true };
  return { kind: ended ? 'finish' : 'keep', text: sure, replace: 0 };
};

/** Plays events and says which promises were broken; nothing if all held. */
export async function playAtRandom(
  model: PlayModel,
  events: readonly PlayEvent[],
): Promise<readonly string[]> {
  const broken: string[] = [];
  const clock = new VirtualClock();
  const said: {
    readonly uri: string;
    readonly prefix: string;
    readonly suffix: string;
    readonly text: string;
    readonly era: number;
  }[] = [];
  let era = 0;
  let id = 0;
  const backendFor = () =>
    new ScriptedBackend(
      clock,
      ({ site, prompt }) => {
        const { uri, text, caret } = site.snapshot;
        const script = scriptFor(text.slice(0, caret), said.length, model.seed);
        const prefix = text.slice(0, caret);
        const suffix = text.slice(caret);
        const twice = said.find(
          (other) =>
            other.uri === uri && other.prefix === prefix && other.suffix === suffix && other.era === era,
        );
        if (twice && !prompt.temperature && finished.has(twice))
          broken.push(`asked twice at ${JSON.stringify(prefix)}`);
        const entry = { uri, prefix, suffix, text: script.text.replaceAll(doubt, ''), era };
        said.push(entry);
        if (!script.error && !script.hang) expected.push({ entry, due: clock.now() + 1e5 });
        return script;
      },
      { id: `backend ${id++}`, lanes: model.lanes, metered: model.metered },
    );
  const finished = new Set<unknown>();
  const expected: { entry: unknown; due: number }[] = [];
  let backend = backendFor();
  const all = [backend];
  const desk = new Desk(clock, backend, 'function f() {\n  █\n}\n', {
    backends: { pick: () => backend, report: () => undefined },
    settings: { 'suggest.askAhead': true },
    refine: () => refine,
  });
  let shown:
    | { readonly uri: string; readonly version: number; readonly caret: number; readonly text: string }
    | undefined;
  desk.onGhost = () => {
    const { ghost, uri, version, caret } = desk;
    // Nobody sees blanks that are left of a text.
    if (!ghost || (ghost.text !== '' && ghost.text.trim() === '')) {
      shown = undefined;
      return;
    }
    if (ghost.text === '') broken.push('an empty ghost text was shown');
    const isSame = shown?.uri === uri && shown.version === version && shown.caret === caret;
    if (shown && isSame && !ghost.text.startsWith(shown.text)) {
      broken.push(`${JSON.stringify(shown.text)} became ${JSON.stringify(ghost.text)} without a key`);
    }
    shown = { uri, version, caret, text: ghost.text };
    const reads = plain(desk.text.slice(0, caret) + ghost.text);
    if (!said.some(({ prefix, text }) => plain(prefix + text).startsWith(reads))) {
      broken.push(
        `nobody said ${JSON.stringify(ghost.text)} after ${JSON.stringify(desk.text.slice(0, caret))}`,
      );
    }
  };
  const questions: Promise<unknown>[] = [];
  let settled = 0;
  for (const event of events) {
    switch (event.kind) {
      case 'key':
        desk.type(keys[Math.floor(event.choice * keys.length)] ?? 'x');
        break;
      case 'agree':
        desk.type(desk.ghost?.text[0] ?? 'f');
        break;
      case 'open-bracket':
        desk.type('(', ')');
        break;
      case 'newline':
        desk.type(`\n${indentAbove(desk)}`);
        break;
      case 'back':
        desk.backspace(Math.min(event.count, desk.caret));
        break;
      case 'move':
        desk.move(Math.floor(event.choice * (desk.text.length + 1)));
        break;
      case 'accept':
        desk.accept(Math.max(1, Math.ceil((desk.ghost?.text.length ?? 0) * event.share)));
        break;
      case 'invoke':
        questions.push(desk.invoke().then(() => (settled += 1)));
        break;
      case 'switch':
        desk.switchDocument('class A {\n  b() {\n    █\n  }\n}\n');
        break;
      case 'wait':
        await clock.advance(event.ms);
        break;
      case 'undo':
      case 'redo':
      case 'dismiss':
        desk[event.kind]();
        break;
      case 'foreign': {
        const at = Math.floor(event.choice * (desk.marked.length + 1));
        desk.replace(`${desk.marked.slice(0, at)}z${desk.marked.slice(at)}`);
        desk.refresh();
        break;
      }
      case 'close':
        desk.completer.closed(desk.uri);
        break;
      case 'settings':
        era += 1;
        backend = backendFor();
        all.push(backend);
        desk.reset();
        break;
    }
    await clock.advance(0);
    for (const { running, lanes } of all)
      if (running > lanes) broken.push(`${running} streams in ${lanes} lanes`);
    for (const one of all)
      for (const [at, request] of one.requests.entries())
        if (request.state === 'ended') finished.add(saidBy(one, at));
  }
  function saidBy(one: ScriptedBackend, at: number): unknown {
    const { prefix } = one.requests[at] ?? { prefix: '' };
    return said.find((entry) => entry.prefix === prefix && entry.era === all.indexOf(one));
  }
  desk.dispose();
  await clock.advance(0);
  const left = all.reduce((sum, { running }) => sum + running, 0);
  if (left > 0) broken.push(`${left} streams go on after the end`);
  if (settled !== questions.length)
    broken.push(`${questions.length - settled} questions were never answered`);
  if (clock.pending > 0) broken.push(`${clock.pending} timers are left`);
  return broken;
}

/** The indentation of the caret's line, which an editor gives the next one too. */
function indentAbove({ text, caret }: Desk): string {
  const start = text.lastIndexOf('\n', caret - 1) + 1;
  return /^[ \t]*/.exec(text.slice(start, caret))?.[0] ?? '';
}

/** A text without the blanks at the starts of its lines, which the editor and the draft may see differently. */
function plain(text: string): string {
  return text.replace(/\n[ \t]*/g, '\n').replace(/[ \t]+$/, '');
}
