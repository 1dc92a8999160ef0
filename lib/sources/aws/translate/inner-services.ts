import { cidrOf, firstIpOf, IpSet, parseCidr, TransportSet } from '#netset';
import { idOf, type InnerService } from '#model';
import type { Draft } from './draft.ts';

const DNS = TransportSet.udp(53).union(TransportSet.tcp(53));
const HTTP = TransportSet.tcp(80);
const NTP = TransportSet.udp(123);

/** Addresses that are the same in every network. */
const EVERYWHERE: readonly (readonly [name: string, blocks: readonly string[], transport: TransportSet])[] = [
  ["Amazon's resolver", ['169.254.169.253/32', 'fd00:ec2::253/128'], DNS],
  ['instance metadata', ['169.254.169.254/32', 'fd00:ec2::254/128'], HTTP],
  ["a task's metadata and credentials", ['169.254.170.2/32'], HTTP],
  ["Amazon's time", ['169.254.169.123/32', 'fd00:ec2::123/128'], NTP],
  ['Windows licences', ['169.254.169.250/31'], TransportSet.tcp(1688)],
];

/**
 * What Amazon answers inside every network, and neither groups nor ACLs filter. The resolver is also at the base of the network's first
 * block plus two. Whether a network has its resolver switched off, or an instance its metadata, is not a question of what passes.
 *
 * https://docs.aws.amazon.com/vpc/latest/userguide/vpc-security-groups.html
 * https://docs.aws.amazon.com/vpc/latest/userguide/vpc-network-acls.html
 * https://docs.aws.amazon.com/vpc/latest/userguide/AmazonDNS-concepts.html
 */
export function addInnerServices(draft: Draft): void {
  const everywhere = EVERYWHERE.map(([name, blocks, transport]): InnerService => ({
    network: undefined,
    name,
    ips: IpSet.of(...blocks.flatMap((block) => parseCidr(block) ?? [])),
    transport,
  }));
  const resolvers = [...draft.distinct('DescribeVpcs').values()].flatMap(({ id, place }): InnerService[] => {
    const block = place.cidr('CidrBlock');
    if (block?.family !== 4) return [];
    const base = firstIpOf(block);
    if (base.family !== 4) return [];
    const ips = IpSet.of(cidrOf({ family: 4, value: base.value + 2 }, 32));
    return [{ network: idOf<'network'>(id), name: "Amazon's resolver", ips, transport: DNS }];
  });
  draft.innerServices.push(...everywhere, ...resolvers);
}
