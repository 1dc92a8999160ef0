import { icmpPoint, icmpv6Point, TransportSet, type SetId, type TransportPool } from '#netset';

/** The ports a client may use for its end of a connection; an attacker picks one that works. */
const FIRST_CLIENT_PORT = 1024;
const LAST_CLIENT_PORT = 65_535;

/** The client ports of TCP and of UDP, as the destination ports of a reply. */
export const CLIENTS = [
  { flows: TransportSet.tcp(), clients: TransportSet.tcp(FIRST_CLIENT_PORT, LAST_CLIENT_PORT) },
  { flows: TransportSet.udp(), clients: TransportSet.udp(FIRST_CLIENT_PORT, LAST_CLIENT_PORT) },
];

/** ICMP messages that ask for an answer, with the answer. RFC 792, RFC 4443. */
const REQUESTS = [
  { request: TransportSet.icmp(8), answer: icmpPoint(0, 0) },
  { request: TransportSet.icmp(13), answer: icmpPoint(14, 0) },
  { request: TransportSet.icmpv6(128), answer: icmpv6Point(129, 0) },
];

const ICMP = TransportSet.icmp().union(TransportSet.icmpv6());
const UNANSWERED = ICMP.subtract(TransportSet.unionOf(REQUESTS.map(({ request }) => request)));
const OTHER_PROTOCOLS = TransportSet.ALL.subtract(ICMP)
  .subtract(TransportSet.tcp())
  .subtract(TransportSet.udp());

/** The client ports that a reply may go to, as a set of TCP and UDP destination ports. */
export const CLIENT_PORT_SET = TransportSet.unionOf(CLIENTS.map(({ clients }) => clients));

/**
 * Which flows get an answer when `replies` is what the way back lets through, a function for one pool that remembers its answers.
 *
 * TCP and UDP: if some client port may be answered. ICMP requests: if their answer may pass; other ICMP messages expect none.
 * Any other protocol: if it may pass the other way.
 */
export function replyableIn(sets: TransportPool): (replies: SetId) => SetId {
  const memo: (SetId | undefined)[] = [];
  return (replies) => {
    const known = memo[replies];
    if (known !== undefined) return known;
    const answered = sets.intern(flowsAnswered(sets.valueOf(replies)));
    memo[replies] = answered;
    return answered;
  };
}

function flowsAnswered(replies: TransportSet): TransportSet {
  return TransportSet.unionOf([
    replies.intersect(OTHER_PROTOCOLS),
    UNANSWERED,
    ...CLIENTS.filter(({ clients }) => replies.overlaps(clients)).map(({ flows }) => flows),
    ...REQUESTS.filter(({ answer }) => replies.has(answer)).map(({ request }) => request),
  ]);
}
