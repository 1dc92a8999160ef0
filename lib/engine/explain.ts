import { NONE, type Flow, type Ip, type SetId, type TransportPool, TransportSet } from '#netset';
import type { BlindSpotId, Endpoint, EndpointId, PolicyId, Route, Rule, Subnet } from '#model';
import type { Analysis } from './analysis.ts';
import { POSSIBLE, SURE } from './band.ts';
import { cellOf, cellThrough, repliesOf } from './cell.ts';
import { matchesOf, routeFor, type RuleMatch } from './match.ts';
import type { Leg, Plane } from './plane.ts';
import { CLIENT_PORT_SET } from './replyable.ts';

/** One end of a question: an endpoint by its id (all its addresses), or an outside address. */
export type End =
  { readonly kind: 'endpoint'; readonly id: EndpointId } | { readonly kind: 'outside'; readonly ip: Ip };

export type Mark = 'passes' | 'blocks' | 'unknown';

/** One thing on the way that decides, in the order in which the packet meets them. */
export type Step =
  | {
      readonly kind: 'endpoint';
      readonly mark: Mark;
      readonly endpoint: Endpoint;
      readonly why: EndpointState;
    }
  | {
      readonly kind: 'group';
      readonly mark: Mark;
      readonly endpoint: Endpoint;
      readonly direction: 'ingress' | 'egress';
      readonly policies: readonly PolicyId[];
      readonly rules: readonly RuleMatch[];
    }
  | {
      readonly kind: 'acl';
      readonly mark: Mark;
      readonly subnet: Subnet;
      readonly direction: 'ingress' | 'egress';
      readonly isReply: boolean;
      readonly rules: readonly RuleMatch[];
    }
  | {
      readonly kind: 'route';
      readonly mark: Mark;
      readonly subnet: Subnet;
      readonly isReply: boolean;
      readonly route: Route | undefined;
    }
  | { readonly kind: 'arrival'; readonly mark: Mark; readonly endpoint: Endpoint }
  | { readonly kind: 'hop'; readonly mark: Mark; readonly leg: Leg };

/** Why an endpoint takes part or not. */
export type EndpointState =
  | 'takes part'
  | 'stopped'
  | 'detached'
  | 'opens nothing'
  | 'listens to nothing'
  | 'no public address'
  | 'public address';

/** The answer to "may this pass?", with everything that decided it. */
export type Explanation = {
  readonly verdict: 'allowed' | 'denied' | 'unknown';
  /** The flow that was looked at: the one that gets furthest among the addresses of both ends. */
  readonly flow: Flow;
  /** Of what was asked, what surely comes up as a session, and what may. */
  readonly sure: TransportSet;
  readonly possible: TransportSet;
  readonly steps: readonly Step[];
  readonly because: readonly BlindSpotId[];
  /** Client ports that get their replies, where not all do. */
  readonly repliesOnlyTo: TransportSet | undefined;
};

/** Explains one question; `undefined` when the ends have no addresses of one family. */
export function explain(
  analysis: Analysis,
  from: End,
  to: End,
  transport: TransportSet,
): Explanation | undefined {
  let best: { plane: Plane; source: number; target: number; rank: number } | undefined;
  for (const plane of analysis.planes) {
    for (const source of positionsOf(plane, from)) {
      for (const target of positionsOf(plane, to)) {
        const rank = rankOf(plane, source, target, transport);
        if (best === undefined || rank > best.rank) best = { plane, source, target, rank };
      }
    }
  }
  return best === undefined
    ? undefined
    : explainAt(best.plane, best.source, best.target, transport, from, to);
}

function positionsOf(plane: Plane, end: End): readonly number[] {
  if (end.kind === 'endpoint')
    return plane.axis.positionsOf(end.id).filter((position) => plane.endpointAt(position) !== undefined);
  const position = plane.axis.positionOf(end.ip);
  return position === undefined ? [] : [position];
}

/** How far a question gets: a session, maybe one, the way there, maybe that. */
function rankOf(plane: Plane, from: number, to: number, asked: TransportSet): number {
  const { sets } = plane.rows;
  const points = sets.intern(asked);
  const sure = cellOf(plane, from, to, SURE);
  const possible = cellOf(plane, from, to, POSSIBLE);
  const parts = [sure.session, possible.session, sure.forward, possible.forward];
  const index = parts.findIndex((set) => sets.overlaps(set, points));
  return index < 0 ? 0 : parts.length - index;
}

function explainAt(
  plane: Plane,
  source: number,
  target: number,
  asked: TransportSet,
  from: End,
  to: End,
): Explanation {
  const { sets } = plane.rows;
  const within = (set: SetId): TransportSet => sets.valueOf(set).intersect(asked);
  const sure = within(cellOf(plane, source, target, SURE).session);
  const possible = within(cellOf(plane, source, target, POSSIBLE).session);
  const verdict =
    asked.isSubsetOf(sure) || (!sure.isEmpty && possible.equals(sure))
      ? 'allowed'
      : possible.isEmpty
        ? 'denied'
        : 'unknown';
  const point = (sure.first() ?? possible.first() ?? asked.first())!;
  const flow: Flow = {
    source: addressOf(plane, source, from),
    destination: addressOf(plane, target, to),
    point,
  };
  const leg = legFor(plane, source, target, sets.intern(TransportSet.point(point)));
  const walker = new Walk(plane, source, target, flow);
  const steps = leg === undefined ? walker.direct() : walker.through(leg);
  const replies = leg === undefined ? sets.valueOf(repliesOf(plane, source, target, SURE)) : CLIENT_PORT_SET;
  return {
    verdict,
    flow,
    sure,
    possible,
    steps,
    because: verdict === 'unknown' ? [...walker.doubts] : [],
    repliesOnlyTo: sure.isEmpty ? undefined : partial(replies, sets, point),
  };
}

function partial(replies: TransportSet, sets: TransportPool, point: number): TransportSet | undefined {
  const band = [TransportSet.tcp(), TransportSet.udp()].find((whole) => whole.has(point));
  if (band === undefined || sets.intern(band) === NONE) return undefined;
  const clients = CLIENT_PORT_SET.intersect(band);
  const answered = replies.intersect(clients);
  return answered.equals(clients) ? undefined : answered;
}

/** The hop by which the point gets through where the direct way does not carry it. */
function legFor(plane: Plane, from: number, to: number, point: SetId): Leg | undefined {
  if (plane.isOutside(from)) return undefined;
  const { sets } = plane.rows;
  const shared = plane.classOf(from);
  if (sets.overlaps(plane.rows.at(shared.routed[SURE], to), point)) return undefined;
  const routed = shared.legs.filter((leg) => sets.overlaps(plane.rows.at(leg.routed[POSSIBLE], to), point));
  return (
    routed.find((leg) => sets.overlaps(cellThrough(plane, leg, from, to, SURE).session, point)) ?? routed[0]
  );
}

function addressOf(plane: Plane, position: number, end: End): Ip {
  if (end.kind === 'outside') return end.ip;
  const { first } = plane.axis.places[position]!;
  return typeof first === 'bigint' ? { family: 6, value: first } : { family: 4, value: first };
}

/** Follows one flow and notes each thing that decides. */
class Walk {
  readonly doubts = new Set<BlindSpotId>();
  readonly #plane: Plane;
  readonly #from: number;
  readonly #to: number;
  readonly #flow: Flow;

  constructor(plane: Plane, from: number, to: number, flow: Flow) {
    this.#plane = plane;
    this.#from = from;
    this.#to = to;
    this.#flow = flow;
  }

  direct(): Step[] {
    const { source, target } = this.#ends();
    const isLocal = source !== undefined && target !== undefined && source.subnet === target.subnet;
    return [
      ...(source === undefined ? [] : [this.#state(source, 'source'), this.#group(source, 'egress')]),
      ...(source === undefined || isLocal
        ? []
        : [this.#acl(source, 'egress', false), this.#route(source, this.#to, false)]),
      ...(target === undefined ? [] : [this.#state(target, 'target')]),
      ...(source === undefined && target !== undefined ? [this.#arrival(target)] : []),
      ...(target === undefined || isLocal ? [] : [this.#acl(target, 'ingress', false)]),
      ...(target === undefined ? [] : [this.#group(target, 'ingress')]),
      ...(target === undefined || isLocal
        ? []
        : [this.#route(target, this.#from, true), this.#acl(target, 'egress', true)]),
      ...(source === undefined || isLocal ? [] : [this.#acl(source, 'ingress', true)]),
    ];
  }

  through(leg: Leg): Step[] {
    const { source, target } = this.#ends();
    const { sets } = this.#plane.rows;
    const point = sets.intern(TransportSet.point(this.#flow.point));
    const has = (bound: 0 | 1) =>
      sets.overlaps(cellThrough(this.#plane, leg, this.#from, this.#to, bound).session, point);
    const mark: Mark = has(SURE) ? 'passes' : has(POSSIBLE) ? 'unknown' : 'blocks';
    if (mark === 'unknown') {
      const hop = this.#plane.axis.places[leg.via]!;
      for (const subnet of [source?.subnet, hop.subnet, target?.subnet])
        if (subnet !== undefined) this.#doubtAround(subnet);
      for (const id of target?.policies ?? []) this.#doubt(this.#plane.network.policies.get(id)?.rules ?? []);
    }
    return [
      ...(source === undefined
        ? []
        : [
            this.#state(source, 'source'),
            this.#group(source, 'egress'),
            this.#acl(source, 'egress', false),
            this.#route(source, this.#to, false),
          ]),
      { kind: 'hop', mark, leg },
      ...(target === undefined ? [] : [this.#state(target, 'target')]),
    ];
  }

  #ends(): { source: Endpoint | undefined; target: Endpoint | undefined } {
    return { source: this.#plane.endpointAt(this.#from), target: this.#plane.endpointAt(this.#to) };
  }

  #state(endpoint: Endpoint, end: 'source' | 'target'): Step {
    const step = (mark: Mark, why: EndpointState): Step => ({ kind: 'endpoint', mark, endpoint, why });
    if (endpoint.liveness === 'dormant') return step('blocks', 'stopped');
    if (endpoint.liveness === 'detached') return step('blocks', 'detached');
    if (end === 'source' && !endpoint.initiates) return step('blocks', 'opens nothing');
    if (end === 'target' && !endpoint.listens) return step('blocks', 'listens to nothing');
    const farEnd = end === 'source' ? this.#to : this.#from;
    if (!this.#plane.isOutside(farEnd)) return step('passes', 'takes part');
    const isPublic = this.#plane.isPublic(end === 'source' ? this.#from : this.#to);
    if (isPublic) return step('passes', 'public address');
    return end === 'target' ? step('blocks', 'no public address') : step('passes', 'takes part');
  }

  #arrival(endpoint: Endpoint): Step {
    const mark: Mark = this.#plane.arrives(this.#from, this.#to, SURE)
      ? 'passes'
      : this.#plane.arrives(this.#from, this.#to, POSSIBLE)
        ? 'unknown'
        : 'blocks';
    const doubt = this.#plane.network.internetUnknown.get(endpoint.network);
    if (mark === 'unknown' && doubt !== undefined) this.doubts.add(doubt);
    if (mark === 'unknown') {
      for (const door of this.#plane.network.sideDoors)
        if (door.network === endpoint.network) this.doubts.add(door.because);
    }
    return { kind: 'arrival', mark, endpoint };
  }

  #group(endpoint: Endpoint, direction: 'ingress' | 'egress'): Step {
    const far = direction === 'egress' ? this.#to : this.#from;
    const rules = endpoint.policies.flatMap((id) =>
      matchesOf(this.#plane, id, direction, far, this.#flow.point, endpoint.network),
    );
    const mark: Mark =
      endpoint.unfiltered || rules.some(({ isSure }) => isSure)
        ? 'passes'
        : rules.length > 0
          ? 'unknown'
          : 'blocks';
    if (mark === 'unknown') this.#doubt(rules.map(({ rule }) => rule));
    return { kind: 'group', mark, endpoint, direction, policies: endpoint.policies, rules };
  }

  #acl(endpoint: Endpoint, direction: 'ingress' | 'egress', isReply: boolean): Step {
    const subnet = this.#plane.subnet(endpoint.subnet);
    const far = this.#plane.endpointAt(this.#from) === endpoint ? this.#to : this.#from;
    const matches = (point: number): RuleMatch[] =>
      matchesOf(this.#plane, subnet.policy, direction, far, point, endpoint.network);
    if (isReply) return this.#replyAcl(subnet, direction, far);
    const rules = matches(this.#flow.point);
    const first = rules[0];
    const decided = rules.findIndex(({ isSure }) => isSure);
    const reachable = decided < 0 ? rules : rules.slice(0, decided + 1);
    const actions = new Set(reachable.map(({ rule }) => rule.action));
    if (decided < 0) actions.add('deny');
    const mark: Mark =
      first === undefined
        ? 'blocks'
        : actions.size > 1
          ? 'unknown'
          : actions.has('allow')
            ? 'passes'
            : 'blocks';
    if (mark === 'unknown') this.#doubt(reachable.map(({ rule }) => rule));
    return { kind: 'acl', mark, subnet, direction, isReply, rules: reachable };
  }

  /** Replies go to a port that the client picks: passes if any of them gets through. */
  #replyAcl(subnet: Subnet, direction: 'ingress' | 'egress', far: number): Step {
    const band = this.#plane.border(subnet.id, direction);
    const { rows, replyable } = this.#plane;
    const point = rows.sets.intern(TransportSet.point(this.#flow.point));
    const gets = (bound: 0 | 1) => rows.sets.overlaps(replyable(rows.at(band[bound], far)), point);
    const mark: Mark = gets(SURE) ? 'passes' : gets(POSSIBLE) ? 'unknown' : 'blocks';
    const policy = this.#plane.network.policies.get(subnet.policy)!;
    const rules = policy.rules.filter((rule) => rule.direction === direction);
    if (mark === 'unknown') this.#doubt(rules);
    return { kind: 'acl', mark, subnet, direction, isReply: true, rules: [] };
  }

  #route(endpoint: Endpoint, far: number, isReply: boolean): Step {
    const subnet = this.#plane.subnet(endpoint.subnet);
    const near = this.#plane.endpointAt(this.#from) === endpoint ? this.#from : this.#to;
    const farIp = near === this.#from ? this.#flow.destination : this.#flow.source;
    const route = routeFor(this.#plane.network, subnet, farIp);
    const shared = this.#plane.classOf(near);
    const at = (bound: 0 | 1): SetId =>
      this.#plane.rows.at((isReply ? shared.replyOut : shared.routed)[bound], far);
    const carries = (bound: 0 | 1): boolean =>
      at(bound) !== NONE || shared.legs.some((leg) => this.#carries(leg, far, bound));
    const mark: Mark = isReply
      ? this.#replyRouteMark(shared.replyOut, far)
      : carries(SURE)
        ? 'passes'
        : carries(POSSIBLE)
          ? 'unknown'
          : 'blocks';
    if (mark === 'unknown') {
      for (const candidate of this.#plane.network.routeTables.get(subnet.routeTable)?.routes ?? []) {
        if (
          candidate.target.kind === 'unknown' &&
          (candidate === route || candidate.destination === undefined)
        )
          this.doubts.add(candidate.target.because);
      }
    }
    return { kind: 'route', mark, subnet, isReply, route };
  }

  /** Whether a hop takes this flow; a NAT gateway does not take every protocol. */
  #carries(leg: Leg, far: number, bound: 0 | 1): boolean {
    const { rows } = this.#plane;
    return rows.sets.has(rows.at(leg.routed[bound], far), this.#flow.point);
  }

  #replyRouteMark(replyOut: readonly [number, number], far: number): Mark {
    const { rows, replyable } = this.#plane;
    // most ICMP messages have no reply that would need a route
    if (rows.sets.has(replyable(NONE), this.#flow.point)) return 'passes';
    return rows.at(replyOut[SURE] as never, far) !== NONE
      ? 'passes'
      : rows.at(replyOut[POSSIBLE] as never, far) !== NONE
        ? 'unknown'
        : 'blocks';
  }

  /** Whatever is in doubt at a subnet's border: its ACL's rules and its table's routes. */
  #doubtAround(id: Subnet['id']): void {
    const { policies, routeTables } = this.#plane.network;
    const subnet = this.#plane.subnet(id);
    this.#doubt(policies.get(subnet.policy)?.rules ?? []);
    for (const { target } of routeTables.get(subnet.routeTable)?.routes ?? []) {
      if (target.kind === 'unknown') this.doubts.add(target.because);
    }
  }

  #doubt(rules: readonly Rule[]): void {
    for (const rule of rules) {
      if (rule.doubt !== undefined) this.doubts.add(rule.doubt);
      if (rule.selector.kind === 'unresolved') this.doubts.add(rule.selector.because);
      if (rule.selector.kind === 'group' && rule.selector.beyond !== undefined)
        this.doubts.add(rule.selector.beyond);
    }
  }
}
