import { describePoint, formatIp, formatCidr, type TransportSet } from '#netset';
import { describeSelector, type Direction, type Network, type Policy, type Route } from '#model';
import type { Explanation, Mark, RelayedExplanation, RuleMatch, Step } from '#engine';
import { plain } from './plain.ts';
import { repliesText, unansweredText } from './replies.ts';
import { targetText } from './target-text.ts';
import { arrivalText, transitText } from './wide-steps.ts';
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
      `  looked at ${formatIp(flow.source)} → ${formatIp(flow.destination)} ${describePoint(flow.point)}`,
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
  return ways.flatMap(({ relay, verdict, dialled, handed, source, into, onward }) => {
    const colour = verdict === 'allowed' ? style.red : style.yellow;
    const point = handed.first() ?? into.flow.point;
    const seen = source === 'client' ? ", which sees the client's own address" : '';
    return [
      '',
      `${colour(style.bold(verdict))}   through ${plain(relay.name)}: ${dialled.toString()} there`,
      ...into.steps.flatMap((step) => stepLines(step, network, into.flow.point, style)),
      `  ${style.dim(`hands on ${handed.toString()} to ${plain(to)}${seen}`)}`,
      ...onward.flatMap((step) => stepLines(step, network, point, style)),
    ];
  });
}

function stepLines(step: Step, network: Network, point: number, style: Style): string[] {
  const head = (kind: string, text: string) => `  ${markOf(step.mark, style)} ${kind.padEnd(6)} ${text}`;
  switch (step.kind) {
    case 'endpoint':
      return [head('host', `${plain(step.endpoint.name)} ${stateText(step.endpoint, step.why)}`)];
    case 'arrival':
      return [head('way in', arrivalText(step))];
    case 'transit':
      return [head(step.isReply ? 'return' : 'route', transitText(step, network))];
    case 'group': {
      const names = step.policies
        .map((id) => `${plain(id)} "${plain(network.policies.get(id)?.name ?? '')}"`)
        .join(', ');
      const verb = step.direction === 'ingress' ? 'admits it' : 'lets it out';
      if (step.mark === 'passes' && step.rules.length === 0)
        return [head('group', `none applies to ${plain(step.endpoint.name)}`)];
      if (step.mark !== 'blocks')
        return [
          head('group', `${names} ${verb}`),
          ...step.rules.slice(0, 4).map((match) => ruleLine(match, style)),
        ];
      return [
        head('group', `${names === '' ? 'no group' : names}: no rule ${verb}`),
        ...step.policies.flatMap((id) => otherRules(network.policies.get(id), step.direction, point, style)),
      ];
    }
    case 'acl': {
      const policy = network.policies.get(step.subnet.policy);
      const name = `${plain(step.subnet.policy)}${policy === undefined || policy.name === '' ? '' : ` (${plain(policy.name)})`} ${step.direction === 'ingress' ? 'in' : 'out'}`;
      if (step.isReply)
        return [
          head(
            'reply',
            `${name}: ${step.mark === 'blocks' ? 'no client port gets its reply' : 'replies get through'}`,
          ),
        ];
      return [head('acl', name), ...step.rules.slice(-1).map((match) => ruleLine(match, style))];
    }
    case 'route':
      return [
        head(
          step.isReply ? 'return' : 'route',
          `${plain(step.subnet.routeTable)}: ${routeText(step.route)}${closedText(step, network)}`,
        ),
      ];
    case 'door':
      return [
        head(
          'door',
          `${step.transport.toString()} may come in by ${plain(step.door.name)}: ${plain(step.door.guests)}`,
        ),
      ];
    case 'service':
      return [
        head(
          'inner',
          `${plain(step.service.name)} answers inside every network; no group and no ACL filters it`,
        ),
      ];
    case 'hop':
      return [head('hop', `${plain(step.leg.gateway ?? 'an appliance')} sends it on under its own address`)];
  }
}

/** What a policy does let through of the flow's kind, for others: where it was meant to come from. */
function otherRules(policy: Policy | undefined, direction: Direction, point: number, style: Style): string[] {
  const rules =
    policy?.rules.filter((rule) => rule.direction === direction && rule.transport.has(point)) ?? [];
  const word = direction === 'ingress' ? 'from' : 'to';
  return rules
    .slice(0, 4)
    .map((rule) =>
      style.dim(`             only ${word} ${plain(describeSelector(rule.selector))} (${plain(rule.id)})`),
    );
}

function stateText(
  endpoint: { addresses: readonly { publicIp?: Parameters<typeof formatIp>[0] }[] },
  why: string,
): string {
  const address = endpoint.addresses.find(({ publicIp }) => publicIp !== undefined)?.publicIp;
  return why === 'public address' && address !== undefined
    ? `has the public address ${formatIp(address)}`
    : why;
}

function markOf(mark: Mark, style: Style): string {
  return { passes: style.green('✓'), blocks: style.red('✗'), unknown: style.yellow('?') }[mark];
}

function ruleLine({ rule, isSure }: RuleMatch, style: Style): string {
  const text = `${plain(rule.id)} ${rule.action === 'deny' ? 'denies' : 'allows'} ${rule.transport.toString()} ${rule.direction === 'ingress' ? 'from' : 'to'} ${plain(describeSelector(rule.selector))}`;
  const description = rule.description === '' ? '' : ` "${plain(rule.description)}"`;
  return style.dim(`             ${text}${description}${isSure ? '' : ' (not understood in full)'}`);
}

/** What closes the gateway that a route leads to, for all its routes and rules say. */
function closedText({ mark, route, subnet }: Extract<Step, { kind: 'route' }>, network: Network): string {
  if (mark === 'passes' || route?.target.kind !== 'gateway') return '';
  const gateway = network.gateways.get(route.target.gateway);
  const border = gateway?.kind === 'nat' ? network.subnets.get(gateway.subnet) : subnet;
  const isLimited =
    gateway?.kind === 'internet' || gateway?.kind === 'egress-only' || gateway?.kind === 'nat';
  return isLimited && border?.publicAccess !== undefined ? `, ${plain(border.publicAccess.text)}` : '';
}

function routeText(route: Route | undefined): string {
  if (route === undefined) return 'no route';
  const destination =
    route.destination === undefined ? 'destinations not read' : formatCidr(route.destination);
  return `${destination} → ${targetText(route.target)}`;
}
