import * as z from 'zod';
import { IpSet, parseCidr } from '#netset';
import type { Role } from '#model';
import type { EndpointSelector } from '#findings';
import { accountId, cidr, listOf, oneOrMore, text } from './fields.ts';

const KINDS = [
  'host',
  'load-balancer',
  'database',
  'cache',
  'function',
  'nat',
  'service-endpoint',
  'file-system',
  'search',
  'queue',
  'control-plane',
  'transit',
  'other',
] as const satisfies readonly Role[];

/** Whom a team means. Keys that are given must all hold. */
const selector = z
  .strictObject({
    tags: z
      .record(z.string(), oneOrMore(z.string()))
      .optional()
      .describe('tags by key: one of the values, in which * is any run of characters'),
    group: oneOrMore(text).optional().describe('ids or names of security groups that it carries'),
    name: oneOrMore(text).optional().describe('names, ids or ARNs'),
    kind: oneOrMore(z.enum(KINDS)).optional().describe('what it is'),
    cidr: oneOrMore(cidr).optional().describe('blocks that hold one of its addresses'),
    vpc: oneOrMore(text).optional().describe('ids or names of VPCs'),
    subnet: oneOrMore(text).optional().describe('ids or names of subnets'),
    account: oneOrMore(accountId).optional().describe('accounts'),
  })
  .refine((keys) => Object.values(keys).some((value) => value !== undefined), {
    error: 'say whom: one of tags, group, name, kind, cidr, vpc, subnet, account',
  })
  .meta({ id: 'selector', description: 'whom it means: every key that is given must hold' });

export const selectors = oneOrMore(selector);

type Selector = z.infer<typeof selector>;

/** The selectors of a configuration, read. */
export function selectorsOf(written: Selector | readonly Selector[]): readonly EndpointSelector[] {
  return listOf(written).map(({ tags, group, name, kind, cidr: blocks, vpc, subnet, account }) => ({
    ...(tags && {
      tags: Object.fromEntries(Object.entries(tags).map(([key, values]) => [key, listOf(values)])),
    }),
    ...(group !== undefined && { groups: listOf(group) }),
    ...(name !== undefined && { names: listOf(name) }),
    ...(kind !== undefined && { kinds: listOf(kind) }),
    ...(blocks !== undefined && { cidrs: ipsOf(listOf(blocks)) }),
    ...(vpc !== undefined && { vpcs: listOf(vpc) }),
    ...(subnet !== undefined && { subnets: listOf(subnet) }),
    ...(account !== undefined && { accounts: listOf(account) }),
  }));
}

/** The addresses of blocks that were looked at before. */
export function ipsOf(blocks: readonly string[]): IpSet {
  return IpSet.from(blocks.flatMap((block) => parseCidr(block) ?? []));
}
