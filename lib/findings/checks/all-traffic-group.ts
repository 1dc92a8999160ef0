import { ALL_IPV4, ALL_IPV6, NONE, TransportSet } from '#netset';
import type { BlindSpotId, Endpoint, Policy, Rule } from '#model';
import { cellOf, POSSIBLE, SURE, type Bound, type End, type Plane } from '#engine';
import { isAsked, type Audited } from '../audited.ts';
import { doubtsBetween } from '../doubts.ts';
import type { Finding } from '../finding.ts';
import { fingerprintOf } from '../fingerprint.ts';

/** From this many addresses on a source is wide enough for "everything from there" to mean somebody did not choose: a /16. */
const WIDE = 65_536;

/** Groups that admit every protocol and port from a wide source or another group, where that really lets something in. */
export function checkAllTrafficGroups(audited: Audited): Finding[] {
  const { analysis } = audited;
  const carriers = new Map<string, Endpoint[]>();
  for (const endpoint of analysis.network.endpoints.values()) {
    for (const policy of endpoint.policies) carriers.set(policy, [...(carriers.get(policy) ?? []), endpoint]);
  }
  const findings: Finding[] = [];
  for (const policy of analysis.network.policies.values()) {
    if (policy.kind !== 'any-allow' || !isAsked(audited, policy.id)) continue;
    const rules = policy.rules.filter((rule) => isWide(rule, policy));
    const hitBy = (bound: Bound): Endpoint[] =>
      (carriers.get(policy.id) ?? []).filter((endpoint) =>
        rules.some((rule) => letsIn(rule, endpoint, bound, { analysis })),
      );
    const surely = hitBy(SURE);
    const isSure = surely.length > 0;
    const hit = isSure ? surely : hitBy(POSSIBLE);
    if (hit.length === 0) continue;
    const isWorld = rules.some(
      ({ selector }) =>
        selector.kind === 'ips' && (ALL_IPV4.isSubsetOf(selector.ips) || ALL_IPV6.isSubsetOf(selector.ips)),
    );
    findings.push({
      check: 'all-traffic-group',
      severity: isWorld ? 'high' : 'medium',
      certainty: isSure ? 'surely' : 'possibly',
      fingerprint: fingerprintOf('all-traffic-group', policy.id),
      title: `group ${policy.name} ${isSure ? 'lets' : 'may let'} all traffic in${isWorld ? ' from anywhere' : ''}: ${String(hit.length)} interface${hit.length === 1 ? '' : 's'} open on every port to whoever can route there`,
      workload: { id: policy.id, name: policy.name },
      endpoints: hit,
      transport: TransportSet.ALL,
      culprits: rules.map((rule) => ({ policy: policy.id, rule })),
      because: isSure ? [] : doubtsAbout(rules, hit, { analysis }),
    });
  }
  return findings;
}

/** All traffic from a wide range, or from another group; members among themselves are how clusters work. */
function isWide({ direction, transport, selector }: Rule, policy: Policy): boolean {
  if (direction !== 'ingress' || !transport.equals(TransportSet.ALL)) return false;
  if (selector.kind === 'group') return (selector.group as string) !== policy.id;
  return selector.kind === 'ips' && (selector.ips.size4() >= WIDE || selector.ips.size6() > BigInt(WIDE));
}

function letsIn(rule: Rule, endpoint: Endpoint, bound: Bound, audited: Pick<Audited, 'analysis'>): boolean {
  return sourceLetIn(rule, endpoint, bound, audited) !== undefined;
}

/** Somebody whom the rule names and who gets in, if there is one. */
function sourceLetIn(
  rule: Rule,
  endpoint: Endpoint,
  bound: Bound,
  { analysis }: Pick<Audited, 'analysis'>,
): End | undefined {
  for (const plane of analysis.planes) {
    for (const to of plane.axis.positionsOf(endpoint.id)) {
      for (const [start, end] of plane.policies.spansOf(rule.selector, endpoint.network)[bound]) {
        for (let from = start; from < end; from += 1) {
          if (cellOf(plane, from, to, bound).session !== NONE) return endAt(plane, from);
        }
      }
    }
  }
  return undefined;
}

function endAt(plane: Plane, position: number): End {
  const known = plane.endpointAt(position);
  if (known !== undefined) return { kind: 'endpoint', id: known.id };
  const [first] = plane.axis.addressesAt(position);
  return {
    kind: 'outside',
    ip: typeof first === 'bigint' ? { family: 6, value: first } : { family: 4, value: first },
  };
}

/** The blind spots that keep what these rules let in unknown. */
function doubtsAbout(
  rules: readonly Rule[],
  hit: readonly Endpoint[],
  audited: Pick<Audited, 'analysis'>,
): readonly BlindSpotId[] {
  const doubts = rules.flatMap((rule) =>
    hit.flatMap((endpoint) => {
      const from = sourceLetIn(rule, endpoint, POSSIBLE, audited);
      const to: End = { kind: 'endpoint', id: endpoint.id };
      return from === undefined ? [] : doubtsBetween(audited.analysis, from, to, TransportSet.ALL);
    }),
  );
  return [...new Set(doubts)];
}
