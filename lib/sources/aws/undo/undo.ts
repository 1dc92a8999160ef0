import type { AwsSnapshot } from '../resources/index.ts';
import { aclSteps } from './acl-steps.ts';
import { groupSteps } from './group-steps.ts';
import { prefixListSteps } from './prefix-list-steps.ts';
import { routeSteps } from './route-steps.ts';
import { joinSteps, type Step, type Steps } from './step.ts';

/** What to type, and the later snapshots as they would be after typing it, to be tried on the model. */
export type Undo = { readonly commands: readonly string[]; readonly undone: readonly AwsSnapshot[] };

/** The way back from a change: what takes away what it let in, and what puts back what it shut out. */
export type WayBack = { readonly undo: Undo | undefined; readonly restore: Undo | undefined };

/**
 * How to take back what came between two reads of the same targets, as far as it is in rules of security groups, entries of prefix
 * lists and network ACLs, or routes.
 *
 * Commands for another account than the first snapshot's end in a comment that names it.
 *
 * @param isOpening whether the change let anything in: then ACL entries, routes and edited rules belong to the undo, else to the
 *   restoring
 */
export function wayBack(
  before: readonly AwsSnapshot[],
  after: readonly AwsSnapshot[],
  isOpening: boolean,
): WayBack {
  const home = after[0]?._meta.account;
  const steps = after.map((snapshot, i) => stepsOf(before[i], snapshot));
  const commandsOf = (pick: (steps: Steps) => readonly Step[]): Undo | undefined => {
    const commands = new Set(
      steps.flatMap((each, i) => {
        const account = after[i]?._meta.account ?? '';
        const where = account === home ? '' : ` # in account ${account}`;
        return pick(each).map(({ command }) => `${command}${where}`);
      }),
    );
    return commands.size === 0
      ? undefined
      : {
          commands: [...commands],
          undone: after.map((snapshot, i) =>
            (steps[i] === undefined ? [] : pick(steps[i])).reduce((left, { apply }) => apply(left), snapshot),
          ),
        };
  };
  return {
    undo: commandsOf(({ shutting, either }) => [...shutting, ...(isOpening ? either : [])]),
    restore: commandsOf(({ opening, either }) => [...opening, ...(isOpening ? [] : either)]),
  };
}

function stepsOf(before: AwsSnapshot | undefined, after: AwsSnapshot): Steps {
  if (before === undefined) return joinSteps([]);
  return joinSteps([prefixListSteps, groupSteps, aclSteps, routeSteps].map((steps) => steps(before, after)));
}
