import { squash } from './network.ts';

/** How much one outcome moves the correction, in log odds. */
const pace = 0.02;
/** The correction never says more than this, in log odds: the prior was learned from much more code. */
const most = 1;

/**
 * Corrects likelihoods by the user's own typing: every guess that was confirmed or contradicted, shown or not, is a free label.
 */
export class Calibration {
  /** Added to the log odds of every likelihood. */
  bias = 0;

  correct(likelihood: number): number {
    if (likelihood <= 0 || likelihood >= 1) return likelihood;
    return squash(Math.log(likelihood / (1 - likelihood)) + this.bias);
  }

  /** Takes in that a guess of this likelihood, as corrected, came true or not. */
  settle(corrected: number, right: boolean): void {
    this.bias = Math.max(-most, Math.min(most, this.bias + pace * ((right ? 1 : 0) - corrected)));
  }
}
