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

function blockOf(cidr: string): Block {
  return parseBlock(cidr) ?? notDefined(`no block ${cidr}`);
}
