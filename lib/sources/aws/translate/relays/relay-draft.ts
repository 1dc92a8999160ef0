import { idOf, type BlindSpotId, type EndpointId, type RelayListener, type SourceRef } from '#model';
import type { Draft } from '../draft.ts';
import { remedyFor } from '../calls.ts';
import type { CallKey } from '../../resources/index.ts';

/**
 * One load balancer while it is being put together. Whatever is not known about it ends up in one blind spot: people look after a load
 * balancer, not after each of its targets.
 */
export class RelayDraft {
  readonly id: string;
  readonly name: string;
  readonly at: SourceRef;
  readonly because: BlindSpotId;
  readonly listeners: RelayListener[] = [];
  readonly #reasons = new Map<string, string>();
  #isWhole = true;
  #hidesTargets = false;

  constructor(id: string, name: string, at: SourceRef) {
    this.id = id;
    this.name = name;
    this.at = at;
    this.because = idOf<'blind-spot'>(`load-balancer-targets:${id}`);
  }

  /** Notes something that keeps the ways through this load balancer unknown. */
  doubt(reason: string, call?: CallKey): BlindSpotId {
    // what these two hide is in the handoffs: whose address is seen, and which of the groups that name the load balancer
    this.#hidesTargets ||= call !== 'DescribeTargetGroupAttributes' && call !== 'DescribeRules';
    this.#reasons.set(reason, call === undefined ? '' : remedyFor(call));
    return this.because;
  }

  /** The same for a target that is nobody here: what it is is not known, but it hides nothing of those that were read. */
  doubtElsewhere(reason: string): void {
    this.#reasons.set(reason, '');
  }

  /** The same for something that hides on which ports it answers. */
  doubtListeners(reason: string, call?: CallKey): void {
    this.mayAnswerMore();
    this.doubt(reason, call);
  }

  /** It may answer on more ports than its listeners say; what those hand on is told otherwise, or is nothing. */
  mayAnswerMore(): void {
    this.#isWhole = false;
  }

  finish(draft: Draft, entrances: readonly EndpointId[]): void {
    const hasDoubts = this.#reasons.size > 0;
    if (hasDoubts) {
      draft.blindSpots.note(this.because, {
        code: 'load-balancer-targets',
        effect: 'hides-ways',
        what: `what ${this.name} hands on to its targets is not followed in full: ${[...this.#reasons.keys()].join('; ')}`,
        remedy: [...new Set(this.#reasons.values())].filter((text) => text !== '').join(' '),
        at: this.at,
      });
    }
    const id = idOf<'relay'>(this.id);
    draft.relays.set(id, {
      id,
      name: this.name,
      entrances,
      listeners: this.listeners,
      isWhole: this.#isWhole,
      ...(this.#hidesTargets ? { hidesTargets: true } : {}),
      ...(hasDoubts ? { because: this.because } : {}),
      at: this.at,
    });
  }
}
