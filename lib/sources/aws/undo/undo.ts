import type { Network, Policy } from '#model';
import type { AwsSnapshot } from '../resources/index.ts';
import { removalCommands } from './group-rules.ts';
import { restoreEntriesCommand, type PrefixListChange } from './prefix-lists.ts';

/** What to type to take a change back, and the snapshot as it would be after typing it, to be tried on the model. */
export type Undo = { readonly commands: readonly string[]; readonly undone: readonly AwsSnapshot[] };

type Entries = Readonly<
  Record<string, { readonly Entries?: readonly { readonly Cidr?: string; readonly Description?: string }[] }>
>;

/**
 * How to take back what came between two reads of the same targets, as far as it is rules added to security groups or entries of
 * prefix lists. `undefined` where nothing of that kind was added.
 */
export function undoOf(
  before: { readonly snapshots: readonly AwsSnapshot[]; readonly network: Network },
  after: { readonly snapshots: readonly AwsSnapshot[]; readonly network: Network },
): Undo | undefined {
  const added = [...after.network.policies.values()].flatMap((policy) =>
    addedRules(before.network.policies.get(policy.id), policy),
  );
  const lists = after.snapshots.flatMap((snapshot, i) => prefixListChanges(before.snapshots[i], snapshot));
  const commands = [...lists.map(restoreEntriesCommand), ...removalCommands(after.network, added)];
  if (commands.length === 0) return undefined;
  const undone = after.snapshots.map((snapshot, i) =>
    revert(
      before.snapshots[i],
      snapshot,
      new Set(added.map(({ policy }) => policy)),
      new Set(lists.map(({ id }) => id)),
    ),
  );
  return { commands, undone };
}

function addedRules(
  before: Policy | undefined,
  after: Policy,
): { policy: string; rule: Policy['rules'][number] }[] {
  const known = new Set(before?.rules.map(({ id }) => id));
  return after.kind === 'any-allow'
    ? after.rules.filter(({ id }) => !known.has(id)).map((rule) => ({ policy: after.id, rule }))
    : [];
}

function prefixListChanges(before: AwsSnapshot | undefined, after: AwsSnapshot): PrefixListChange[] {
  const old = (before?.GetManagedPrefixListEntries ?? {}) as Entries;
  const now = (after.GetManagedPrefixListEntries ?? {}) as Entries;
  return Object.keys(now).flatMap((id) => {
    const was = new Map(old[id]?.Entries?.map((entry) => [entry.Cidr ?? '', entry]));
    const is = new Map(now[id]?.Entries?.map((entry) => [entry.Cidr ?? '', entry]));
    const added = [...is.keys()].filter((cidr) => !was.has(cidr));
    const removed = [...was.values()]
      .filter((entry) => !is.has(entry.Cidr ?? ''))
      .map((entry) => ({ cidr: entry.Cidr ?? '', description: entry.Description ?? '' }));
    if (added.length + removed.length === 0) return [];
    const list = after.DescribeManagedPrefixLists?.PrefixLists?.find(
      (candidate) => candidate.PrefixListId === id,
    );
    return [{ id, region: after._meta.region, version: list?.Version ?? 1, added, removed }];
  });
}

/** The later snapshot with the named groups and lists as they were. */
function revert(
  before: AwsSnapshot | undefined,
  after: AwsSnapshot,
  groups: ReadonlySet<string>,
  lists: ReadonlySet<string>,
): AwsSnapshot {
  const old = before?.DescribeSecurityGroups?.SecurityGroups ?? [];
  const oldRules = before?.DescribeSecurityGroupRules?.SecurityGroupRules ?? [];
  const entries = { ...(after.GetManagedPrefixListEntries as Entries | undefined) };
  for (const id of lists) {
    const was = (before?.GetManagedPrefixListEntries as Entries | undefined)?.[id];
    if (was !== undefined) entries[id] = was;
  }
  return {
    ...after,
    ...(after.GetManagedPrefixListEntries === undefined ? {} : { GetManagedPrefixListEntries: entries }),
    ...(after.DescribeSecurityGroups === undefined
      ? {}
      : {
          DescribeSecurityGroups: {
            ...after.DescribeSecurityGroups,
            SecurityGroups: after.DescribeSecurityGroups.SecurityGroups?.map((group) =>
              groups.has(group.GroupId ?? '')
                ? (old.find(({ GroupId }) => GroupId === group.GroupId) ?? group)
                : group,
            ),
          },
        }),
    ...(after.DescribeSecurityGroupRules === undefined
      ? {}
      : {
          DescribeSecurityGroupRules: {
            ...after.DescribeSecurityGroupRules,
            SecurityGroupRules: [
              ...(after.DescribeSecurityGroupRules.SecurityGroupRules ?? []).filter(
                (rule) => !groups.has(rule.GroupId ?? ''),
              ),
              ...oldRules.filter((rule) => groups.has(rule.GroupId ?? '')),
            ],
          },
        }),
  } as AwsSnapshot;
}
