import type { PolicyId } from '#model';
import { alertOfChange, isQuiet, type Blame, type Change } from '#findings';
import { alertLines } from './alert.ts';
import { plain } from './plain.ts';
import type { Style } from './style.ts';
import { wrap } from './wrap.ts';

/** A change as the on-call person reads it. One line if it did nothing. */
export function changeLines(change: Change, style: Style): string[] {
  if (isQuiet(change)) return wrap([`${style.dim('quiet')}     ${byWhom(change.blame)}${nothing(change)}`]);
  return alertLines(alertOfChange(change), style);
}

function byWhom(blame: Blame | undefined): string {
  return blame === undefined ? '' : `${plain(blame.call)} by ${plain(blame.who)}: `;
}

function nothing({ blame, diff }: Change): string {
  if (blame?.isEffective === false) return 'the call was refused, nothing opened';
  const group = blame?.ids
    .map((id) => diff.after.network.policies.get(id as PolicyId))
    .find((policy) => policy !== undefined);
  if (group === undefined) return 'nothing opened, nothing closed';
  const carriers = [...diff.after.network.endpoints.values()].filter(({ policies }) =>
    policies.includes(group.id),
  );
  const who = carriers.length === 0 ? 'no interface carries it, ' : '';
  return `${plain(group.id)} "${plain(group.name)}": ${who}nothing opened, nothing closed`;
}
