import { LRUCache } from 'lru-cache';
import { Draft, type DraftOrder, type DraftReport } from './draft.ts';
import type { Step } from './place.ts';
import type { Backend, Clock } from './ports.ts';
import type { Site } from './site.ts';
import type { Snapshot } from './snapshot.ts';

/** Drafts kept, finished or not. A hundred places are more than a person returns to; each holds a few kilobytes. */
const mostDrafts = 100;

/** A model that has been silent for so long is not waited for any further once more was typed, if another can be asked beside it. ms. */
const patience = 5000;

/** A draft found at a place, with the step that leads there. */
export interface Found {
  readonly draft: Draft;
  readonly step: Step;
}

/** All drafts: text in flight, finished, and on screen are one collection. */
export class Drafts {
  readonly #kept = new LRUCache<number, Draft>({ max: mostDrafts, dispose: (draft) => draft.abort() });
  readonly #writing = new Set<Draft>();
  readonly #clock: Clock;
  readonly #report: (report: DraftReport, draft: Draft) => void;
  #nextId = 1;
  /** What the document became last, and the first draft that was opened after that. */
  #now: { readonly snapshot: Snapshot; readonly next: number } | undefined;

  constructor(clock: Clock, report: (report: DraftReport, draft: Draft) => void) {
    this.#clock = clock;
    this.#report = report;
  }

  /** The best draft of this backend for the place: one with text before one that may still agree, before one that had nothing to say; the one on screen first, then the newest. */
  find(site: Site, backend: Backend, shown?: Draft): Found | undefined {
    let waiting: Found | undefined;
    let silent: Found | undefined;
    const kept = this.#kept.values();
    for (const draft of shown && this.#kept.has(shown.id) ? [shown, ...kept] : kept) {
      if (draft.backend.id !== backend.id) continue;
      const step = draft.stepTo(site.snapshot);
      if (!step) continue;
      const reading = draft.read(step, site);
      if (reading.kind === 'over' || (reading.kind === 'waiting' && this.#isStuck(draft, step))) continue;
      const found = { draft, step };
      if (reading.kind === 'text') {
        this.#kept.get(draft.id);
        return found;
      }
      if (reading.kind === 'waiting') waiting ??= found;
      else silent ??= found;
    }
    return waiting ?? silent;
  }

  /** A part of a draft was taken: what it goes on with is another suggestion. */
  nextPart(draft: Draft): void {
    draft.part = this.#nextId++;
  }

  /** The document was changed at the caret: what is being written for it and does not agree any more is of no use. */
  changed(snapshot: Snapshot): void {
    this.#now = { snapshot, next: this.#nextId };
    for (const draft of [...this.#writing]) this.#endIfOver(draft);
  }

  /** Everything of this backend that has something to say at the place, the newest first. */
  findAll(site: Site, backend: Backend): readonly Found[] {
    const found: Found[] = [];
    for (const draft of this.#kept.values()) {
      const step = draft.backend.id === backend.id ? draft.stepTo(site.snapshot) : undefined;
      if (step && draft.read(step, site).kind !== 'over') found.push({ draft, step });
    }
    return found;
  }

  /** Whether the backend has room for one more without giving another up. */
  hasRoom(backend: Backend): boolean {
    return this.writing(backend) < backend.lanes;
  }

  /** Starts a draft. Where all lanes of the backend are taken, the oldest draft in them is given up. */
  open(order: DraftOrder): Draft {
    const { backend, request } = order;
    const inLanes = [...this.#writing].filter((draft) => draft.backend.id === backend.id);
    for (const draft of inLanes.slice(0, Math.max(0, inLanes.length - backend.lanes + 1))) this.#drop(draft);
    const draft = new Draft(this.#nextId++, order);
    this.#kept.set(draft.id, draft);
    this.#writing.add(draft);
    const stop = draft.onChange(() => (draft.ended ? stop() : this.#endIfOver(draft)));
    void draft.write(request, this.#clock).then((report) => {
      this.#writing.delete(draft);
      if (report.end === 'aborted' || draft.isUnheard) this.#kept.delete(draft.id);
      this.#report(report, draft);
    });
    return draft;
  }

  /** Drafts being written for this backend. */
  writing(backend: Backend): number {
    let count = 0;
    for (const draft of this.#writing) if (draft.backend.id === backend.id) count += 1;
    return count;
  }

  /** Ends the streams for a document; what was written to the end stays, for it may be opened again. */
  close(uri: string): void {
    for (const draft of [...this.#writing]) if (draft.place.uri === uri) this.#drop(draft);
  }

  /** Ends all streams and forgets everything, or what other backends than this one wrote. */
  clear(except?: Backend): void {
    for (const draft of [...this.#kept.values(), ...this.#writing]) {
      if (draft.backend.id !== except?.id) this.#drop(draft);
    }
  }

  #isStuck({ backend, heardAt }: Draft, { text }: Step): boolean {
    return text !== '' && this.#clock.now() - heardAt > patience && this.hasRoom(backend);
  }

  #endIfOver(draft: Draft): void {
    // What was opened later may be for what another program has made of the document, which nobody typed.
    if (!this.#now || draft.id >= this.#now.next) return;
    const now = this.#now.snapshot;
    // A draft for a place that is yet to be reached says nothing about this one.
    if (now.uri !== draft.place.uri || now.caret < draft.place.caret) return;
    const step = draft.stepTo(now);
    if (!step || draft.isContradicted(step)) draft.hangUp();
  }

  #drop(draft: Draft): void {
    draft.abort();
    this.#writing.delete(draft);
    this.#kept.delete(draft.id);
  }
}
