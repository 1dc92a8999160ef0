/** One wrong idea about how networks work, planted in the code. */
export type Mutant = {
  readonly name: string;
  /** Below the project's folder. */
  readonly file: string;
  /** Must occur exactly once; white space does not count. */
  readonly find: string;
  readonly replace: string;
  /** Which comparison must notice; what is wrong about unknowns shows only where something is unknown. */
  readonly law: 'agreement' | 'unknowns' | 'kubernetes';
};

const PLANE = 'lib/engine/plane.ts';
const SURROUNDINGS = 'lib/engine/surroundings.ts';
const NAT_LEGS = 'lib/engine/nat-legs.ts';
const CELL = 'lib/engine/cell.ts';
const ROUTE_ROWS = 'lib/engine/route-rows.ts';
const POLICY_ROWS = 'lib/engine/policy-rows.ts';
const EXPLAIN = 'lib/engine/walk.ts';
const TRANSIT_ROWS = 'lib/engine/transit-rows.ts';
const CROSSING = 'lib/engine/crossing-rows.ts';
const WIDE = 'lib/engine/wide-ways.ts';
const UNSEEN = 'lib/engine/unseen-rows.ts';
const HANDOFF = 'lib/engine/handoff-cell.ts';
const PASSING = 'lib/engine/passing-rows.ts';
const RELAYS = 'lib/sources/aws/translate/relays';
const TRANSLATE = 'lib/sources/aws/translate';

export const MUTANTS: readonly Mutant[] = [
  agreement('an ACL is asked within a subnet', PLANE, {
    find: 'return unionBand(this.rows, this.policies.firstMatch(policy, direction), certain(this.own(id)))',
    replace: 'return this.policies.firstMatch(policy, direction)',
  }),
  agreement('a route table is asked within a subnet', SURROUNDINGS, {
    find: 'const near = unionBand(rows, exit.direct, certain(own))',
    replace: 'const near = exit.direct',
  }),
  agreement('the egress ACL is not asked', SURROUNDINGS, {
    find: "const aclOut = this.#plane.border(subnet.id, 'egress')",
    replace: 'const aclOut = certain(rows.all)',
  }),
  agreement('the last ACL entry that matches decides', POLICY_ROWS, {
    find: 'policy.rules.toReversed()',
    replace: 'policy.rules',
  }),
  agreement('ACL entries go by their place in the answer', `${TRANSLATE}/acls.ts`, {
    find: 'a.number - b.number',
    replace: '0',
  }),
  agreement('replies pass every ingress ACL', SURROUNDINGS, {
    find: 'replyIn: ways.answered(returning, sites, stamp.overTransit)',
    replace: 'replyIn: certain(rows.all)',
  }),
  agreement('replies need no route', SURROUNDINGS, {
    find: 'replyOut: intersectBand(rows, aclOut, union(inside, answers, back, lost))',
    replace: 'replyOut: aclOut',
  }),
  agreement('clients use the ports below 1024 too', 'lib/engine/replyable.ts', {
    find: 'const FIRST_CLIENT_PORT = 1024',
    replace: 'const FIRST_CLIENT_PORT = 0',
  }),
  agreement('a block ends one address too late', `${TRANSLATE}/address-blocks.ts`, {
    find: 'IpSet.of(cidr)',
    replace:
      'IpSet.of(cidr.family === 4 && cidr.last < 2 ** 32 - 1 ? { ...cidr, last: cidr.last + 1 } : cidr)',
  }),
  agreement('the shortest prefix wins', ROUTE_ROWS, {
    find: 'longestFirst(table.routes, this.#axis.family)',
    replace: 'longestFirst(table.routes, this.#axis.family).toReversed()',
  }),
  agreement('the first entry of a prefix list is lost', `${TRANSLATE}/prefix-lists.ts`, {
    find: 'cidrs.push(cidr)',
    replace: 'if (cidrs.length > 0 || index > 0) cidrs.push(cidr)',
  }),
  agreement('a group is known in every network', POLICY_ROWS, {
    find: 'viewer === undefined || viewer === other)',
    replace: 'viewer === undefined || other !== undefined)',
  }),
  agreement('a reference to a group matches what a NAT gateway sends on', CELL, {
    find: 'rows.at(target.in[bound], leg.via)',
    replace: 'rows.at(target.in[bound], from)',
  }),
  agreement('a local route delivers into networks that overlap', ROUTE_ROWS, {
    find: 'rows.intersect(mask, this.#places(from.network))',
    replace: 'rows.intersect(mask, rows.paint([this.#axis.known], ALL))',
  }),
  agreement('a peering that is not active carries', ROUTE_ROWS, {
    find: '!gateway.isActive || !gateway.sides.includes(from)',
    replace: '!gateway.sides.includes(from)',
  }),
  agreement('an internet gateway needs no public address', SURROUNDINGS, {
    find: 'const straight = isPublic ? exit.internet : never',
    replace: 'const straight = exit.internet',
  }),
  agreement('an egress-only gateway lets in', 'lib/engine/internet-entries.ts', {
    find: "if (gateway.kind !== 'internet' || gateway.network === undefined) continue;",
    replace:
      "if ((gateway.kind !== 'internet' && gateway.kind !== 'egress-only') || gateway.network === undefined) continue;",
  }),
  agreement('a gateway endpoint needs a public address', SURROUNDINGS, {
    find: 'const away = [exit.service, open, lost, egressOnly]',
    replace: 'const away = [isPublic ? exit.service : never, open, lost, egressOnly]',
  }),
  agreement('a NAT gateway carries every protocol', NAT_LEGS, {
    find: 'TransportSet.protocol(6).union(TransportSet.protocol(17)).union(TransportSet.protocol(1))',
    replace: 'TransportSet.ALL',
  }),
  agreement('a NAT gateway needs no way back to its client', NAT_LEGS, {
    find: 'hopOut: all(natOut, any(out, lost))',
    replace: 'hopOut: natOut',
  }),
  agreement('a blackhole leaves the packet to the next route', ROUTE_ROWS, {
    find: 'taken = rows.union(taken, matched)',
    replace: "if (route.target.kind !== 'blackhole') taken = rows.union(taken, matched)",
  }),
  agreement('every subnet has the main table', `${TRANSLATE}/subnets.ts`, {
    find: 'if (own !== undefined) return own',
    replace: 'if (own === undefined) return main.of(facts.network)',
  }),
  agreement('IPv6 sources are not read', `${TRANSLATE}/group-rules.ts`, {
    find: "['Ipv6Ranges', 'CidrIpv6'],",
    replace: '',
  }),
  agreement('a protocol is taken for the next one', `${TRANSLATE}/transport.ts`, {
    find: 'TransportSet.protocol(number)',
    replace: 'TransportSet.protocol((number + 1) % 256)',
  }),
  agreement('ICMP code 0 is any code', `${TRANSLATE}/transport.ts`, {
    find: 'if (isAny(code)) return',
    replace: 'if (isAny(code) || code === 0) return',
  }),
  agreement('a stopped instance takes part', `${TRANSLATE}/liveness.ts`, {
    find: "return 'dormant'",
    replace: "return 'live'",
  }),
  agreement('an interface that is being detached takes part', `${TRANSLATE}/liveness.ts`, {
    find: "&& statusIs(place.child('Attachment'), 'attached')",
    replace: '',
  }),
  agreement('one public address of an interface serves all its addresses', PLANE, {
    find: 'return all.filter(({ first, last }) => first.value <= place.first && place.last <= last.value)',
    replace: 'return place.first >= 0 ? all : []',
  }),
  agreement('an explanation passes over what does not listen', EXPLAIN, {
    find: "if (end === 'target' && !endpoint.listens)",
    replace: "if (end === 'target' && endpoint.name === '')",
  }),
  agreement('a transit gateway takes the shortest prefix', TRANSIT_ROWS, {
    find: 'longestFirst(routes, this.#axis.family)',
    replace: 'longestFirst(routes, this.#axis.family).toReversed()',
  }),
  agreement('a blackhole in a transit gateway leaves the packet to the next route', TRANSIT_ROWS, {
    find: 'taken = rows.union(taken, matched)',
    replace: "if (route.target.kind !== 'blackhole') taken = rows.union(taken, matched)",
  }),
  agreement(
    'a static route of a transit gateway loses to an announced one',
    `${TRANSLATE}/transit-tables.ts`,
    {
      find: 'static: 0, propagated: 1',
      replace: 'static: 1, propagated: 0',
    },
  ),
  agreement('a peered transit gateway looks in the table of the other side', TRANSIT_ROWS, {
    find: 'within(rows, this.#ahead(peer, far, seen), mask)',
    replace: 'within(rows, this.#ahead(peer, { ...far, table: [...peer.tables.keys()][0] }, seen), mask)',
  }),
  agreement('any zone gets to a transit gateway', CROSSING, {
    find: 'if (same.length > 0) return { entries: same, isCertain: same.length === 1 };',
    replace: 'return { entries: same.length > 0 ? same : subnets, isCertain: true };',
  }),
  agreement('an attachment does not keep to a zone', CROSSING, {
    find: 'if (!keepsZone || entries.length !== 1',
    replace: 'if (entries.length !== 0 || !keepsZone',
  }),
  agreement('an attachment in appliance mode keeps to a zone', CROSSING, {
    find: 'if (!keepsZone || entries',
    replace: 'if (entries',
  }),
  agreement('what a transit gateway sends back to its own network is lost', CROSSING, {
    find: 'unknown = rows.union(unknown, back.unknown)',
    replace: 'unknown = rows.union(unknown, rows.none)',
  }),
  agreement('a transit gateway delivers whatever the table of its subnet says', CROSSING, {
    find: 'const local = intersectBand(rows, passing.local, handed)',
    replace: 'const local = handed',
  }),
  agreement('a NAT gateway does not serve what comes by a transit gateway', PASSING, {
    find: 'return gateway.isAvailable && this.#axis.family === 4',
    replace: 'return gateway.isAvailable && this.#axis.family === 6',
  }),
  agreement('the list of the subnet by which packets get to a transit gateway is not asked', WIDE, {
    find: "this.#borders.acl(entry, 'ingress')",
    replace: 'certain(this.#rows.all)',
  }),
  agreement('the list of the subnet by which packets come out of a transit gateway is not asked', WIDE, {
    find: "intersectBand(rows, local, this.#borders.border(subnet, 'egress'))",
    replace: 'local',
  }),
  agreement('the list of a subnet in which a transit gateway stands sees what comes out there', UNSEEN, {
    find: 'if (!this.#stands.has(subnet.id)) return never',
    replace: 'if (this.#stands.size >= 0) return never',
  }),
  agreement('a site behind a transit gateway answers whatever its table says', WIDE, {
    find: 'only(incoming[SURE], sent[POSSIBLE], back[SURE])',
    replace: 'incoming[SURE]',
  }),
  agreement('a site behind a transit gateway needs no route to come in', WIDE, {
    find: 'anyLanding(rows, arrival.landings, ({ local }) => local)',
    replace: 'certain(rows.all)',
  }),
  agreement('a list sees the answers that come out of a transit gateway in its subnet', WIDE, {
    find: 'if (skipsAcl[POSSIBLE] === rows.none) return skipsAcl',
    replace: 'if (rows.none >= 0) return certain(rows.none)',
  }),
  agreement('the internet comes in by a private gateway for sure', SURROUNDINGS, {
    find: 'rows.union(direct, rows.subtract(outside, this.#internet))',
    replace: 'rows.union(direct, outside)',
  }),
  agreement('routes that a private gateway announces win within the network', `${TRANSLATE}/routes.ts`, {
    find: 'rank !== RANK.propagated || !isWithinAny(route.destination, local)',
    replace: 'rank >= 0 || !isWithinAny(route.destination, local)',
  }),
  agreement('groups are named across every transit gateway', POLICY_ROWS, {
    find: "to.kind === 'network' && to.sharesGroups ? [to.network] : []",
    replace: "to.kind === 'network' ? [to.network] : []",
  }),
  agreement(
    'an exclusion from Block Public Access is for the network alone',
    `${TRANSLATE}/block-public-access.ts`,
    {
      find: 'modesFor(excluded, [subnet, network])',
      replace: 'modesFor(excluded, [network])',
    },
  ),
  agreement(
    'Block Public Access for what comes in leaves the way out',
    `${TRANSLATE}/block-public-access.ts`,
    {
      find: "const THROUGH_GATEWAYS: Limits = { ...OPEN, in: 'closed', out: 'closed' }",
      replace: "const THROUGH_GATEWAYS: Limits = { ...OPEN, in: 'closed' }",
    },
  ),
  agreement('Block Public Access does not close a NAT gateway', NAT_LEGS, {
    find: 'limited(rows, onward.internet, access)',
    replace: 'limited(rows, onward.internet, undefined)',
  }),
  agreement('an appliance sends on nothing', `${TRANSLATE}/route-targets.ts`, {
    find: 'if (cards.length > 1 || mayForward(card)) return undefined',
    replace: 'if (cards.length > 1) return undefined',
  }),
  agreement(
    'an interface that checks addresses passes on what is not its own',
    `${TRANSLATE}/route-targets.ts`,
    {
      find: "return place.flag('SourceDestCheck') !== true",
      replace: "return place.flag('SourceDestCheck') !== undefined",
    },
  ),
  agreement('targets always see a load balancer', HANDOFF, {
    find: "if (plane !== clients || handoff.source === 'relay') return ['relay']",
    replace: "if (plane !== clients || handoff.source !== 'unknown') return ['relay']",
  }),
  agreement('the group of a load balancer does not match what keeps its client', HANDOFF, {
    find: 'sets.union(byAddress, rows.at(members, entrance))',
    replace: 'byAddress',
  }),
  agreement('what keeps its client goes by whatever way there is', HANDOFF, {
    find: 'sets.intersect(rows.at(shared.egress[bound], to), rows.at(routed, to))',
    replace: 'rows.at(shared.egress[bound], to)',
  }),
  agreement('UDP does not keep its client where that is turned off', `${RELAYS}/target-groups.ts`, {
    find: "if (ALWAYS_KEPT.has(place.words('Protocol').toUpperCase())) return 'client';",
    replace: '',
  }),
  agreement('a load balancer hands on over UDP what comes over TCP', `${RELAYS}/listeners.ts`, {
    find: "TCP: ['tcp'],",
    replace: "TCP: ['tcp', 'udp'],",
  }),
  agreement('targets are dialled on the port of their group alone', `${RELAYS}/target-groups.ts`, {
    find: "numberOf(dialled.raw('Port')) ?? numberOf(place.raw('Port'))",
    replace: "(numberOf(place.raw('Port')) ?? 0) + 1",
  }),
  unknowns('a doubtful deny does not deny', POLICY_ROWS, {
    find: 'rows.subtract(sure, most)',
    replace: 'rows.subtract(sure, least)',
  }),
  unknowns('a doubtful deny surely denies', POLICY_ROWS, {
    find: 'rows.subtract(possible, least)',
    replace: 'rows.subtract(possible, most)',
  }),
  unknowns('a doubtful rule of a group surely admits', POLICY_ROWS, {
    find: 'if (rule.doubt === undefined) addSpans(sure',
    replace: 'addSpans(sure',
  }),
  unknowns('a rule that names nobody known admits nobody', POLICY_ROWS, {
    find: 'return [[], [[0, this.#axis.length]]]',
    replace: 'return [[], []]',
  }),
  unknowns('a route to something that was not read drops', ROUTE_ROWS, {
    find: 'unknown: mask,',
    replace: 'unknown: rows.none,',
  }),
  unknowns('a network whose gateway was not read is closed', SURROUNDINGS, {
    find: 'all.internetUnknown.has(network)',
    replace: 'false',
  }),
];

type Edit = Pick<Mutant, 'find' | 'replace'>;

function agreement(name: string, file: string, edit: Edit): Mutant {
  return { name, file, ...edit, law: 'agreement' };
}

function unknowns(name: string, file: string, edit: Edit): Mutant {
  return { name, file, ...edit, law: 'unknowns' };
}
