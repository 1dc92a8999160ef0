import { isWithin, parseBlock, type Block } from '../../oracle/address.ts';
import type { FarEnd } from './cluster.ts';
import { notDefined } from './question.ts';

/**
 * Blocks of addresses are meant for what is outside the cluster, and a pod's address is not known from its manifest:
 * a block never matches a pod. https://kubernetes.io/docs/concepts/services-networking/network-policies/
 */
export function isInBlock(far: FarEnd, cidr: string, except: readonly string[] = []): boolean {
  const block = blockOf(cidr);
  const holes = except.map(blockOf);
  if (far.kind === 'pod') {
    // Where a pod on the host network stands for its node, that has an address.
    if (far.hostNetwork) notDefined('the address of a node');
    return false;
  }
  if (!isWithin(far.address, block)) return false;
  return !holes.some((hole) => isWithin(far.address, hole));
}

/** For what means whoever has an address of a block, pods too. */
export function hasAddressIn(far: FarEnd, cidr: string): boolean {
  if (far.kind === 'external') return isInBlock(far, cidr);
  // The packets asked about are of IPv4, so that every pod has such an address.
  if (cidr === '0.0.0.0/0') return true;
  if (far.hostNetwork || far.addresses.length === 0) return notDefined('the address of a pod');
  const block = blockOf(cidr);
  return far.addresses.some((address) => address.family === 4 && isWithin(address, block));
}

function blockOf(cidr: string): Block {
  return parseBlock(cidr) ?? notDefined(`no block ${cidr}`);
}
