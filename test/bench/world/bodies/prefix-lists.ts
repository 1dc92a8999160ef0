import type { OutsideBlocks, PrefixListPlan } from '../blocks.ts';
import { ACCOUNT, arnOf } from '../owner.ts';

export function prefixListBodies({ lists, storageList }: OutsideBlocks) {
  const all = [...lists, storageList];
  return {
    DescribeManagedPrefixLists: { PrefixLists: all.map(listBody) },
    GetManagedPrefixListEntries: Object.fromEntries(
      all.map(({ id, cidrs, isAwsManaged }) => [
        id,
        {
          Entries: cidrs.map((cidr, i) =>
            isAwsManaged ? { Cidr: cidr } : { Cidr: cidr, Description: `entry ${i + 1}` },
          ),
        },
      ]),
    ),
  };
}

/** AWS's own lists have no size and no version. */
function listBody({ id, name, cidrs, isAwsManaged }: PrefixListPlan) {
  return {
    PrefixListId: id,
    AddressFamily: 'IPv4',
    State: 'create-complete',
    PrefixListArn: arnOf('prefix-list', id),
    PrefixListName: name,
    ...(isAwsManaged ? {} : { MaxEntries: Math.ceil(cidrs.length / 10) * 10, Version: 1 }),
    Tags: [],
    OwnerId: isAwsManaged ? 'AWS' : ACCOUNT,
  };
}
