import { explain, type End } from '#engine';
import { idOf } from '#model';
import {
  ALL_IPV4,
  ALL_IPV6,
  formatIp,
  INTERNET,
  parseIp,
  type Family,
  type Ip,
  type TransportSet,
} from '#netset';
import type { DemoReach } from './demo-reach.ts';
import type { DemoEnd, DemoFact } from './demo-statement.ts';
import { packetsOf } from './packets.ts';
import { differs, HOLDS, type Check } from './result.ts';

/** Checks one fact: all of its flows can be established, or none. What is unknown is neither. */
export function checkDemoFact(reach: DemoReach, fact: DemoFact): Check {
  const { from, to, ipVersion, reachable } = fact;
  const expected = `reachable ${String(reachable)}`;
  const stranger = [from, to].find((end) => !reach.knows(end));
  if (stranger !== undefined)
    return differs(fact, expected, `no interface ${describeDemoEnd(stranger)} was read`);
  const points = packetsOf(fact, ipVersion);
  if (points === undefined) return differs(fact, 'a fact that is understood', 'the protocol and ports');
  const sessions = reach.sessions(from, to, ipVersion);
  if (typeof sessions === 'string') return differs(fact, 'a fact that is understood', sessions);
  const holds = reachable ? points.isSubsetOf(sessions.sure) : !points.overlaps(sessions.possible);
  if (holds) return HOLDS;
  const sure = sessions.sure.intersect(points);
  const unknown = sessions.possible.intersect(points).subtract(sure);
  const got = `${sure.toString()}${unknown.isEmpty ? '' : `, unknown for ${unknown.toString()}`}`;
  return differs(
    fact,
    expected,
    got,
    [fact.why ?? '', ...blocksOn(reach, fact, points)].filter((text) => text !== '').join('; '),
  );
}

export function describeDemoEnd(end: DemoEnd): string {
  return 'internet' in end ? 'internet' : 'cidr' in end ? end.cidr : end.eni;
}

/** What stands in the way of the flow that gets furthest. */
function blocksOn(
  { analysis }: DemoReach,
  { from, to, ipVersion }: DemoFact,
  points: TransportSet,
): string[] {
  const explanation = explain(analysis, endOf(from, ipVersion), endOf(to, ipVersion), points);
  const { source, destination } = explanation?.flow ?? {};
  const stops = (explanation?.steps ?? [])
    .filter(({ mark }) => mark !== 'passes')
    .map(({ kind, mark }) => `${kind} ${mark}`);
  if (source === undefined || destination === undefined || stops.length === 0) return [];
  return [`${formatIp(source)} to ${formatIp(destination)}: ${stops.join(', ')}`];
}

function endOf(end: DemoEnd, family: Family): End {
  if ('eni' in end) return { kind: 'endpoint', id: idOf<'endpoint'>(end.eni) };
  const text = 'cidr' in end ? end.cidr.replace(/\/.*$/, '') : undefined;
  const ip = (text === undefined ? undefined : parseIp(text)) ?? someIp(family);
  return { kind: 'outside', ip };
}

/** A public address, to stand for the internet. */
function someIp(family: Family): Ip {
  const ip = INTERNET.intersect(family === 4 ? ALL_IPV4 : ALL_IPV6).first();
  if (ip === undefined) throw new Error('the internet has no addresses');
  return ip;
}
