import { describePoint, formatIp, type Ip, type TransportSet } from '#netset';
import type { Network } from '#model';
import type { Explanation, Mark, RelayedExplanation, Step } from '#engine';
import { explainedStep } from './explained-step.ts';
import { plain } from './plain.ts';
import { repliesText, unansweredText } from './replies.ts';
import type { Style } from './style.ts';

/** The verdict, then what decided it in the order of the way, each with the ids that one would paste. */
export function explanationLines(
  explanation: Explanation,
  network: Network,
  from: string,
  to: string,
  asked: TransportSet,
  style: Style,
): string[] {
  const { verdict, flow, steps, sure, because, repliesOnlyTo } = explanation;
  const colour = { allowed: style.red, denied: style.green, unknown: style.yellow }[verdict];
  const lines = [`${colour(style.bold(verdict))}   ${plain(from)} → ${plain(to)} ${asked.toString()}`, ''];
  if (verdict === 'allowed' && !asked.isSubsetOf(sure)) lines.push(`  of these only ${sure.toString()}`);
  lines.push(
    style.dim(
      `  looked at ${addressText(flow.source)} → ${addressText(flow.destination)} ${describePoint(flow.point)}`,
    ),
  );
  for (const step of steps) lines.push(...stepLines(step, network, flow.point, style));
  if (isShutIn(explanation)) lines.push(style.dim(`  ${NEVER_FILTERED}`));
  const unanswered = unansweredText(explanation.unanswered.sure, explanation.unanswered.possible);
  if (unanswered !== undefined) lines.push(`  ${unanswered}`);
  if (repliesOnlyTo !== undefined) lines.push(`  ${repliesText(repliesOnlyTo)}`);
  for (const id of because) {
    const spot = network.blindSpots.get(id);
    if (spot === undefined) continue;
    lines.push(`  ${style.yellow('?')} ${plain(spot.what)}`);
    if (spot.remedy !== '') lines.push(style.dim(`    ${plain(spot.remedy)}`));
  }
  return lines;
}

/** An address that is not known is written as the unspecified one in the engine. */
function addressText(ip: Ip): string {
  return ip.value === 0 || ip.value === 0n ? 'a pod' : formatIp(ip);
}

/**
 * A closed way out closes less than it seems: names still resolve, and what can be asked of a resolver can be carried out by it.
 *
 * https://docs.aws.amazon.com/vpc/latest/userguide/vpc-security-groups.html
 * https://docs.aws.amazon.com/vpc/latest/userguide/vpc-network-acls.html
 */
const NEVER_FILTERED =
  'no group and no ACL filters DNS at the resolver of the VPC, DHCP, instance metadata and time: DNS stays a way out';

/** Whether the way to somewhere outside is refused by a group or an ACL. */
function isShutIn({ verdict, steps }: Explanation): boolean {
  const isToOutside = steps.filter(({ kind }) => kind === 'endpoint').length === 1;
  return (
    verdict === 'denied' &&
    isToOutside &&
    steps.some(
      (step) =>
        step.mark === 'blocks' &&
        ((step.kind === 'group' && step.direction === 'egress') ||
          (step.kind === 'acl' && step.direction === 'egress' && !step.isReply)),
    )
  );
}

/** The ways through load balancers, if there are any: into each, and from it to the target. */
export function relayedWayLines(
  ways: readonly RelayedExplanation[],
  network: Network,
  to: string,
  style: Style,
): string[] {
  return ways.flatMap(({ relay, behind = [], verdict, dialled, handed, source, into, onward }) => {
    const colour = verdict === 'allowed' ? style.red : style.yellow;
    const point = handed.first() ?? into.flow.point;
    const seen = source === 'client' ? ", which sees the client's own address" : '';
    return [
      '',
      `${colour(style.bold(verdict))}   through ${[relay, ...behind].map(({ name }) => plain(name)).join(' → ')}: ${dialled.toString()} there`,
      ...into.steps.flatMap((step) => stepLines(step, network, into.flow.point, style)),
      `  ${style.dim(`hands on ${handed.toString()} to ${plain(to)}${seen}`)}`,
      ...onward.flatMap((step) => stepLines(step, network, point, style)),
    ];
  });
}

function stepLines(step: Step, network: Network, point: number, style: Style): string[] {
  const { mark, kind, text, below } = explainedStep(step, network, point);
  return [
    `  ${markOf(mark, style)} ${kind.padEnd(6)} ${text}`,
    ...below.map((line) => style.dim(`             ${line}`)),
  ];
}

function markOf(mark: Mark, style: Style): string {
  return { passes: style.green('✓'), blocks: style.red('✗'), unknown: style.yellow('?') }[mark];
}
