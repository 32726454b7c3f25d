import type { ExplainSubject, ExplainTurn } from '../../core/explain.ts';
import { type ExplainRefusal, largestImage, largestSelection } from '../../core/explainSubject.ts';
import { type LineRun, linesNow } from '../../core/lineMap.ts';
import type { TokenUsage } from '../../core/ports.ts';
import type { Span } from '../../core/site.ts';
import type { ExplainAction, ExplainView, TurnView } from '../../webview/explainMessages.ts';
import { problemOf, remedyLabel } from '../problems.ts';
import type { Translate } from '../words.ts';

/** What tokens cost in dollars, or undefined where that is not known. 0 for a model that costs nothing. */
export type CostOf = (usage: TokenUsage) => number | undefined;

/** A turn in the words of the page. */
export function turnView(turn: ExplainTurn, cost: CostOf, t: Translate): TurnView {
  const { question, text, state } = turn;
  const problem = state.kind === 'failed' ? problemOf(state.error, t) : undefined;
  const brokeOff = text === '' ? '' : `${t('The answer broke off here.')} `;
  return {
    question,
    text,
    state: state.kind,
    problem: problem
      ? brokeOff + problem.sentence
      : state.kind === 'cut'
        ? t('The answer was too long and is cut here.')
        : '',
    action: problem === undefined ? null : { action: problem.remedy, label: remedyLabel(problem.remedy, t) },
    foot: [state.kind === 'stopped' ? t('Stopped') : '', footOf(turn.usage, cost, t)]
      .filter(Boolean)
      .join(' · '),
  };
}

function footOf(usage: TokenUsage | undefined, cost: CostOf, t: Translate): string {
  if (usage === undefined) return '';
  const tokens = t('{0} tokens read, {1} written', usage.promptTokens, usage.completionTokens);
  const dollars = cost(usage);
  return dollars === undefined || dollars === 0 ? tokens : `${tokens} · ${dollarsText(dollars)}`;
}

/** Dollars with as many digits as tell something: `$0.0004`, `$1.27`. */
export function dollarsText(dollars: number): string {
  if (dollars === 0 || dollars >= 0.1) return `$${dollars.toFixed(2)}`;
  return dollars < 0.0001 ? '<$0.0001' : `$${dollars.toPrecision(2)}`.replace(/(\.\d*?[1-9])0+$/, '$1');
}

/** A page without an explanation: one sentence that says what to do. */
export function noticeView(notice: string, actions: readonly ExplainAction[], t: Translate): ExplainView {
  return {
    place: '',
    lines: null,
    lineCount: 0,
    runs: [],
    notice,
    noticeActions: actions.map((action) => ({ action, label: remedyLabel(action, t) })),
    canInsert: false,
    turns: [],
  };
}

/** Why something is not explained, in a sentence that says what to do. */
export function refusalText(refusal: ExplainRefusal, t: Translate): string {
  switch (refusal) {
    case 'no-editor':
      return t('No editor is open. Open a source file and select the code to explain.');
    case 'no-image':
      return t('Choose an image file in the Explorer and run “Explain Image” from its menu.');
    case 'nothing-here':
      return t('There is no code here. Select some, or put the cursor into a function.');
    case 'too-large':
      return t('This is too much to explain at once: select at most {0} characters.', largestSelection);
    case 'binary':
      return t('This file is not text. Open a source file, or explain an image from the Explorer.');
    case 'not-an-image':
      return t('This is no picture that a model can read: choose a PNG, JPEG, WebP or GIF file.');
    case 'image-too-large':
      return t('This picture is too large: choose one of at most {0} MB.', Math.floor(largestImage / 1e6));
    case 'excluded':
      return t('This file is excluded from what may leave your machine, so it cannot be explained.');
  }
}

/** A place in words, with the numbers that its lines have now: `src/a.ts, lines 3–9`. `runs` says where they are. */
export function placeView(
  subject: ExplainSubject,
  runs: readonly LineRun[],
  t: Translate,
): Pick<ExplainView, 'place' | 'lines' | 'lineCount' | 'runs'> {
  if (subject.kind === 'image') return { place: subject.image.path, lines: null, lineCount: 0, runs: [] };
  const { path, text } = subject.snapshot;
  const lines = linesOf(text, subject.span);
  const { start, end } = linesNow(runs, lines.start, lines.end) ?? lines;
  const place = start === end ? t('{0}, line {1}', path, start) : t('{0}, lines {1}–{2}', path, start, end);
  return { place, lines, lineCount: lineCountOf(text), runs };
}

/** How many lines a text has. */
export function lineCountOf(text: string): number {
  return lineOf(text, text.length);
}

/** The lines of a span, from 1, both included. */
export function linesOf(
  text: string,
  { start, end }: Span,
): { readonly start: number; readonly end: number } {
  return { start: lineOf(text, start), end: lineOf(text, end) };
}

/** The number of the line of an offset, from 1. */
function lineOf(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) line++;
  return line;
}

/** The words of the explain page. */
export function explainWords(t: Translate): Readonly<Record<string, string>> {
  return {
    title: t('Explanation'),
    ask: t('Ask a follow-up question'),
    send: t('Ask'),
    answer: t('Answer'),
    writing: t('Writing…'),
    begun: t('The model is writing.'),
    complete: t('The answer is complete.'),
    wasStopped: t('The answer was stopped.'),
    stop: t('Stop'),
    stopKey: t('Stop (Escape)'),
    retry: t('Try Again'),
    regenerate: t('Regenerate'),
    copy: t('Copy'),
    copyCode: t('Copy this code'),
    insert: t('Insert as Doc Comment'),
    showInEditor: t('Show in the editor'),
    code: t('Code'),
    table: t('Table'),
    codeBlock: t('A block of code.'),
  };
}
