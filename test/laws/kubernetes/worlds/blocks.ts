import fc from 'fast-check';
import type { IpBlock } from '../oracle/objects.ts';

/** Blocks within blocks, one not written by its first address. */
const BLOCKS: readonly { readonly cidr: string; readonly within: readonly string[] }[] = [
  { cidr: '0.0.0.0/0', within: ['192.0.2.0/24', '10.0.0.0/8', '192.0.2.77/32'] },
  { cidr: '192.0.2.0/24', within: ['192.0.2.64/26', '192.0.2.0/25', '192.0.2.77/32'] },
  { cidr: '192.0.2.77/25', within: ['192.0.2.64/26'] },
  { cidr: '192.0.2.77/32', within: [] },
  { cidr: '198.51.100.0/24', within: ['198.51.100.128/25'] },
  { cidr: '10.0.0.0/8', within: ['10.1.0.0/16'] },
  // Where some of the pods have their addresses.
  { cidr: '10.1.0.0/16', within: ['10.1.2.0/24'] },
  { cidr: '::/0', within: ['2001:db8::/32', 'fd00::/8'] },
  { cidr: '2001:db8::/32', within: ['2001:db8:1::/48'] },
];

/** Addresses on both sides of every edge above. */
export const OUTSIDE = [
  '192.0.2.0',
  '192.0.2.63',
  '192.0.2.64',
  '192.0.2.77',
  '192.0.2.127',
  '192.0.2.128',
  '192.0.3.0',
  '198.51.100.127',
  '198.51.100.128',
  '10.1.2.3',
  '10.2.0.0',
  '203.0.113.9',
  '2001:db8::1',
  '2001:db8:1::1',
  '2001:db9::',
];

export const cidrs = fc.constantFrom(...BLOCKS.map(({ cidr }) => cidr));

export const ipBlocks: fc.Arbitrary<IpBlock> = fc.constantFrom(...BLOCKS).chain(({ cidr, within }) =>
  fc.record(
    {
      cidr: fc.constant(cidr),
      except: fc.oneof(fc.constantFrom(null, []), fc.subarray([...within])),
    },
    { requiredKeys: ['cidr'] },
  ),
);
