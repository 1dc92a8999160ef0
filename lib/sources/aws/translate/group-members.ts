import { IpSet } from '#netset';
import type { BlindSpotId } from '#model';
import type { InterfaceRecord } from './interface-records.ts';
import type { Target } from './target.ts';

const NOWHERE: ReadonlySet<string> = new Set();

/** Who carries which security group, by interface; whatever the interface belongs to and whether or not it is attached. */
export class GroupMembers {
  readonly #members = new Map<string, InterfaceRecord[]>();
  readonly #networks = new Map<string, Set<string>>();
  /** Interfaces that may carry groups which could not be read. */
  readonly #unread: InterfaceRecord[] = [];

  constructor(interfaces: Iterable<InterfaceRecord>) {
    for (const record of interfaces) {
      if (record.moreGroups !== undefined) this.#unread.push(record);
      for (const { id } of record.groups) {
        const members = this.#members.get(id);
        if (members === undefined) this.#members.set(id, [record]);
        else members.push(record);
        const networks = this.#networks.get(id);
        if (networks === undefined) this.#networks.set(id, new Set([record.network]));
        else networks.add(record.network);
      }
    }
  }

  /** The networks in which the group is carried; more than one if it is associated with further ones. */
  networksOf(group: string): ReadonlySet<string> {
    return this.#networks.get(group) ?? NOWHERE;
  }

  /** All private, IPv6 and delegated addresses of the members. */
  addressesOf(group: string): IpSet {
    return addressesOf(this.#members.get(group) ?? []);
  }

  /** Why a group of this target may have members that are not known. */
  unreadFor(target: Target): BlindSpotId | undefined {
    return target.unread('DescribeNetworkInterfaces') ?? this.#unread[0]?.moreGroups;
  }

  /** Addresses that may be members of any group, and why. */
  unreadAddresses(): { readonly ips: IpSet; readonly because: BlindSpotId } | undefined {
    const because = this.#unread[0]?.moreGroups;
    return because === undefined ? undefined : { ips: addressesOf(this.#unread), because };
  }
}

function addressesOf(records: readonly InterfaceRecord[]): IpSet {
  const addresses = records.flatMap((record) => record.addresses);
  return IpSet.unionOf(addresses.map(({ first, last }) => IpSet.range(first, last)));
}
