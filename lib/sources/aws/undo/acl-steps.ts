import type { AwsSnapshot } from '../resources/index.ts';
import { isObject, numberOf, objectsOf, textOf, type Members } from './members.ts';
import { shellWord } from './shell-word.ts';
import type { Step, Steps } from './step.ts';

/** The numbers from which on AWS keeps entries of its own, which nobody can edit. */
const FIXED = 32_767;

type Entry = {
  readonly acl: string;
  readonly number: number;
  readonly isEgress: boolean;
  readonly members: Members;
};

/** The way back for the entries of the network ACLs that are in both reads. */
export function aclSteps(before: AwsSnapshot, after: AwsSnapshot): Steps {
  const old = entriesOf(before);
  const either: Step[] = [];
  for (const [acl, is] of entriesOf(after)) {
    const was = old.get(acl);
    if (was === undefined) continue;
    for (const place of new Set([...was.keys(), ...is.keys()])) {
      const command = commandFor(was.get(place), is.get(place), after._meta.region);
      const entry = was.get(place) ?? is.get(place);
      if (command === undefined || entry === undefined) continue;
      either.push({ command, apply: (snapshot) => withEntry(snapshot, entry, was.get(place)) });
    }
  }
  return { shutting: [], opening: [], either };
}

function entriesOf(snapshot: AwsSnapshot): Map<string, Map<string, Entry>> {
  const acls = new Map<string, Map<string, Entry>>();
  for (const acl of objectsOf(snapshot.DescribeNetworkAcls?.NetworkAcls)) {
    const id = textOf(acl, 'NetworkAclId');
    if (id === undefined || !Array.isArray(acl['Entries'])) continue;
    const entries = objectsOf(acl['Entries']).flatMap((members): Entry[] => {
      const number = numberOf(members, 'RuleNumber');
      const isEgress = members['Egress'];
      return number === undefined || number >= FIXED || typeof isEgress !== 'boolean'
        ? []
        : [{ acl: id, number, isEgress, members }];
    });
    acls.set(id, new Map(entries.map((entry) => [placeOf(entry), entry])));
  }
  return acls;
}

function placeOf({ number, isEgress }: Pick<Entry, 'number' | 'isEgress'>): string {
  return `${isEgress ? 'egress' : 'ingress'} ${String(number)}`;
}

function commandFor(was: Entry | undefined, is: Entry | undefined, region: string): string | undefined {
  const said = was && wordsOf(was.members);
  const named = was ?? is;
  if (named === undefined || (is !== undefined && said === wordsOf(is.members))) return undefined;
  // an entry that cannot be read cannot be written
  if (was !== undefined && said === undefined) return undefined;
  const verb = was === undefined ? 'delete' : is === undefined ? 'create' : 'replace';
  return [
    `aws ec2 ${verb}-network-acl-entry`,
    `--region ${shellWord(region)}`,
    `--network-acl-id ${shellWord(named.acl)}`,
    named.isEgress ? '--egress' : '--ingress',
    `--rule-number ${String(named.number)}`,
    ...(said === undefined ? [] : [said]),
  ].join(' ');
}

/** https://docs.aws.amazon.com/cli/latest/reference/ec2/create-network-acl-entry.html */
function wordsOf(members: Members): string | undefined {
  const protocol = textOf(members, 'Protocol');
  const action = textOf(members, 'RuleAction');
  const ipv4 = textOf(members, 'CidrBlock');
  const ipv6 = textOf(members, 'Ipv6CidrBlock');
  if (protocol === undefined || action === undefined || (ipv4 ?? ipv6) === undefined) return undefined;
  return [
    `--protocol ${shellWord(protocol)}`,
    `--rule-action ${shellWord(action)}`,
    ipv4 === undefined ? `--ipv6-cidr-block ${shellWord(ipv6 ?? '')}` : `--cidr-block ${shellWord(ipv4)}`,
    ...pairOf(members['PortRange'], '--port-range', 'From', 'To'),
    ...pairOf(members['IcmpTypeCode'], '--icmp-type-code', 'Type', 'Code'),
  ].join(' ');
}

function pairOf(value: unknown, option: string, first: string, second: string): string[] {
  if (!isObject(value)) return [];
  const [a, b] = [numberOf(value, first), numberOf(value, second)];
  return a === undefined || b === undefined ? [] : [`${option} ${first}=${String(a)},${second}=${String(b)}`];
}

/** A snapshot with another entry, or none, at the place of this one. */
function withEntry(snapshot: AwsSnapshot, at: Entry, entry: Entry | undefined): AwsSnapshot {
  const { DescribeNetworkAcls: described } = snapshot;
  const isThere = (members: Members): boolean =>
    numberOf(members, 'RuleNumber') === at.number && members['Egress'] === at.isEgress;
  return {
    ...snapshot,
    DescribeNetworkAcls: {
      ...described,
      NetworkAcls: objectsOf(described?.NetworkAcls).map((acl) =>
        textOf(acl, 'NetworkAclId') !== at.acl
          ? acl
          : {
              ...acl,
              Entries: [
                ...objectsOf(acl['Entries']).filter((members) => !isThere(members)),
                ...(entry === undefined ? [] : [entry.members]),
              ],
            },
      ),
    },
  };
}
