import { NONE, type Flow, type SetId, TransportSet } from '#netset';
import { doubtsOfRoute, type BlindSpotId, type Endpoint, type Rule, type Subnet } from '#model';
import { POSSIBLE, SURE } from './band.ts';
import { cellOf, cellThrough } from './cell.ts';
import { matchesOf, type RuleMatch } from './match.ts';
import type { Leg, Plane } from './plane.ts';
import { routeFor } from './route-for.ts';
import { doubtsBehind, passageOf } from './transit-walk.ts';

import type { EndpointState, Mark, Step } from './explanation.ts';

/** Follows one flow and notes each thing that decides. */
export class Walk {
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
        : [
            this.#acl(source, 'egress', false),
            this.#route(source, this.#to, false),
            ...this.#transit(source, this.#from, this.#to, false),
          ]),
      ...(target === undefined ? [] : [this.#state(target, 'target')]),
      ...(source !== undefined && target === undefined ? this.#fromSite(source) : []),
      ...(source === undefined && target !== undefined ? [this.#arrival(target)] : []),
      ...(target === undefined || isLocal || this.#plane.skipsAcl(this.#to, this.#from)
        ? []
        : [this.#aclInto(target)]),
      ...(target === undefined ? [] : [this.#group(target, 'ingress')]),
      ...(target === undefined || isLocal
        ? []
        : [
            this.#route(target, this.#from, true),
            this.#acl(target, 'egress', true),
            ...this.#transit(target, this.#to, this.#from, true),
          ]),
      ...(source === undefined || isLocal || this.#plane.answersSkipAcl(this.#from, this.#to, SURE)
        ? []
        : [this.#aclBack(source)]),
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
    const arrives = (bound: 0 | 1): boolean => this.#plane.arrives(this.#from, this.#to, bound);
    if (end === 'source' || arrives(SURE)) return step('passes', 'takes part');
    const hidden = this.#plane.hiddenPublic(this.#to);
    if (hidden !== undefined) {
      this.doubts.add(hidden);
      return step('unknown', 'may have a public address');
    }
    return arrives(POSSIBLE) ? step('passes', 'takes part') : step('blocks', 'no public address');
  }

  #arrival(endpoint: Endpoint): Step {
    const mark: Mark = this.#plane.arrives(this.#from, this.#to, SURE)
      ? 'passes'
      : this.#plane.arrives(this.#from, this.#to, POSSIBLE)
        ? 'unknown'
        : 'blocks';
    const doubt = this.#plane.network.internetUnknown.get(endpoint.network);
    const into = this.#plane.wide.into(this.#to);
    const subnet = this.#plane.subnet(endpoint.subnet);
    const limit = subnet.publicAccess;
    const isInternet = this.#plane.isInternet(this.#from);
    const routes = isInternet ? this.#plane.entries.routesTo(subnet, this.#flow.destination) : [];
    if (mark === 'unknown') {
      for (const id of [doubt, limit?.because, ...routes.flatMap(doubtsOfRoute)])
        if (id !== undefined) this.doubts.add(id);
    }
    if (mark === 'unknown') {
      for (const door of this.#plane.network.sideDoors)
        if (door.network === endpoint.network) this.doubts.add(door.because);
      for (const doubtful of into.flatMap(({ doubts }) => doubts)) this.doubts.add(doubtful);
    }
    const closedBy = isInternet && limit !== undefined && limit.in !== 'open' ? limit.text : undefined;
    const isOpen = mark === 'passes' && this.#plane.opensToInternet(this.#from, this.#to);
    const by = isOpen ? [] : into.map(({ gateway }) => gateway);
    const isStopped = mark !== 'blocks' && !isOpen && this.#isStoppedOnWay(subnet);
    return { kind: 'arrival', mark: isStopped ? 'blocks' : mark, endpoint, by, routes, closedBy };
  }

  /** Whether the lists of the subnets by which sites come in stop what they send, and nothing else may bring it. */
  #isStoppedOnWay(subnet: Subnet): boolean {
    const { network, wide, rows } = this.#plane;
    const hasDoor = network.sideDoors.some((door) => door.network === subnet.network);
    const isDialled = this.#plane.isPublic(this.#to) || this.#plane.hiddenPublic(this.#to) !== undefined;
    if (hasDoor || (isDialled && this.#plane.isInternet(this.#from))) return false;
    const { fromOutside } = wide.stampOf(this.#to, subnet, this.#plane.exitOf(subnet));
    return !rows.sets.has(fromOutside[POSSIBLE], this.#flow.point);
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
    const far = this.#plane.endpointAt(this.#from) === endpoint ? this.#to : this.#from;
    return this.#aclOf(this.#plane.subnet(endpoint.subnet), direction, far, isReply);
  }

  /** The list before the target, which does not look at what comes out of a transit gateway there. */
  #aclInto(target: Endpoint): Step {
    const step = this.#acl(target, 'ingress', false);
    return this.#plane.skipsAcl(this.#to, this.#from, POSSIBLE) ? this.#unlessSkipped(step, this.#to) : step;
  }

  /** The list before the source, which does not look at answers that come out of a transit gateway there. */
  #aclBack(source: Endpoint): Step {
    const step = this.#acl(source, 'ingress', true);
    return this.#plane.answersSkipAcl(this.#from, this.#to, POSSIBLE)
      ? this.#unlessSkipped(step, this.#from)
      : step;
  }

  #unlessSkipped(step: Step, position: number): Step {
    if (step.mark !== 'blocks') return step;
    const into = this.#plane.wide.into(position);
    for (const doubt of into.flatMap(({ doubts }) => doubts)) this.doubts.add(doubt);
    return { ...step, mark: 'unknown' };
  }

  /** `isGateway`: a transit gateway's, whose list looks at what comes from its own subnet too. */
  #aclOf(
    subnet: Subnet,
    direction: 'ingress' | 'egress',
    far: number,
    isReply: boolean,
    isGateway = false,
  ): Step {
    const matches = (point: number): RuleMatch[] =>
      matchesOf(this.#plane, subnet.policy, direction, far, point, subnet.network);
    if (isReply) return this.#replyAcl(subnet, direction, far, isGateway);
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
  #replyAcl(subnet: Subnet, direction: 'ingress' | 'egress', far: number, isGateway: boolean): Step {
    const band = isGateway
      ? this.#plane.policies.firstMatch(subnet.policy, direction)
      : this.#plane.border(subnet.id, direction);
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
        if (candidate !== route && candidate.destination !== undefined) continue;
        for (const doubt of doubtsBehind(this.#plane, subnet, candidate, farIp)) this.doubts.add(doubt);
      }
      const because = subnet.publicAccess?.because;
      if (because !== undefined && this.#plane.isInternet(far)) this.doubts.add(because);
    }
    return { kind: 'route', mark, subnet, isReply, route };
  }

  /** The way through a transit gateway: the ACL of the subnet by which packets get there, its table, the ACL of the subnet behind. */
  #transit(endpoint: Endpoint, near: number, far: number, isReply: boolean): Step[] {
    const subnet = this.#plane.subnet(endpoint.subnet);
    const farIp = far === this.#to ? this.#flow.destination : this.#flow.source;
    const route = routeFor(this.#plane.network, subnet, farIp);
    const passage = passageOf(this.#plane, subnet, route, far, farIp, isReply);
    if (passage === undefined || (isReply && this.#needsNoReply())) return [];
    for (const doubt of passage.doubts) this.doubts.add(doubt);
    const acl = (id: Subnet['id'], direction: 'ingress' | 'egress', at: number): Step =>
      this.#aclOf(this.#plane.subnet(id), direction, at, isReply, direction === 'ingress');
    const target = this.#plane.endpointAt(far)?.subnet;
    return [
      ...passage.entries.map((id) => acl(id, 'ingress', near)),
      passage.step,
      ...passage.landings.filter((id) => id !== target).map((id) => acl(id, 'egress', far)),
    ];
  }

  /** Whether a hop takes this flow; a NAT gateway does not take every protocol. */
  #carries(leg: Leg, far: number, bound: 0 | 1): boolean {
    const { rows } = this.#plane;
    return rows.sets.has(rows.at(leg.routed[bound], far), this.#flow.point);
  }

  #replyRouteMark(replyOut: readonly [number, number], far: number): Mark {
    const { rows } = this.#plane;
    if (this.#needsNoReply()) return 'passes';
    return rows.at(replyOut[SURE] as never, far) !== NONE
      ? 'passes'
      : rows.at(replyOut[POSSIBLE] as never, far) !== NONE
        ? 'unknown'
        : 'blocks';
  }

  /** Most ICMP messages have no reply that would need a way. */
  #needsNoReply(): boolean {
    const { rows, replyable } = this.#plane;
    return rows.sets.has(replyable(NONE), this.#flow.point);
  }

  /** Whether a site behind a transit gateway, to which this goes, leads back. */
  #fromSite(source: Endpoint): Step[] {
    const { wide, rows } = this.#plane;
    const subnet = this.#plane.subnet(source.subnet);
    const exit = this.#plane.exitOf(subnet);
    const { overTransit } = wide.sentToSites(exit, wide.stampOf(this.#from, subnet, exit).near);
    if (rows.at(overTransit[SURE], this.#to) === NONE || this.#needsNoReply()) return [];
    const back = wide.overTransitTo(this.#from);
    const { replyIn } = this.#plane.classOf(this.#from);
    // each list on the way may let some answers through, and all of them together none
    const point = rows.sets.intern(TransportSet.point(this.#flow.point));
    const comesBack = (bound: 0 | 1): boolean =>
      back[bound] !== NONE &&
      (rows.sets.overlaps(cellOf(this.#plane, this.#from, this.#to, bound).session, point) ||
        rows.sets.overlaps(this.#plane.replyable(rows.at(replyIn[bound], this.#to)), point));
    const mark: Mark = comesBack(SURE) ? 'passes' : comesBack(POSSIBLE) ? 'unknown' : 'blocks';
    const into = wide.into(this.#from);
    if (mark === 'unknown') for (const doubt of into.flatMap(({ doubts }) => doubts)) this.doubts.add(doubt);
    const by = into.map(({ gateway }) => gateway);
    return [{ kind: 'arrival', mark, endpoint: source, by, routes: [], closedBy: undefined }];
  }

  /** Whatever is in doubt at a subnet's border: its ACL's rules and its table's routes. */
  #doubtAround(id: Subnet['id']): void {
    const { policies, routeTables } = this.#plane.network;
    const subnet = this.#plane.subnet(id);
    if (subnet.publicAccess?.because !== undefined) this.doubts.add(subnet.publicAccess.because);
    this.#doubt(policies.get(subnet.policy)?.rules ?? []);
    for (const route of routeTables.get(subnet.routeTable)?.routes ?? []) {
      for (const doubt of doubtsOfRoute(route)) this.doubts.add(doubt);
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
