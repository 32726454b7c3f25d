/** Most different next tokens that are told apart at one step. */
const seats = 48;

/** Contexts longer than this say no more about which token is next. */
const longestTold = 10;

/** What was found for one possible next token. */
export interface Nominee {
  token: number;
  /** Sum of the weights of the places that it follows. */
  weight: number;
  /** The same, of places in the current file. */
  liveWeight: number;
  /** Places found in the current file, and elsewhere. */
  live: number;
  far: number;
  /** Longest equal context, in tokens, in the current file and elsewhere. */
  liveReach: number;
  farReach: number;
  /** Best agreement of shape with names bound anew, in tokens. */
  shape: number;
  shapeWeight: number;
  /** Places in other files of the same folder. */
  near: number;
  /** Tokens between the caret and the nearest place in the current file; -1 without one. */
  distance: number;
  /** For a word that has been begun: its share of all uses of words that begin so; 0 where that was not asked. */
  familiar: number;
  /** For a word that has been begun: how often it stands in the code just above the caret, nearer places counting more; its share of all such words. */
  recent: number;
  recentShare: number;
  /** How often other files have it after the token before, and after the two before. */
  pair: number;
  triple: number;
  /** Places among those of the longest context found. */
  longest: number;
  /** 1 for the word as it is typed, never seen before; 0.5 for one made by renaming; 0 for all others. */
  derived: number;
  /** How many files it was found in, as far as they came one after the other. */
  files: number;
  lastFile: number;
  /** Order of discovery: the most recent place of the longest context comes first. */
  rank: number;
}

/** Collects which tokens have followed contexts like this one. Reused from step to step. */
export class Ballot {
  readonly nominees: Nominee[] = [];
  count = 0;
  total = 0;
  places = 0;
  /** Sum of the weights of places in the current file. */
  liveTotal = 0;
  /** Length of the longest context found, and how many places have it. */
  reach = 0;
  longest = 0;

  clear(): void {
    this.count = 0;
    this.total = 0;
    this.places = 0;
    this.liveTotal = 0;
    this.reach = 0;
    this.longest = 0;
  }

  /** The entry of a token, made on first sight; undefined when there are too many. */
  of(token: number): Nominee | undefined {
    for (let at = 0; at < this.count; at++) {
      const nominee = this.nominees[at];
      if (nominee?.token === token) return nominee;
    }
    if (this.count === seats) return undefined;
    const used = this.nominees[this.count];
    if (used) reset(used, token, this.count);
    else this.nominees.push(reset({} as Nominee, token, this.count));
    return this.nominees[this.count++];
  }

  /** Notes a place of this length of context. */
  noteReach(nominee: Nominee, reach: number): void {
    const capped = Math.min(reach, longestTold);
    if (capped > this.reach) {
      this.reach = capped;
      this.longest = 0;
      for (let at = 0; at < this.count; at++) {
        const other = this.nominees[at];
        if (other) other.longest = 0;
      }
    }
    if (capped === this.reach) {
      this.longest++;
      nominee.longest++;
    }
  }

  /** The `most` tokens with the most weight, heaviest first. */
  best(most: number): readonly Nominee[] {
    const best: Nominee[] = [];
    for (let at = 0; at < this.count; at++) {
      const nominee = this.nominees[at];
      if (!nominee) continue;
      let seat = best.length;
      while (seat > 0 && (best[seat - 1]?.weight ?? 0) < nominee.weight) seat--;
      if (seat < most) {
        best.splice(seat, 0, nominee);
        if (best.length > most) best.pop();
      }
    }
    return best;
  }
}

function reset(nominee: Nominee, token: number, rank: number): Nominee {
  nominee.token = token;
  nominee.weight = 0;
  nominee.liveWeight = 0;
  nominee.live = 0;
  nominee.far = 0;
  nominee.liveReach = 0;
  nominee.farReach = 0;
  nominee.shape = 0;
  nominee.shapeWeight = 0;
  nominee.near = 0;
  nominee.distance = -1;
  nominee.familiar = 0;
  nominee.recent = 0;
  nominee.recentShare = 0;
  nominee.pair = 0;
  nominee.triple = 0;
  nominee.longest = 0;
  nominee.derived = 0;
  nominee.files = 0;
  nominee.lastFile = -1;
  nominee.rank = rank;
  return nominee;
}
