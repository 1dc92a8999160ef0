import type { Direction } from '#model';
import type { Draft } from './draft.ts';
import { Place } from './place.ts';
import type { Target } from './target.ts';
import type { RuleTransport, RuleTransports } from './transport.ts';

/** A group's rule as a record of its own, which alone knows the rule's id. */
export type RuleRecord = {
  /** `undefined` if the record does not tell it. */
  readonly id: string | undefined;
  readonly description: string;
  readonly target: Target;
  readonly place: () => Place;
};

/** A record in the index: what it says beside its source, and the next record of its group that names the same source. */
type Entry = {
  readonly members: Readonly<Record<string, unknown>>;
  readonly index: number;
  readonly target: Target;
  readonly transport: RuleTransport;
  next: Entry | undefined;
};

const CALL = 'DescribeSecurityGroupRules';
const LIST = 'SecurityGroupRules';

/** The members of a record that say whom the rule names, of which it has one. */
export const RECORD_SOURCES = ['CidrIpv4', 'CidrIpv6', 'PrefixListId', 'ReferencedGroupInfo'] as const;

/**
 * The records of DescribeSecurityGroupRules, to be found by what the rule says.
 *
 * There is one for each rule of an account, tens of thousands, and most are only asked for their id. So they are read
 * as they are, and become places only where one is read whole.
 *
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_SecurityGroupRule.html
 */
export class RuleRecords {
  /** By group, then by source. */
  readonly #byGroup = new Map<string, Map<string, Entry>>();

  constructor(draft: Draft, transports: RuleTransports) {
    for (const target of draft.targets) {
      if (!target.has(CALL)) continue;
      const list = target.body(CALL).raw(LIST);
      if (!Array.isArray(list)) target.distrust(CALL, target.body(CALL).odd(LIST, 'a list'));
      else
        for (const [index, record] of (list as unknown[]).entries())
          this.#add(target, record, index, transports);
    }
  }

  /** The groups that have any record. */
  get groups(): Iterable<string> {
    return this.#byGroup.keys();
  }

  /** The record of the rule that says this; once only, since a record is one rule. */
  take(
    group: string,
    direction: Direction,
    transport: RuleTransport,
    source: string,
  ): RuleRecord | undefined {
    const sources = this.#byGroup.get(group);
    let before: Entry | undefined;
    for (let entry = sources?.get(source); entry !== undefined; before = entry, entry = entry.next) {
      if (entry.transport !== transport || (entry.members['IsEgress'] === true) !== (direction === 'egress'))
        continue;
      if (before !== undefined) before.next = entry.next;
      else if (entry.next !== undefined) sources?.set(source, entry.next);
      else sources?.delete(source);
      return recordOf(entry);
    }
    return undefined;
  }

  /** The records of a group in one direction, for a group whose rules are known in no other way. */
  of(group: string, direction: Direction): readonly RuleRecord[] {
    const records: RuleRecord[] = [];
    for (const first of this.#byGroup.get(group)?.values() ?? []) {
      for (let entry: Entry | undefined = first; entry !== undefined; entry = entry.next) {
        const isEgress = entry.members['IsEgress'];
        if (typeof isEgress !== 'boolean' || isEgress === (direction === 'egress'))
          records.push(recordOf(entry));
      }
    }
    return records;
  }

  #add(target: Target, value: unknown, index: number, transports: RuleTransports): void {
    const members = typeof value === 'object' && value !== null ? (value as Entry['members']) : {};
    const group = members['GroupId'];
    if (typeof group !== 'string') {
      target.distrust(CALL, placeOf(target, value, index).odd('', 'a rule of a group'));
      return;
    }
    const transport = transports.of(members['IpProtocol'], members['FromPort'], members['ToPort']);
    const source = sourceOf(members);
    let sources = this.#byGroup.get(group);
    if (sources === undefined) this.#byGroup.set(group, (sources = new Map<string, Entry>()));
    sources.set(source, { members, index, target, transport, next: sources.get(source) });
  }
}

function sourceOf(members: Entry['members']): string {
  const { CidrIpv4: cidr4, CidrIpv6: cidr6, PrefixListId: list, ReferencedGroupInfo: named } = members;
  const source =
    cidr4 ??
    cidr6 ??
    list ??
    (typeof named === 'object' && named !== null
      ? (named as { readonly GroupId?: unknown }).GroupId
      : undefined);
  return typeof source === 'string' ? source : '';
}

function recordOf({ members, index, target }: Entry): RuleRecord {
  const { SecurityGroupRuleId: id, Description: description } = members;
  return {
    id: typeof id === 'string' && id !== '' ? id : undefined,
    description: typeof description === 'string' ? description : '',
    target,
    place: () => placeOf(target, members, index),
  };
}

function placeOf(target: Target, value: unknown, index: number): Place {
  return new Place(value, `${CALL}.${LIST}[${String(index)}]`, target);
}
