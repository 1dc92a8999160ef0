import { ALL_IPV4, ALL_IPV6, formatIp, INTERNET, IpSet, TransportSet, type Ip } from '#netset';
import type { Endpoint, EndpointId } from '#model';
import {
  connectionsTo,
  egress,
  explain,
  exposures,
  ipsFor,
  openTo,
  relayedExposures,
  type Analysis,
  type End,
  type Exposure,
  type OutsideReach,
} from '#engine';
import { INTERNET_ZONE, type Intent } from '#findings';
import { findNamed, notDecidedHere, type Named } from '../ends.ts';
import { QuestionError } from '../question-error.ts';
import type { Part } from './judgement.ts';

/** Whether a name is that of a zone or trusted range, or `internet` where zones are asked about. */
export function isZone(name: string, { zones, settings }: Intent): boolean {
  const isOfFile = settings.zones.length + settings.trusted.length > 0;
  return isOfFile && name !== 'internet' && zones.some((zone) => zone.name === name);
}

/** One end of a fact: the endpoints that belong to it, and the addresses that are nobody's of the known. */
type Side = { readonly name: string; readonly endpoints: ReadonlySet<Endpoint>; readonly outside: IpSet };

/**
 * What passes from any member of one zone to any of another. Of pairs between which nothing can pass there is one part for all; through load
 * balancers counts as well, since who asserts that nobody gets there means that way too.
 *
 * @throws QuestionError if nothing here is in a zone: that nothing gets there would hold of a misspelt tag; or if both ends are addresses that are
 * nobody's here: what passes between them this network does not decide
 */
export function zoneParts(
  { from, to, expect }: { readonly from: string; readonly to: string; readonly expect: Ask['expect'] },
  asked: TransportSet,
  analysis: Analysis,
  intent: Intent,
): readonly Part[] {
  const ask = { asked, expect };
  const source = sideOf(from, analysis, intent);
  const target = sideOf(to, analysis, intent);
  if (source.endpoints.size + target.endpoints.size === 0) throw notDecidedHere(from, to);
  return [
    ...insideParts(source, target, asked, analysis),
    ...(source.outside.isEmpty ? [] : fromOutside(source, target, ask, analysis)),
    ...(target.outside.isEmpty ? [] : toOutside(source, target, ask, analysis)),
  ];
}

function sideOf(name: string, analysis: Analysis, intent: Intent): Side {
  const zone = intent.zones.find((each) => each.name === name);
  const all = [...analysis.network.endpoints.values()];
  if (zone !== undefined) {
    const endpoints = new Set(all.filter((endpoint) => intent.zoneOf(endpoint) === name));
    if (endpoints.size === 0 && zone.outside.isEmpty)
      throw new QuestionError(`nothing here is in the zone "${name}": a tag or name of it may be misspelt`);
    return { name, endpoints, outside: zone.outside };
  }
  return { name, ...membersOf(findNamed(analysis.network, name)) };
}

function membersOf(named: Named): Pick<Side, 'endpoints' | 'outside'> {
  switch (named.kind) {
    case 'internet':
      return { endpoints: new Set(), outside: INTERNET };
    case 'outside':
      return { endpoints: new Set(), outside: named.ips };
    case 'endpoints':
      return { endpoints: new Set(named.endpoints), outside: IpSet.NONE };
  }
}

/** From endpoint to endpoint. Only what can pass is visited; of the pairs that are left nothing is known but that nothing passes. */
function insideParts(source: Side, target: Side, asked: TransportSet, analysis: Analysis): readonly Part[] {
  if (source.endpoints.size === 0 || target.endpoints.size === 0) return [];
  const sources = new Map<EndpointId, Endpoint>([...source.endpoints].map((each) => [each.id, each]));
  const parts: Part[] = [];
  let pairs = 0;
  for (const to of target.endpoints) {
    pairs += sources.size - (sources.has(to.id) ? 1 : 0);
    const found = new Map<EndpointId, { sure: TransportSet; possible: TransportSet }>();
    for (const plane of analysis.planes) {
      for (const { from, sure, possible } of connectionsTo(plane, to.id, plane.axis.positionsOf(to.id))) {
        if (from === to.id || !sources.has(from) || !possible.overlaps(asked)) continue;
        const known = found.get(from) ?? NOTHING;
        found.set(from, {
          sure: known.sure.union(sure.intersect(asked)),
          possible: known.possible.union(possible.intersect(asked)),
        });
      }
    }
    for (const [from, reach] of found) {
      const name = sources.get(from)?.name ?? from;
      parts.push({ from: name, to: to.name, ...reach, ends: [endOf(from), endOf(to.id)] });
    }
  }
  return parts.length < pairs ? [...parts, nothing(source, target)] : parts;
}

/** The internet's side of a fact, by which way it is asked. */
type Ask = { readonly asked: TransportSet; readonly expect: 'allowed' | 'denied' };

function fromOutside(source: Side, target: Side, ask: Ask, analysis: Analysis): readonly Part[] {
  const reaches: readonly Reaching[] =
    ask.expect === 'denied' ? [...exposures(analysis), ...relayedExposures(analysis)] : exposures(analysis);
  return [
    ...outsideParts(source, target, reaches, ask, 'from'),
    ...privateParts(source, target, ask.asked, analysis, 'from'),
  ];
}

function toOutside(source: Side, target: Side, ask: Ask, analysis: Analysis): readonly Part[] {
  return [
    ...outsideParts(target, source, egress(analysis), ask, 'to'),
    ...privateParts(target, source, ask.asked, analysis, 'to'),
  ];
}

type Reaching = Pick<Exposure, 'endpoint' | 'family' | 'sure' | 'possible'>;

/** Between public addresses and each endpoint. An endpoint that they have nothing to do with is a part in which nothing passes. */
function outsideParts(
  far: Side,
  near: Side,
  reaches: readonly Reaching[],
  ask: Ask,
  direction: 'from' | 'to',
): readonly Part[] {
  const within = far.outside.intersect(INTERNET);
  if (within.isEmpty || near.endpoints.size === 0) return [];
  const known = new Map<Endpoint, Reaching[]>();
  for (const reach of reaches) {
    if (!near.endpoints.has(reach.endpoint)) continue;
    const own = known.get(reach.endpoint);
    if (own === undefined) known.set(reach.endpoint, [reach]);
    else own.push(reach);
  }
  const piecesOf = far.name === INTERNET_ZONE ? wideParts : everyPart;
  return [...near.endpoints].flatMap((endpoint): Part[] => {
    const found = (known.get(endpoint) ?? []).flatMap((reach) => piecesOf(reach, within, ask));
    if (found.length === 0) return [{ ...namesOf(far.name, endpoint, direction), ...NOTHING }];
    return found.map(({ ip, ...reach }) => {
      const ends: readonly [End, End] | undefined =
        ip === undefined
          ? undefined
          : direction === 'from'
            ? [{ kind: 'outside', ip }, endOf(endpoint.id)]
            : [endOf(endpoint.id), { kind: 'outside', ip }];
      const name =
        far.name === INTERNET_ZONE || ip === undefined ? far.name : `${far.name} (${formatIp(ip)})`;
      return { ...namesOf(name, endpoint, direction), ...reach, ...(ends && { ends }) };
    });
  });
}

type OutsidePart = Pick<Part, 'sure' | 'possible'> & { readonly ip: Ip | undefined };

/**
 * What the internet at large can open, as one part: to say that it does not get in, no wide part of it may; to say that it does, all of it must. A
 * limited range that gets in is somebody in particular, and is asked for by its own name.
 */
function wideParts(
  { family, sure, possible }: Reaching,
  within: IpSet,
  { asked, expect }: Ask,
): readonly OutsidePart[] {
  const least = expect === 'denied' ? 'wide' : 'whole';
  const clipped = (pieces: readonly OutsideReach[]): readonly OutsideReach[] =>
    pieces.map((piece) => ({ ...piece, ips: piece.ips.intersect(within) }));
  const may = openTo(clipped(possible), family, least).intersect(asked);
  if (may.isEmpty) return [];
  return [
    {
      ip: ipsFor(clipped(possible), may).first(),
      sure: openTo(clipped(sure), family, least).intersect(asked),
      possible: may,
    },
  ];
}

/** What each address of a range can open, by pieces of the range that are alike; those that nothing is open to are a piece too. */
function everyPart(reach: Reaching, within: IpSet, { asked }: Ask): readonly OutsidePart[] {
  const parts: OutsidePart[] = [];
  let rest = reach.family === 4 ? within.intersect(ALL_IPV4) : within.intersect(ALL_IPV6);
  for (const piece of reach.possible) {
    const possible = piece.transport.intersect(asked);
    let left = piece.ips.intersect(rest);
    if (left.isEmpty || possible.isEmpty) continue;
    rest = rest.subtract(left);
    for (const surely of reach.sure) {
      const ips = left.intersect(surely.ips);
      if (ips.isEmpty) continue;
      parts.push({ ip: ips.first(), sure: surely.transport.intersect(asked), possible });
      left = left.subtract(ips);
    }
    if (!left.isEmpty) parts.push({ ip: left.first(), sure: TransportSet.NONE, possible });
  }
  return rest.isEmpty ? parts : [...parts, { ip: rest.first(), ...NOTHING }];
}

/** Addresses of no internet, such as a site's: each part in which all answers are the same is asked for itself. */
function privateParts(
  { name, outside }: Side,
  { endpoints }: Side,
  asked: TransportSet,
  analysis: Analysis,
  direction: 'from' | 'to',
): readonly Part[] {
  const ips = outside.subtract(INTERNET);
  if (ips.isEmpty) return [];
  const far = analysis.planes.flatMap(({ axis }) => axis.representativesOf(ips));
  return [...endpoints].flatMap((endpoint) =>
    far.flatMap((ip): Part[] => {
      const ends: readonly [End, End] = [{ kind: 'outside', ip }, endOf(endpoint.id)];
      const [from, to] = direction === 'from' ? ends : [ends[1], ends[0]];
      const found = explain(analysis, from, to, asked);
      if (found === undefined) return [];
      const { sure, possible, because } = found;
      const text = `${name} (${formatIp(ip)})`;
      const names =
        direction === 'from' ? { from: text, to: endpoint.name } : { from: endpoint.name, to: text };
      return [{ ...names, sure, possible, because }];
    }),
  );
}

const NOTHING = { sure: TransportSet.NONE, possible: TransportSet.NONE };

function namesOf(far: string, { name }: Endpoint, direction: 'from' | 'to'): Pick<Part, 'from' | 'to'> {
  return direction === 'from' ? { from: far, to: name } : { from: name, to: far };
}

function nothing({ name: from }: Side, { name: to }: Side): Part {
  return { from, to, ...NOTHING };
}

function endOf(id: EndpointId): End {
  return { kind: 'endpoint', id };
}
