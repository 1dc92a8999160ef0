/** Endpoints that are looked at in all trials of an audit: in a network of 10,000 that takes about as long as the audit itself, 30 trials of rules. */
const MOST_LOOKED_AT = 300_000;
/** What a trial costs in a small network, in endpoints. */
const LEAST = 1_000;
/** A trial for which the whole network is analysed anew, twice, in trials for which only some rows are. */
const WHOLE = 4;

/** How many changes may be tried on the model. Counted in what they cost and not in time: the same network gets the same answers. */
export class TrialBudget {
  #left: number;

  constructor(most = MOST_LOOKED_AT) {
    this.#left = most;
  }

  get isSpent(): boolean {
    return this.#left <= 0;
  }

  spend(endpoints: number, isWhole: boolean): void {
    this.#left -= Math.max(LEAST, endpoints) * (isWhole ? WHOLE : 1);
  }
}
