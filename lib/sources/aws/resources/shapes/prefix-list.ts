import type { ManagedPrefixList, PrefixList, PrefixListEntry } from '@aws-sdk/client-ec2';
import type { FromShape, ShapeOf } from '../shape.ts';
import { tagShape } from './tag.ts';

export const managedPrefixListShape = {
  PrefixListId: 'string',
  PrefixListName: 'string',
  PrefixListArn: 'string',
  OwnerId: 'string',
  AddressFamily: 'string',
  State: 'string',
  MaxEntries: 'number',
  Version: 'number',
  Tags: [tagShape],
} as const satisfies ShapeOf<ManagedPrefixList>;
export type AwsManagedPrefixList = FromShape<typeof managedPrefixListShape>;

export const prefixListEntryShape = {
  Cidr: 'string',
  Description: 'string',
} as const satisfies ShapeOf<PrefixListEntry>;
export type AwsPrefixListEntry = FromShape<typeof prefixListEntryShape>;

export const prefixListShape = {
  PrefixListId: 'string',
  PrefixListName: 'string',
  Cidrs: ['string'],
} as const satisfies ShapeOf<PrefixList>;
export type AwsPrefixList = FromShape<typeof prefixListShape>;
