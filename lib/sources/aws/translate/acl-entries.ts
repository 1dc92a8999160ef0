import { parseProtocol, PROTOCOL_ICMP, PROTOCOL_ICMPV6 } from '#netset';
import { idOf, type BlindSpotId, type Direction, type Rule, type Selector } from '#model';
import type { AddressBlocks } from './address-blocks.ts';
import { quote } from './blind-spots.ts';
import type { Place } from './place.ts';
import { ruleFault } from './rule-faults.ts';
import type { RuleTransport, RuleTransports } from './transport.ts';

/** What is shared by the rules of one translation. */
export type EntryReader = { readonly transports: RuleTransports; readonly blocks: AddressBlocks };

/** A rule with its place in the order; -1 where the place could not be read. */
export type NumberedRule = { readonly number: number; readonly rule: Rule; readonly place: Place };

const UNNUMBERED = -1;

/**
 * One entry as rules: one, or one for each thing it may be where direction or action could not be read.
 *
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_NetworkAclEntry.html
 */
export function readEntry(acl: string, entry: Place, { transports, blocks }: EntryReader): NumberedRule[] {
  const number = entry.raw('RuleNumber');
  const isNumbered = typeof number === 'number' && Number.isFinite(number);
  const egress = entry.raw('Egress');
  const directions: Direction[] =
    typeof egress === 'boolean' ? [egress ? 'egress' : 'ingress'] : ['ingress', 'egress'];
  const action = entry.raw('RuleAction');
  const actions: Rule['action'][] = action === 'allow' || action === 'deny' ? [action] : ['allow', 'deny'];
  const { transport, fault } = transportOf(entry, transports);

  return directions.flatMap((direction) =>
    actions.map((each) => {
      const id = `${acl}/${direction}/${isNumbered ? String(number) : entry.path.slice(entry.path.lastIndexOf('.') + 1)}`;
      const selector = selectorOf(entry, id, blocks);
      const doubt =
        doubtOf(entry, id, !isNumbered, 'RuleNumber', 'a rule number') ??
        doubtOf(entry, id, directions.length > 1, 'Egress', 'true or false') ??
        doubtOf(entry, id, actions.length > 1, 'RuleAction', 'allow or deny') ??
        (fault === undefined ? undefined : ruleFault(entry, '', id, fault));
      const rule: Rule = {
        id: idOf<'rule'>(actions.length > 1 ? `${id}/${each}` : id),
        direction,
        action: each,
        selector,
        transport,
        description: '',
        ...(doubt === undefined ? {} : { doubt }),
        at: entry.ref(id),
      };
      return { number: isNumbered ? number : UNNUMBERED, rule, place: entry };
    }),
  );
}

function doubtOf(
  entry: Place,
  id: string,
  isOdd: boolean,
  part: string,
  expected: string,
): BlindSpotId | undefined {
  return isOdd ? ruleFault(entry, part, id, `${quote(entry.raw(part))} is not ${expected}`) : undefined;
}

/** Ports for TCP and UDP, type and code for ICMP; left out, they are any. */
function transportOf(entry: Place, transports: RuleTransports): RuleTransport {
  const protocol = entry.raw('Protocol');
  const number = typeof protocol === 'string' ? parseProtocol(protocol) : undefined;
  const isIcmp = number === PROTOCOL_ICMP || number === PROTOCOL_ICMPV6;
  const [member, first, last] = isIcmp ? ['IcmpTypeCode', 'Type', 'Code'] : ['PortRange', 'From', 'To'];
  const limits = entry.at(member);
  if (limits.value !== undefined && !limits.isObject) {
    const whole = transports.of(protocol, undefined, undefined);
    return protocol === '-1'
      ? whole
      : { ...whole, fault: `${member} is ${quote(limits.value)}, not an object` };
  }
  return transports.of(protocol, limits.raw(first), limits.raw(last));
}

function selectorOf(entry: Place, id: string, blocks: AddressBlocks): Selector {
  const member = entry.has('Ipv6CidrBlock') && !entry.has('CidrBlock') ? 'Ipv6CidrBlock' : 'CidrBlock';
  const text = entry.raw(member);
  const known = typeof text === 'string' ? blocks.of(text) : undefined;
  if (known !== undefined) return known;
  const because = ruleFault(entry, member, id, `${quote(text)} is not a CIDR block`);
  return { kind: 'unresolved', text: quote(text), because };
}
