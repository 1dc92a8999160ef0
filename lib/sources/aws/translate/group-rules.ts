import { idOf, type Direction, type Rule, type Selector } from '#model';
import type { AddressBlocks } from './address-blocks.ts';
import { quote } from './blind-spots.ts';
import type { GroupMembers } from './group-members.ts';
import type { GroupReferences } from './group-references.ts';
import { unknownGroupRule } from './placeholders.ts';
import type { Place } from './place.ts';
import type { PrefixLists } from './prefix-lists.ts';
import { ruleFault } from './rule-faults.ts';
import { RECORD_SOURCES, type RuleRecords } from './rule-records.ts';
import type { Target } from './target.ts';
import type { RuleTransport, RuleTransports } from './transport.ts';

export type GroupReader = {
  readonly transports: RuleTransports;
  readonly blocks: AddressBlocks;
  readonly lists: PrefixLists;
  readonly references: GroupReferences;
  readonly records: RuleRecords;
  readonly members: GroupMembers;
  /** The ids that rules already have. */
  readonly taken: Set<string>;
};

/** The group whose rules are read. */
export type GroupFacts = {
  readonly group: string;
  readonly network: string;
  readonly place: Place;
  readonly target: Target;
};

/** The lists of a permission that say whom it admits, and the member of their items that does. */
const SOURCE_LISTS = [
  ['IpRanges', 'CidrIp'],
  ['Ipv6Ranges', 'CidrIpv6'],
  ['PrefixListIds', 'PrefixListId'],
  ['UserIdGroupPairs', 'GroupId'],
] as const;

/** Reads one direction of one group. */
export class GroupRules {
  readonly rules: Rule[] = [];
  readonly #facts: GroupFacts;
  readonly #direction: Direction;
  readonly #reader: GroupReader;
  /** How the ids of rules without a record begin. */
  readonly #start: string;
  /** The sources, or the one source, of the rules so far that have no record. */
  readonly #said = new Map<RuleTransport, string | Set<string>>();

  constructor(facts: GroupFacts, direction: Direction, reader: GroupReader) {
    this.#facts = facts;
    this.#direction = direction;
    this.#reader = reader;
    this.#start = `${facts.group}/${direction}/`;
  }

  /**
   * A permission admits one transport from each of its sources; each becomes a rule of its own. Without any source it
   * admits nothing.
   *
   * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpPermission.html
   */
  addPermission(permission: Place): void {
    if (!permission.isObject) {
      this.addUnknown(permission, permission.odd('', 'an object'));
      return;
    }
    const transport = this.#transportOf(permission);
    for (const [list, member] of SOURCE_LISTS) {
      const sources = permission.raw(list);
      if (sources === undefined || (Array.isArray(sources) && sources.length === 0)) continue;
      const places = permission.list(list);
      if (places === undefined) this.addUnknown(permission, permission.odd(list, 'a list'));
      else for (const source of places) this.#addSource(permission, transport, source, member);
    }
  }

  /** A rule known by its record alone. */
  addRecord(record: Place): void {
    const member = RECORD_SOURCES.find((each) => record.has(each)) ?? 'CidrIpv4';
    const transport = this.#transportOf(record);
    if (member === 'ReferencedGroupInfo')
      this.#addSource(record, transport, record.child(member), 'GroupId', record);
    else this.#addSource(record, transport, record, member, record);
  }

  /** Something may be admitted here that could not be read. */
  addUnknown(place: Place, because: Parameters<typeof unknownGroupRule>[2]): void {
    const rule = unknownGroupRule(this.#facts.group, this.#direction, because, place.ref(this.#facts.group));
    this.rules.push({ ...rule, id: this.#ownId(rule.id) });
  }

  #transportOf(place: Place): RuleTransport {
    return this.#reader.transports.of(place.raw('IpProtocol'), place.raw('FromPort'), place.raw('ToPort'));
  }

  #addSource(
    permission: Place,
    transport: RuleTransport,
    source: Place,
    member: string,
    record?: Place,
  ): void {
    const { group } = this.#facts;
    const raw = source.raw(member);
    const text = typeof raw === 'string' ? raw : undefined;
    const known =
      record !== undefined || text === undefined
        ? undefined
        : this.#reader.records.take(group, this.#direction, transport, text);
    const vendorId = known?.id ?? record?.text('SecurityGroupRuleId');
    const id = vendorId === undefined ? this.#readableId(transport, text, raw) : this.#ownId(vendorId);
    const rule: Rule = {
      id,
      direction: this.#direction,
      action: 'allow',
      selector: this.#selectorOf(source, member, text, id),
      transport: transport.transport,
      description: wordsOf(source, known?.description ?? record?.words('Description') ?? ''),
      ...(isGone(source) && { isStale: true as const }),
      at: source.ref(vendorId ?? group),
    };
    const doubt = transport.fault === undefined ? undefined : ruleFault(permission, '', id, transport.fault);
    this.rules.push(doubt === undefined ? rule : { ...rule, doubt });
    if (member === 'GroupId' && text !== undefined) this.#addUncertain(rule, text);
  }

  /** For a rule without a record: what it says, which is stable as long as it says the same. */
  #readableId(transport: RuleTransport, text: string | undefined, raw: unknown): Rule['id'] {
    const start = this.#start + transport.words;
    if (text === undefined) return this.#ownId(`${start}unreadable ${quote(raw)}`);
    if (transport.fault !== undefined) return this.#ownId(start + text);
    return this.#isFirst(transport, text) ? idOf<'rule'>(start + text) : this.#ownId(start + text, 2);
  }

  /** Whether no rule before said this. Sources are compared and not ids, which would all have to be hashed. */
  #isFirst(transport: RuleTransport, source: string): boolean {
    const said = this.#said.get(transport);
    if (said === undefined) this.#said.set(transport, source);
    else if (typeof said !== 'string') return said.size < said.add(source).size;
    else if (said === source) return false;
    else this.#said.set(transport, new Set([said, source]));
    return true;
  }

  #selectorOf(source: Place, member: string, text: string | undefined, id: string): Selector {
    const { blocks, lists, references } = this.#reader;
    if (text !== undefined && text !== '') {
      if (member === 'GroupId')
        return references.selectorOf(text, source.text('UserId'), source, this.#facts.target);
      if (member === 'PrefixListId') return lists.of(text, this.#facts.target).selector;
      const known = blocks.of(text);
      if (known !== undefined) return known;
    }
    const raw = source.raw(member);
    const expected = member === 'GroupId' || member === 'PrefixListId' ? 'an id' : 'a CIDR block';
    const because = ruleFault(
      source,
      source.isObject ? member : '',
      id,
      `${quote(source.isObject ? raw : source.value)} is not ${expected}`,
    );
    return { kind: 'unresolved', text: quote(raw), because };
  }

  /** Further rules for addresses that may or may not belong to the named group as far as this rule goes. */
  #addUncertain(rule: Rule, named: string): void {
    for (const { ips, because, name } of this.#reader.references.uncertainMembers(
      this.#facts,
      this.#direction,
      named,
    )) {
      const selector: Selector = { kind: 'ips', ips, text: `members of ${named} (${name})` };
      this.rules.push({ ...rule, id: this.#ownId(`${rule.id}/${name}`), selector, doubt: because });
    }
  }

  /** Two like rules cannot be in AWS, but in a file; a rule's id still names one rule. */
  #ownId(text: string, times = 1): Rule['id'] {
    const { taken } = this.#reader;
    let id = times === 1 ? text : `${text}#${String(times)}`;
    for (let next = times + 1; taken.has(id); next += 1) id = `${text}#${String(next)}`;
    taken.add(id);
    return idOf<'rule'>(id);
  }
}

/** Whether the peering by which a rule names a group is no more. https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_UserIdGroupPair.html */
function isGone(source: Place): boolean {
  return GONE.test(source.words('PeeringStatus'));
}

const GONE = /^(?:deleted|deleting|rejected|expired|failed)$/i;

/** The source's own description, else the one that its record holds. */
function wordsOf(source: Place, otherwise: string): string {
  const own = source.words('Description');
  return own === '' ? otherwise : own;
}
