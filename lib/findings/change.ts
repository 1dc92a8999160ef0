import type { Diff } from '#engine';
import type { AlertFix } from './alert/alert.ts';
import type { Finding } from './finding.ts';

/** Who is to blame for a change, and by what call. Untrusted text. */
export type Blame = {
  readonly call: string;
  readonly who: string;
  readonly role: string;
  readonly mfa: boolean | undefined;
  readonly tool: string;
  readonly sourceIp: string;
  readonly time: string;
  readonly account: string;
  readonly region: string;
  /** False if the vendor refused the call. */
  readonly isEffective: boolean;
  /** The things that the call named. */
  readonly ids: readonly string[];
};

/** A change as people hear of it: what it opened and closed, which findings came and went, how to take it back. */
export type Change = {
  readonly blame: Blame | undefined;
  readonly diff: Diff;
  readonly opened: readonly Finding[];
  readonly resolved: readonly Finding[];
  /** Crown jewels that hosts can newly fall through to, by name: for each, the hosts that had no way before. */
  readonly newVictims: readonly { readonly jewel: string; readonly hosts: readonly string[] }[];
  /** Set where not every source of an opened flow was looked at for `newVictims`: how many were, of how many. */
  readonly victimSearch?: { readonly looked: number; readonly of: number };
  /** Commands that take the change back. Proven: tried on the model, nothing that it opened is left. */
  readonly undo:
    | {
        readonly commands: readonly string[];
        readonly isProven: boolean;
        /** What keeps what was changed, by its marks, in sentences: there it has to be undone, or the undo does not last. */
        readonly owners?: readonly string[];
      }
    | undefined;
  /** How to end the worst finding that it opened, where there is no undo, or only one that leaves something open. */
  readonly fix?: AlertFix;
  /** Commands that put back what the change shut out, should somebody want it. */
  readonly restore: { readonly commands: readonly string[] } | undefined;
};

/** Whether anything got in that did not before, surely or possibly: a flow, an address of the internet, or a finding. */
export function opensSomething({ opened, diff }: Pick<Change, 'opened' | 'diff'>): boolean {
  return (
    opened.length + diff.opened.length + diff.maybeOpened.length > 0 ||
    diff.exposures.some(({ isWider }) => isWider)
  );
}

/** Whether the change opened or closed nothing at all, not even a possibility, and left every finding as it was. */
export function isQuiet({ opened, resolved, diff }: Change): boolean {
  const flows = diff.opened.length + diff.closed.length + diff.maybeOpened.length + diff.exposures.length;
  return flows + opened.length + resolved.length === 0;
}
