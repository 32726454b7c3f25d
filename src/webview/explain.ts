import { linesNow } from '../core/lineMap.ts';
import { createAnswer } from './answer.ts';
import { readable } from './contrast.ts';
import { button, element, wordsOf } from './dom.ts';
import {
  type ActionView,
  type ExplainView,
  type FromExplainPage,
  parseToExplainPage,
  type TurnView,
} from './explainMessages.ts';
import { listen, tell } from './host.ts';
import { createSentences } from './sentences.ts';
import { mendTexts } from './themeTexts.ts';

const words = wordsOf(document.body);
const say = (message: FromExplainPage): void => tell(message);

/** The kinds of tokens that explain.css colours. */
const tokenKinds = ['keyword', 'type', 'function', 'string', 'number', 'comment', 'variable', 'tag', 'meta'];

const empty: ExplainView = {
  place: '',
  lines: null,
  lineCount: 0,
  runs: [],
  notice: '',
  noticeActions: [],
  canInsert: false,
  turns: [],
};
let view = empty;
let shownTurns: ShownTurn[] = [];

interface ShownTurn {
  update(turn: TurnView, last: boolean): void;
  /** The lines of the document have other numbers now. */
  renumber(): void;
}

const place = element('p', { class: 'place' });
const turns = element('div', { class: 'turns' });
const live = element('div', {
  class: 'spoken',
  role: 'log',
  'aria-live': 'polite',
  'aria-relevant': 'additions',
});
const question = element('textarea', { rows: '1', 'aria-label': words('ask'), placeholder: words('ask') });
const send = element('button', { type: 'submit', class: 'main' }, words('send'));
const ask = element('form', { class: 'ask' }, question, send);
document.body.append(
  element('header', {}, element('h1', {}, words('title')), place),
  element('main', {}, turns),
  live,
  element('footer', {}, ask),
);

function show(next: ExplainView): void {
  view = next;
  place.replaceChildren(placeOf(next));
  shownTurns = [];
  turns.replaceChildren();
  live.replaceChildren();
  if (next.notice !== '') {
    const buttons = next.noticeActions.map((action, index) =>
      actionButton(action, index === 0 ? 'main' : ''),
    );
    turns.append(
      element('section', { class: 'notice', role: 'status' }, element('p', {}, next.notice), ...buttons),
    );
  }
  next.turns.forEach((turn, index) => {
    showTurn(index, turn);
  });
  showAsk();
}

function placeOf({ place: name, lines }: ExplainView): Node | string {
  if (lines === null) return name;
  return button(name, { class: 'line', title: words('showInEditor') }, () =>
    say({ kind: 'reveal', ...lines }),
  );
}

function showTurn(index: number, turn: TurnView): void {
  view = { ...view, turns: view.turns.with(index, turn) };
  const last = index === view.turns.length - 1;
  const shown = shownTurns[index];
  if (shown === undefined) shownTurns[index] = createTurn(index, turn, last);
  else shown.update(turn, last);
}

function createTurn(index: number, first: TurnView, last: boolean): ShownTurn {
  const body = element('div', { class: 'answer' });
  const problem = element('div', { class: 'problem' });
  const tools = element('div', { class: 'tools' });
  const asked = first.question === '' ? [] : [element('h2', { class: 'question' }, first.question)];
  const article = element('article', { 'aria-label': words('answer') }, ...asked, body, problem, tools);
  turns.append(article);
  if (first.question !== '') article.scrollIntoView({ block: 'start' });
  const answer = createAnswer(body, {
    lineCount: () => view.lineCount,
    reveal: (start, end) => say({ kind: 'reveal', start, end }),
    linesNow: (start, end) => linesNow(view.runs, start, end),
    copyCode: (text) => say({ kind: 'copyCode', text }),
    words,
  });
  const sentences = createSentences(words('codeBlock'));
  let toolsOf = '';
  let wasGoing = false;
  const update = (turn: TurnView, isLast: boolean): void => {
    answer.show(turn.text);
    const going = turn.state === 'thinking' || turn.state === 'writing';
    article.setAttribute('aria-busy', String(going));
    article.dataset['state'] = turn.state;
    if (going && !wasGoing) announce(words('begun'));
    announce(sentences.take(turn.text, !going));
    if (wasGoing && turn.state === 'done') announce(words('complete'));
    if (wasGoing && turn.state === 'stopped') announce(words('wasStopped'));
    wasGoing = going;
    // Buttons are made anew only when they change, or the focus would be lost at each chunk.
    const key = JSON.stringify([
      turn.state === 'thinking' ? 'writing' : turn.state,
      turn.problem,
      turn.foot,
      isLast,
    ]);
    if (key === toolsOf) return;
    const focused = tools.contains(document.activeElement) || problem.contains(document.activeElement);
    toolsOf = key;
    problem.replaceChildren(...problemOf(turn, isLast));
    tools.replaceChildren(...toolsFor(index, turn, isLast, going));
    if (turn.problem !== '') announce(turn.problem);
    if (focused) tools.querySelector('button')?.focus();
    showAsk();
  };
  update(first, last);
  return { update, renumber: answer.renumber };
}

function problemOf(turn: TurnView, last: boolean): readonly Node[] {
  if (turn.problem === '') return [];
  const retry =
    last && turn.state === 'failed' ? [button(words('retry'), { class: 'main' }, regenerate)] : [];
  const action = turn.action === null ? [] : [actionButton(turn.action, '')];
  return [element('p', {}, turn.problem), ...retry, ...action];
}

function toolsFor(index: number, turn: TurnView, last: boolean, going: boolean): readonly Node[] {
  const foot = element('span', { class: 'foot' }, turn.foot);
  if (going) {
    return [
      element('span', { class: 'thinking', 'aria-hidden': 'true' }),
      element('span', { class: 'foot' }, words('writing')),
      button(words('stop'), { title: words('stopKey') }, stop),
    ];
  }
  if (turn.text === '') return turn.foot === '' ? [] : [foot];
  return [
    button(words('copy'), {}, () => say({ kind: 'copy', index })),
    ...(view.canInsert ? [button(words('insert'), {}, () => say({ kind: 'insert', index }))] : []),
    ...(last && turn.state !== 'failed' ? [button(words('regenerate'), {}, regenerate)] : []),
    foot,
  ];
}

function actionButton({ action, label }: ActionView, style: string): HTMLButtonElement {
  return button(label, { class: style }, () => say({ kind: 'act', action }));
}

function regenerate(): void {
  say({ kind: 'regenerate' });
}

function stop(): void {
  say({ kind: 'stop' });
}

/** A screen reader reads what is added; what it has read is taken away, so that the page is not said twice. */
function announce(sentence: string): void {
  if (sentence === '') return;
  live.append(element('p', {}, sentence));
  while (live.children.length > 3) live.firstElementChild?.remove();
}

function isGoing(): boolean {
  return view.turns.some(({ state }) => state === 'thinking' || state === 'writing');
}

function showAsk(): void {
  ask.hidden = view.turns.length === 0 || view.turns.every(({ text }) => text === '');
  send.disabled = isGoing();
}

ask.addEventListener('submit', (event) => {
  event.preventDefault();
  if (isGoing() || question.value.trim() === '') return;
  say({ kind: 'ask', text: question.value });
  question.value = '';
});
question.addEventListener('keydown', (event) => {
  if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  ask.requestSubmit();
});
window.addEventListener('keydown', (event) => {
  if (event.key === 'Escape' && isGoing()) stop();
});

listen(parseToExplainPage, (message) => {
  if (message.kind === 'show') show(message.view);
  else if (message.kind === 'colors') colour(message.colors);
  else if (message.kind === 'moved') move(message.place, message.runs);
  else if (message.index <= view.turns.length) {
    if (message.index === view.turns.length) view = { ...view, turns: [...view.turns, message.turn] };
    showTurn(message.index, message.turn);
  }
});

function move(name: string, runs: ExplainView['runs']): void {
  view = { ...view, place: name, runs };
  const shown = place.querySelector('button');
  if (shown !== null) shown.textContent = name;
  for (const turn of shownTurns) turn.renumber();
}

let theme = '';
/** Fits the page to the theme. The host knows the theme's colours of code; VS Code names the theme on the body. */
function tellTheme(): void {
  mendTexts(document.body);
  const name = document.body.dataset['vscodeThemeId'] ?? '';
  if (name === theme) return;
  theme = name;
  say({ kind: 'theme', name });
}

function colour(colors: Readonly<Record<string, string>>): void {
  const { style } = document.body;
  for (const kind of tokenKinds) style.removeProperty(`--token-${kind}`);
  const shown = getComputedStyle(document.body);
  for (const [kind, color] of Object.entries(colors)) {
    style.setProperty(`--token-${kind}`, readable(color, shown.backgroundColor));
  }
}

new MutationObserver(tellTheme).observe(document.body, {
  attributeFilter: ['class', 'data-vscode-theme-id'],
});
tellTheme();
say({ kind: 'ready' });
