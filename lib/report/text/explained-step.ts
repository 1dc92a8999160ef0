import { formatCidr, formatIp } from '#netset';
import { describeSelector, type Direction, type Network, type Policy, type Route } from '#model';
import type { Mark, RuleMatch, Step } from '#engine';
import { plain } from './plain.ts';
import { tierWords } from './tier-steps.ts';
import { targetText } from './target-text.ts';
import { arrivalText, transitText } from './wide-steps.ts';

/** One thing on the way that decides, as people read it: what it is, what it says, and the rules below it. */
export type ExplainedStep = {
  readonly mark: Mark;
  readonly kind: string;
  readonly text: string;
  readonly below: readonly string[];
};

/** A step in words, with the ids that one would paste. `point` is the flow that was looked at. */
export function explainedStep(step: Step, network: Network, point: number): ExplainedStep {
  const said = (kind: string, text: string, below: readonly string[] = []): ExplainedStep => ({
    mark: step.mark,
    kind,
    text,
    below,
  });
  switch (step.kind) {
    case 'endpoint':
      return said('host', `${plain(step.endpoint.name)} ${stateText(step.endpoint, step.why)}`);
    case 'arrival':
      return said('way in', arrivalText(step));
    case 'transit':
      return said(step.isReply ? 'return' : 'route', transitText(step, network));
    case 'group': {
      const names = step.policies
        .map((id) => `${plain(id)} "${plain(network.policies.get(id)?.name ?? '')}"`)
        .join(', ');
      const verb = step.direction === 'ingress' ? 'admits it' : 'lets it out';
      if (step.mark === 'passes' && step.rules.length === 0)
        return step.endpoint.kind === 'workload'
          ? said('policy', `none is about ${plain(step.endpoint.name)}: everything passes`)
          : said('group', `none applies to ${plain(step.endpoint.name)}`);
      if (step.mark !== 'blocks')
        return said('group', `${names} ${verb}`, step.rules.slice(0, 4).map(ruleText));
      return said(
        'group',
        `${names === '' ? 'no group' : names}: no rule ${verb}`,
        step.policies.flatMap((id) => otherRules(network.policies.get(id), step.direction, point)),
      );
    }
    case 'tiers': {
      const { text, below } = tierWords(step);
      return said('policy', text, below);
    }
    case 'acl': {
      const policy = network.policies.get(step.subnet.policy);
      const name = `${plain(step.subnet.policy)}${policy === undefined || policy.name === '' ? '' : ` (${plain(policy.name)})`} ${step.direction === 'ingress' ? 'in' : 'out'}`;
      if (step.isReply)
        return said(
          'reply',
          `${name}: ${step.mark === 'blocks' ? 'no client port gets its reply' : 'replies get through'}`,
        );
      return said('acl', name, step.rules.slice(-1).map(ruleText));
    }
    case 'route':
      return said(
        step.isReply ? 'return' : 'route',
        `${plain(step.subnet.routeTable)}: ${routeText(step.route)}${closedText(step, network)}`,
      );
    case 'door':
      return said(
        'door',
        `${step.transport.toString()} may come in by ${plain(step.door.name)}: ${plain(step.door.guests)}`,
      );
    case 'handed':
      return said('door', `${plain(step.relay.name)} may hand it on: not all of its targets were read`);
    case 'hairpin':
      return said(
        'back',
        `leaves by the internet as ${formatIp(step.source)}, and dials ${formatIp(step.dialled)}`,
      );
    case 'translated':
      return said('hop', `${plain(step.gateway)} translates to IPv4 and sends it on to ${formatIp(step.ip)}`);
    case 'listener':
      return said('listens', 'no listener of the load balancer answers on that');
    case 'service':
      return said(
        'inner',
        `${plain(step.service.name)} answers inside every network; no group and no ACL filters it`,
      );
    case 'hop':
      return said('hop', `${plain(step.leg.gateway ?? 'an appliance')} sends it on under its own address`);
  }
}

/** What a policy does let through of the flow's kind, for others: where it was meant to come from. */
function otherRules(policy: Policy | undefined, direction: Direction, point: number): string[] {
  const rules =
    policy?.rules.filter((rule) => rule.direction === direction && rule.transport.has(point)) ?? [];
  const word = direction === 'ingress' ? 'from' : 'to';
  return rules
    .slice(0, 4)
    .map((rule) => `only ${word} ${plain(describeSelector(rule.selector))} (${plain(rule.id)})`);
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

function ruleText({ rule, isSure }: RuleMatch): string {
  const text = `${plain(rule.id)} ${rule.action === 'deny' ? 'denies' : 'allows'} ${rule.transport.toString()} ${rule.direction === 'ingress' ? 'from' : 'to'} ${plain(describeSelector(rule.selector))}`;
  const description = rule.description === '' ? '' : ` "${plain(rule.description)}"`;
  return `${text}${description}${isSure ? '' : ' (not understood in full)'}`;
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
