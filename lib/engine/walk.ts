import { NONE, type Flow, type SetId, TransportSet } from '#netset';
import type { BlindSpotId, Endpoint, Subnet } from '#model';
import { aclStep } from './acl-step.ts';
import { answerFromSite, arrivalStep } from './arrival-step.ts';
import { POSSIBLE, SURE } from './band.ts';
import { cellThrough } from './cell.ts';
import type { EndpointState, Mark, Step } from './explanation.ts';
import { matchesOf } from './match.ts';
import { isTrivial, tieredStep } from './tiered-step.ts';
import { isTiered } from './tiers.ts';
import type { Leg, Plane } from './plane.ts';
import { routeFor } from './route-for.ts';
import { doubtsAround } from './rule-doubts.ts';
import { doubtsBehind, doubtsToward, passageOf } from './transit-walk.ts';
import { doubtRules, doubtWaysInto, needsNoReply, type WalkedFlow } from './walked-flow.ts';

/** Follows one flow and notes each thing that decides. */
export class Walk {
  readonly doubts = new Set<BlindSpotId>();
  readonly #walked: WalkedFlow;
  readonly #plane: Plane;
  readonly #from: number;
  readonly #to: number;
  readonly #flow: Flow;

  constructor(plane: Plane, from: number, to: number, flow: Flow) {
    this.#plane = plane;
    this.#from = from;
    this.#to = to;
    this.#flow = flow;
    this.#walked = { plane, from, to, flow, doubts: this.doubts };
  }

  direct(): Step[] {
    return this.#all().filter((step) => !isTrivial(step));
  }

  #all(): Step[] {
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
      ...(source !== undefined && target === undefined ? answerFromSite(this.#walked, source) : []),
      ...(source === undefined && target !== undefined ? [arrivalStep(this.#walked, target)] : []),
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
      for (const id of target?.policies ?? [])
        doubtRules(this.#walked, this.#plane.network.policies.get(id)?.rules ?? []);
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

  #group(endpoint: Endpoint, direction: 'ingress' | 'egress'): Step {
    const far = direction === 'egress' ? this.#to : this.#from;
    if (isTiered(this.#plane.network, endpoint)) {
      const near = far === this.#to ? this.#from : this.#to;
      return tieredStep(this.#plane, endpoint, direction, { near, far }, this.#flow.point, this.doubts);
    }
    const rules = endpoint.policies.flatMap((id) =>
      matchesOf(this.#plane, id, direction, far, this.#flow.point, endpoint.network),
    );
    const mark: Mark =
      endpoint.unfiltered || rules.some(({ isSure }) => isSure)
        ? 'passes'
        : rules.length > 0
          ? 'unknown'
          : 'blocks';
    if (mark === 'unknown')
      doubtRules(
        this.#walked,
        rules.map(({ rule }) => rule),
      );
    return { kind: 'group', mark, endpoint, direction, policies: endpoint.policies, rules };
  }

  #acl(endpoint: Endpoint, direction: 'ingress' | 'egress', isReply: boolean): Step {
    const far = this.#plane.endpointAt(this.#from) === endpoint ? this.#to : this.#from;
    const subnet = this.#plane.subnet(endpoint.subnet);
    return aclStep(this.#walked, { subnet, direction, far, isReply });
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
    doubtWaysInto(this.#walked, position);
    return { ...step, mark: 'unknown' };
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
      // what limits the subnet, or the public address that the place may have
      const because = [subnet.publicAccess?.because, this.#plane.hiddenPublic(near)];
      if (this.#plane.isInternet(far))
        for (const doubt of because) if (doubt !== undefined) this.doubts.add(doubt);
    }
    return { kind: 'route', mark, subnet, isReply, route };
  }

  /** The way through a transit gateway: the ACL of the subnet by which packets get there, its table, the ACL of the subnet behind. */
  #transit(endpoint: Endpoint, near: number, far: number, isReply: boolean): Step[] {
    const subnet = this.#plane.subnet(endpoint.subnet);
    const farIp = far === this.#to ? this.#flow.destination : this.#flow.source;
    const route = routeFor(this.#plane.network, subnet, farIp);
    const passage = passageOf(this.#plane, subnet, route, far, farIp, isReply);
    if (passage === undefined || (isReply && needsNoReply(this.#walked))) return [];
    for (const doubt of passage.doubts) this.doubts.add(doubt);
    const acl = (id: Subnet['id'], direction: 'ingress' | 'egress', at: number): Step =>
      aclStep(this.#walked, {
        subnet: this.#plane.subnet(id),
        direction,
        far: at,
        isReply,
        isGateway: direction === 'ingress',
      });
    const target = this.#plane.endpointAt(far)?.subnet;
    const into = passage.entries.map((id) => acl(id, 'ingress', near));
    const outOf = passage.landings.filter((id) => id !== target).map((id) => acl(id, 'egress', far));
    const isUnseen = outOf.length < passage.landings.length;
    const ways = [...oneOf(into, false), ...oneOf(outOf, isUnseen)];
    if (ways.some(({ mark }) => mark === 'unknown'))
      for (const doubt of passage.choices) this.doubts.add(doubt);
    return [...ways.slice(0, into.length), passage.step, ...ways.slice(into.length)];
  }

  /** Whether a hop takes this flow; a NAT gateway does not take every protocol. */
  #carries(leg: Leg, far: number, bound: 0 | 1): boolean {
    const { rows } = this.#plane;
    return rows.sets.has(rows.at(leg.routed[bound], far), this.#flow.point);
  }

  #replyRouteMark(replyOut: readonly [number, number], far: number): Mark {
    const { rows } = this.#plane;
    if (needsNoReply(this.#walked)) return 'passes';
    return rows.at(replyOut[SURE] as never, far) !== NONE
      ? 'passes'
      : rows.at(replyOut[POSSIBLE] as never, far) !== NONE
        ? 'unknown'
        : 'blocks';
  }

  /** Whatever is in doubt at a subnet's border: its ACL's rules and its table's routes. */
  #doubtAround(id: Subnet['id']): void {
    const subnet = this.#plane.subnet(id);
    for (const doubt of doubtsAround(this.#plane.network, subnet)) this.doubts.add(doubt);
    for (const ip of [this.#flow.source, this.#flow.destination])
      for (const doubt of doubtsToward(this.#plane, subnet, ip)) this.doubts.add(doubt);
  }
}

/** The lists of subnets of which a packet takes one, nobody knows which: what only some of them stop may get through. */
function oneOf(steps: readonly Step[], isAnotherOpen: boolean): readonly Step[] {
  if (!isAnotherOpen && steps.every(({ mark }) => mark === 'blocks')) return steps;
  return steps.map((step) => (step.mark === 'blocks' ? { ...step, mark: 'unknown' } : step));
}
