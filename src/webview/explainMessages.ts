import type { LineRun } from '../core/lineMap.ts';
import { isCount, isRecord } from './parse.ts';

/** What the explain panel's page is told, and what it says. Both sides parse what they receive: neither trusts the other. */

/** How an answer stands, for the page. */
export type TurnState = 'thinking' | 'writing' | 'done' | 'stopped' | 'cut' | 'failed';

/** What the page's button beside a message does; the host knows no others. */
export type ExplainAction = 'switchBackend' | 'setKey' | 'showLog' | 'openSettings';

/** A button with its words. */
export interface ActionView {
  readonly action: ExplainAction;
  readonly label: string;
}

/** One question and answer as shown. */
export interface TurnView {
  readonly question: string;
  /** Markdown of the model: hostile until rendered. */
  readonly text: string;
  readonly state: TurnState;
  /** One sentence about what went wrong; empty if nothing did. */
  readonly problem: string;
  readonly action: ActionView | null;
  /** Tokens and cost, in words; empty while unknown. */
  readonly foot: string;
}

/** Everything that the page shows. */
export interface ExplainView {
  /** What is explained: `src/a.ts, lines 3–9`. Empty if there is nothing. */
  readonly place: string;
  /** Lines of the place from 1, as they were when it was explained, both included; null if it cannot be shown in an editor. */
  readonly lines: { readonly start: number; readonly end: number } | null;
  /** Lines of the document: a reference to a later one is not a link. */
  readonly lineCount: number;
  /** Where the lines that were explained are now. */
  readonly runs: readonly LineRun[];
  /** A sentence in place of an explanation; empty if there is one. */
  readonly notice: string;
  readonly noticeActions: readonly ActionView[];
  /** Whether an answer can be inserted above the code. */
  readonly canInsert: boolean;
  readonly turns: readonly TurnView[];
}

/** Host to page. */
export type ToExplainPage =
  | { readonly kind: 'show'; readonly view: ExplainView }
  | { readonly kind: 'turn'; readonly index: number; readonly turn: TurnView }
  /** The document was edited: how the place is called and where its lines are now. */
  | { readonly kind: 'moved'; readonly place: string; readonly runs: readonly LineRun[] }
  /** Kind of token to `#rrggbb`. */
  | { readonly kind: 'colors'; readonly colors: Readonly<Record<string, string>> };

/** Page to host. */
export type FromExplainPage =
  | { readonly kind: 'ready' | 'stop' | 'regenerate' }
  /** The page's colour theme, at its start and when it changes. */
  | { readonly kind: 'theme'; readonly name: string }
  | { readonly kind: 'copy' | 'insert'; readonly index: number }
  | { readonly kind: 'copyCode' | 'ask'; readonly text: string }
  | { readonly kind: 'reveal'; readonly start: number; readonly end: number }
  | { readonly kind: 'act'; readonly action: ExplainAction };

const actions: readonly string[] = ['switchBackend', 'setKey', 'showLog', 'openSettings'];
/** The longest question that is taken from the page, characters. */
const longestQuestion = 8_000;
/** The longest name of a theme, characters. */
const longestName = 200;
/** The longest code block that is copied for the page, characters: as long as an answer can be. */
const longestCode = 200_000;

/** The page's message, or undefined if it is none that the page can have sent. */
export function parseFromExplainPage(value: unknown): FromExplainPage | undefined {
  if (!isRecord(value)) return undefined;
  const { kind, index, text, start, end, action, name } = value;
  switch (kind) {
    case 'ready':
    case 'stop':
    case 'regenerate':
      return { kind };
    case 'copy':
    case 'insert':
      return isCount(index) ? { kind, index } : undefined;
    case 'copyCode':
      return typeof text === 'string' && text.length <= longestCode ? { kind, text } : undefined;
    case 'ask':
      return typeof text === 'string' && text.trim() !== '' && text.length <= longestQuestion
        ? { kind, text: text.trim() }
        : undefined;
    case 'reveal':
      return isCount(start) && isCount(end) && start >= 1 && start <= end ? { kind, start, end } : undefined;
    case 'theme':
      return typeof name === 'string' && name.length <= longestName ? { kind, name } : undefined;
    case 'act':
      return isAction(action) ? { kind, action } : undefined;
    default:
      return undefined;
  }
}

/** The host's message, or undefined if it is none that the host can have sent. */
export function parseToExplainPage(value: unknown): ToExplainPage | undefined {
  if (!isRecord(value)) return undefined;
  if (value['kind'] === 'turn') {
    const turn = turnOf(value['turn']);
    const index = value['index'];
    return turn !== undefined && isCount(index) ? { kind: 'turn', index, turn } : undefined;
  }
  if (value['kind'] === 'colors') {
    const colors = value['colors'];
    return isColors(colors) ? { kind: 'colors', colors } : undefined;
  }
  if (value['kind'] === 'moved') {
    const { place, runs } = value;
    return typeof place === 'string' && isRuns(runs) ? { kind: 'moved', place, runs } : undefined;
  }
  const view = value['kind'] === 'show' ? viewOf(value['view']) : undefined;
  return view === undefined ? undefined : { kind: 'show', view };
}

function viewOf(value: unknown): ExplainView | undefined {
  if (!isRecord(value) || !Array.isArray(value['turns']) || !Array.isArray(value['noticeActions']))
    return undefined;
  const { place, lineCount, runs, notice, canInsert } = value;
  if (typeof place !== 'string' || typeof notice !== 'string') return undefined;
  if (!isCount(lineCount) || !isRuns(runs) || typeof canInsert !== 'boolean') return undefined;
  const turns = value['turns'].map(turnOf);
  const noticeActions = value['noticeActions'].map(actionOf);
  if (!turns.every(isPresent) || !noticeActions.every(isPresent)) return undefined;
  return {
    place,
    lines: linesOf(value['lines']),
    lineCount,
    runs,
    notice,
    noticeActions,
    canInsert,
    turns,
  };
}

const states: readonly string[] = ['thinking', 'writing', 'done', 'stopped', 'cut', 'failed'];

function turnOf(value: unknown): TurnView | undefined {
  if (!isRecord(value)) return undefined;
  const { question, text, state, problem, foot } = value;
  if (typeof question !== 'string' || typeof text !== 'string' || typeof foot !== 'string') return undefined;
  if (typeof problem !== 'string' || !isState(state)) return undefined;
  return { question, text, state, problem, foot, action: actionOf(value['action']) ?? null };
}

function linesOf(value: unknown): ExplainView['lines'] {
  if (!isRecord(value)) return null;
  const { start, end } = value;
  return isCount(start) && isCount(end) ? { start, end } : null;
}

function actionOf(value: unknown): ActionView | undefined {
  if (!isRecord(value)) return undefined;
  const { action, label } = value;
  return isAction(action) && typeof label === 'string' ? { action, label } : undefined;
}

function isRuns(value: unknown): value is readonly LineRun[] {
  return Array.isArray(value) && value.every(isRun);
}

function isRun(value: unknown): value is LineRun {
  return (
    isRecord(value) && isCount(value['first']) && isCount(value['last']) && Number.isInteger(value['by'])
  );
}

function isColors(value: unknown): value is Readonly<Record<string, string>> {
  return isRecord(value) && Object.entries(value).every(([name, color]) => isColor(name, color));
}

function isColor(name: string, color: unknown): boolean {
  return /^[a-z]+$/.test(name) && typeof color === 'string' && /^#[0-9a-f]{3,8}$/i.test(color);
}

function isState(value: unknown): value is TurnState {
  return typeof value === 'string' && states.includes(value);
}

function isAction(value: unknown): value is ExplainAction {
  return typeof value === 'string' && actions.includes(value);
}

function isPresent<T>(value: T | undefined): value is T {
  return value !== undefined;
}
