import { BackendError, isAbort } from './errors.ts';
import { strip } from './hidden.ts';
import type { Backend, Clock, Gather, Guard, Survey, TokenUsage } from './ports.ts';
import type { ChatMessage, Prompt, Snippet } from './prompt.ts';
import type { Settings } from './settings.ts';
import type { Site, Span } from './site.ts';
import type { Snapshot } from './snapshot.ts';

/** A picture as the chat protocol takes it. */
export interface ExplainImage {
  readonly path: string;
  /** A `data:` URL with the picture in base64. */
  readonly dataUrl: string;
}

/** What is to be explained: code of a document, or a picture. The span is never empty. */
export type ExplainSubject =
  | { readonly kind: 'code'; readonly snapshot: Snapshot; readonly span: Span }
  | { readonly kind: 'image'; readonly image: ExplainImage };

/** What the prompt of an explanation is made from. */
export type ExplainQuestion = ExplainTopic & {
  /** What was said before and is asked now: answer, question, answer, question, …; empty for the first request. */
  readonly turns: readonly ChatMessage[];
  /** The language to answer in, as the editor names it: `en`, `de`, `zh-cn`. */
  readonly language: string;
};

type ExplainTopic =
  | {
      readonly kind: 'code';
      /** Surveyed at the start of the span. */
      readonly site: Site;
      readonly span: Span;
      readonly snippets: readonly Snippet[];
    }
  | { readonly kind: 'image'; readonly image: ExplainImage };

/** Says an explanation's question in the chat dialect. */
export type ComposeExplain = (question: ExplainQuestion, settings: Settings) => Prompt;

/** How far an answer has come. */
export type ExplainState =
  | { readonly kind: 'thinking' }
  | { readonly kind: 'writing' }
  | { readonly kind: 'done' }
  | { readonly kind: 'stopped' }
  /** It grew beyond all use and was hung up. */
  | { readonly kind: 'cut' }
  | { readonly kind: 'failed'; readonly error: BackendError };

/** One question and its answer so far. What has arrived is kept in every state. */
export interface ExplainTurn {
  /** Empty for the first turn, which asks for the explanation itself. */
  readonly question: string;
  readonly text: string;
  readonly state: ExplainState;
  /** As the server counts; undefined where it does not say. */
  readonly usage: TokenUsage | undefined;
}

/** What an explanation needs from the other parts. */
export interface ExplainPorts {
  readonly survey: Survey;
  readonly gather: Gather;
  readonly guard: Guard;
  readonly compose: ComposeExplain;
  readonly clock: Clock;
}

/** Everything that one turn is asked with. */
export interface ExplainRequest {
  readonly subject: ExplainSubject;
  /** The turns before this one, oldest first. */
  readonly earlier: readonly ExplainTurn[];
  readonly question: string;
  readonly language: string;
  readonly backend: Backend;
  readonly settings: Settings;
}

/** Characters of definitions and open files sent with the code: room for about 3,000 tokens, four times a completion's. */
const contextChars = 12_000;
/** An explanation may wait longer for its context than a keystroke, but not so long that one wonders, ms. */
const contextPatience = 1_000;
/** The longest answer that is read, characters: some 25,000 tokens; gpt-4o-mini writes at most 16,384 in one go. Source: OpenAI's model page. */
const longestAnswer = 100_000;
/** The most lines of an answer that are read: twenty times what a long one has; more only costs layout. */
const mostLines = 5_000;

/**
 * Asks one turn and yields it again and again as it grows; the last value is its end. Ends as `stopped` when the signal is
 * aborted and as `failed` when the backend fails; any other error is a bug and is thrown.
 */
export async function* explain(
  request: ExplainRequest,
  ports: ExplainPorts,
  signal: AbortSignal,
): AsyncGenerator<ExplainTurn, void, undefined> {
  let turn: ExplainTurn = {
    question: request.question,
    text: '',
    state: { kind: 'thinking' },
    usage: undefined,
  };
  yield turn;
  try {
    const { settings } = request;
    await refuseExcluded(request, ports.guard, signal);
    const [{ topic, site }] = await Promise.all([
      topicOf(request.subject, ports, signal),
      request.backend.ready?.(signal),
    ]);
    signal.throwIfAborted();
    const cleared =
      topic.kind === 'code'
        ? ports.guard.clear(site, topic.snippets, settings, topic.span)
        : ports.guard.clear(site, [], settings);
    const asked =
      topic.kind === 'code'
        ? { ...topic, site: cleared.site, span: cleared.about, snippets: cleared.snippets }
        : topic;
    const question = { ...asked, turns: messagesOf(request), language: request.language };
    const { prompt, restore } = cleared.seal(ports.compose(question, settings));
    const answer = request.backend.stream({ prompt, site, settings }, signal);
    let received = '';
    let lines = 0;
    for await (const chunk of answer) {
      received += chunk.text;
      lines += chunk.text.split('\n').length - 1;
      turn = {
        ...turn,
        text: strip(restore(received, false)),
        state: { kind: 'writing' },
        usage: chunk.usage ?? turn.usage,
      };
      if (turn.text.length > longestAnswer || lines > mostLines) {
        yield { ...turn, text: turn.text.slice(0, longestAnswer), state: { kind: 'cut' } };
        return;
      }
      yield turn;
    }
    turn = { ...turn, text: strip(restore(received, true)) };
    yield signal.aborted ? { ...turn, state: { kind: 'stopped' } } : ended(turn);
  } catch (error) {
    if (error instanceof BackendError) yield { ...turn, state: { kind: 'failed', error } };
    else if (isAbort(error) && signal.aborted) yield { ...turn, state: { kind: 'stopped' } };
    else throw error;
  }
}

async function refuseExcluded(request: ExplainRequest, guard: Guard, signal: AbortSignal): Promise<void> {
  const { subject, settings } = request;
  const { path } = subject.kind === 'code' ? subject.snapshot : subject.image;
  if (await guard.mayLeave(path, settings, signal)) return;
  throw new BackendError('rejected', `${path} is excluded from what may leave the machine.`);
}

/** An answer without a word is a failure that can be tried again, not a result. */
function ended(turn: ExplainTurn): ExplainTurn {
  if (turn.text.trim() !== '') return { ...turn, state: { kind: 'done' } };
  const error = new BackendError('garbled', 'The model answered without any text.');
  return { ...turn, state: { kind: 'failed', error } };
}

async function topicOf(
  subject: ExplainSubject,
  ports: ExplainPorts,
  signal: AbortSignal,
): Promise<{ topic: ExplainTopic; site: Site }> {
  if (subject.kind === 'image') return { topic: subject, site: siteOfImage(subject.image) };
  const site = ports.survey({ ...subject.snapshot, caret: subject.span.start });
  const patience = new AbortController();
  const both = AbortSignal.any([signal, patience.signal]);
  const timer = ports.clock.sleep(contextPatience, both).then(
    () => patience.abort(),
    () => undefined,
  );
  const snippets = await ports.gather(site, contextChars, both);
  patience.abort();
  await timer;
  return { topic: { kind: 'code', site, span: subject.span, snippets }, site };
}

/** The conversation so far, as chat turns. The first question is the prompt's own; answers that brought nothing are left out. */
function messagesOf(request: ExplainRequest): readonly ChatMessage[] {
  const turns: ChatMessage[] = [];
  for (const { question, text } of request.earlier) {
    if (text === '') continue;
    if (question !== '') turns.push({ role: 'user', content: question });
    turns.push({ role: 'assistant', content: text });
  }
  if (request.question !== '') turns.push({ role: 'user', content: request.question });
  return turns;
}

/** A backend is asked about a place; a picture is a place without text. */
function siteOfImage(image: ExplainImage): Site {
  const snapshot = {
    uri: image.path,
    path: image.path,
    languageId: 'plaintext',
    version: 0,
    text: '',
    caret: 0,
    indentUnit: '  ',
  };
  return { snapshot, zone: 'code', extent: 'block', scopes: [], nextLine: '' };
}
