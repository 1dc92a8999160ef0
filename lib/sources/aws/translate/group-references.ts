import type { IpSet } from '#netset';
import { idOf, type BlindSpotId, type Direction, type Selector, type TransitGateway } from '#model';
import type { Draft } from './draft.ts';
import { sharesGroups } from './group-support.ts';
import type { GroupMembers } from './group-members.ts';
import type { Place } from './place.ts';
import type { Item, Target } from './target.ts';

/** The group whose rules are read, and where it belongs. */
type GuardedBy = { readonly group: string; readonly network: string; readonly target: Target };

type UncertainMembers = { readonly ips: IpSet; readonly because: BlindSpotId; readonly name: string };

/**
 * States of a peering that is over: a rule that names a group of its far side is stale and admits nobody there.
 *
 * https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-security-groups.html
 */
const ENDED_PEERING = /^(?:deleted|rejected|expired|failed)$/;

/**
 * Rules that name a group.
 *
 * https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html#security-group-referencing
 */
export class GroupReferences {
  readonly #draft: Draft;
  readonly #groups: ReadonlyMap<string, Item>;
  readonly #members: GroupMembers;
  readonly #selectors = new Map<Target, Map<string, Selector>>();
  readonly #addresses = new Map<string, IpSet>();
  readonly #unread: ReturnType<GroupMembers['unreadAddresses']>;

  constructor(draft: Draft, groups: ReadonlyMap<string, Item>, members: GroupMembers) {
    this.#draft = draft;
    this.#groups = groups;
    this.#members = members;
    this.#unread = members.unreadAddresses();
  }

  /** The selector of a named group. Where members may exist that were not read, it says so. */
  selectorOf(group: string, owner: string | undefined, place: Place, target: Target): Selector {
    let selectors = this.#selectors.get(target);
    if (selectors === undefined) this.#selectors.set(target, (selectors = new Map<string, Selector>()));
    const isStale = ENDED_PEERING.test(place.words('PeeringStatus').toLowerCase());
    const far = owner === undefined || owner === target.account ? '' : ` ${owner}`;
    const key = `${group}${far}${isStale ? ' stale' : ''}`;
    let selector = selectors.get(key);
    if (selector === undefined) {
      const beyond = isStale ? undefined : this.#beyond(group, owner ?? target.account, place, target);
      selector = { kind: 'group', group: idOf<'group'>(group), ...(beyond === undefined ? {} : { beyond }) };
      selectors.set(key, selector);
    }
    return selector;
  }

  /**
   * Addresses that a rule which names a group may or may not match, beside those that it matches. The names say which:
   * members in another network than those it guards, and interfaces whose groups could not be read.
   */
  uncertainMembers(policy: GuardedBy, direction: Direction, named: string): readonly UncertainMembers[] {
    const across = this.#acrossNetworks(policy, direction, named);
    const found: UncertainMembers[] =
      across === undefined
        ? []
        : [{ ips: this.#addressesOf(named), because: across, name: 'other-networks' }];
    if (this.#unread !== undefined) found.push({ ...this.#unread, name: 'unread-groups' });
    return found.filter(({ ips }) => !ips.isEmpty);
  }

  /**
   * Why members in another network may match: a peering that was not read may join the two, or a transit gateway that
   * lets groups be named across it. `undefined` if there are none; then what the model knows of peerings decides.
   */
  #acrossNetworks(policy: GuardedBy, direction: Direction, named: string): BlindSpotId | undefined {
    const far = this.#members.networksOf(named);
    if (far.size === 0) return undefined;
    const near = this.#members.networksOf(policy.group);
    const isNearHome = near.size === 0 || (near.size === 1 && near.has(policy.network));
    if (far.size === 1 && far.has(policy.network) && isNearHome) return undefined;
    return (
      policy.target.unread('DescribeVpcPeeringConnections') ??
      (direction === 'ingress' ? this.#acrossTransit(new Set([policy.network, ...near]), far) : undefined)
    );
  }

  #addressesOf(group: string): IpSet {
    let ips = this.#addresses.get(group);
    if (ips === undefined) this.#addresses.set(group, (ips = this.#members.addressesOf(group)));
    return ips;
  }

  #beyond(group: string, owner: string, place: Place, target: Target): BlindSpotId | undefined {
    const known = this.#groups.get(group);
    if (known !== undefined) return known.target.unread('DescribeNetworkInterfaces');
    // A rule names groups of its own Region only.
    if (!this.#draft.isCollected(owner, target.region))
      return this.#draft.accountNotCollected(owner, target.region);
    const home = this.#draft.targetOf(owner, target.region) ?? target;
    return (
      home.unread('DescribeSecurityGroups') ??
      this.#draft.blindSpots.note(`dangling:${group}`, {
        code: 'dangling',
        effect: 'hides-ways',
        what: `a rule names the group ${group}, which is not among the groups that were read`,
        remedy:
          'Collect the account again. If it stays, the group is gone and the rule admits nothing: remove the rule.',
        at: place.ref(group),
      })
    );
  }

  /**
   * A transit gateway that joins two different networks and may let the rules of one name groups of the other. Off
   * unless somebody turned it on, which only the gateway's own record tells.
   *
   * https://docs.aws.amazon.com/vpc/latest/tgw/tgw-vpc-attachments.html#vpc-attachment-security
   */
  #acrossTransit(near: ReadonlySet<string>, far: ReadonlySet<string>): BlindSpotId | undefined {
    for (const a of near) {
      for (const b of far) {
        if (a === b) continue;
        const waysIntoB = this.#draft.sideDoorsOf(b);
        for (const [gateway, door] of this.#draft.sideDoorsOf(a)) {
          if (waysIntoB.has(gateway) && gateway.startsWith('tgw-') && this.#maySpanGroups(gateway))
            return door.because;
        }
        const because = this.#maySpanTransit(a, b);
        if (because !== undefined) return because;
      }
    }
    return undefined;
  }

  /** A transit gateway of which it is not known whether it lets rules of one network name groups of the other. */
  #maySpanTransit(a: string, b: string): BlindSpotId | undefined {
    for (const gateway of this.#draft.gateways.values()) {
      if (gateway.kind !== 'transit' || !this.#maySpanGroups(gateway.id)) continue;
      const ends = [a, b].map((network) => this.#joinedTo(gateway, network));
      if (ends.includes(undefined)) continue;
      const because =
        ends.map((end) => (end === true ? undefined : end)).find((each) => each !== undefined) ??
        this.#gatewayUnread(gateway.id);
      if (because !== undefined) return because;
    }
    return undefined;
  }

  /** Whether a network is attached to the gateway: surely, with a blind spot about it, or not at all. */
  #joinedTo(gateway: TransitGateway, network: string): true | BlindSpotId | undefined {
    for (const { to } of gateway.attachments.values()) {
      if (to.kind === 'network' && to.network === network) return to.groupsUnread ?? true;
    }
    return this.#draft.sideDoorsOf(network).get(gateway.id)?.because;
  }

  /** Why the gateway's own record is not there. */
  #gatewayUnread(id: string): BlindSpotId | undefined {
    if (this.#draft.distinct('DescribeTransitGateways').has(id)) return undefined;
    return this.#draft.targets
      .map((target) => target.unread('DescribeTransitGateways'))
      .find((because) => because !== undefined);
  }

  #maySpanGroups(gateway: string): boolean {
    const record = this.#draft.distinct('DescribeTransitGateways').get(gateway);
    if (record === undefined) return true;
    return sharesGroups(record.place) !== false;
  }
}
