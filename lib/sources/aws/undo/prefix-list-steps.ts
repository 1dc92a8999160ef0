import type { AwsSnapshot } from '../resources/index.ts';
import { isObject, numberOf, objectsOf, textOf, type Members } from './members.ts';
import { shellWord } from './shell-word.ts';
import type { Step, Steps } from './step.ts';

type Entries = ReadonlyMap<string, Members>;

/**
 * The way back for the entries of prefix lists. A list that both gained and lost entries goes back in one command: each command
 * names the version that it changes, so a second one would come too late.
 */
export function prefixListSteps(before: AwsSnapshot, after: AwsSnapshot): Steps {
  const shutting: Step[] = [];
  const opening: Step[] = [];
  const old = listsOf(before);
  for (const [id, is] of listsOf(after)) {
    const was = old.get(id);
    if (was === undefined) continue;
    const added = [...is.keys()].filter((cidr) => !was.has(cidr));
    const removed = [...was].flatMap(([cidr, entry]) => (is.has(cidr) ? [] : [entry]));
    if (added.length + removed.length === 0) continue;
    (added.length > 0 ? shutting : opening).push({
      command: modifyCommand(id, after, added, removed),
      apply: (snapshot) => withEntries(snapshot, id, was),
    });
  }
  return { shutting, opening, either: [] };
}

function listsOf(snapshot: AwsSnapshot): Map<string, Entries> {
  const bodies: unknown = snapshot.GetManagedPrefixListEntries;
  const lists = new Map<string, Entries>();
  for (const [id, body] of Object.entries(isObject(bodies) ? bodies : {})) {
    if (!isObject(body) || !Array.isArray(body['Entries'])) continue;
    lists.set(
      id,
      new Map(
        objectsOf(body['Entries']).flatMap((entry) => {
          const cidr = textOf(entry, 'Cidr');
          return cidr === undefined ? [] : [[cidr, entry] as const];
        }),
      ),
    );
  }
  return lists;
}

/**
 * The version is the one that is there now: AWS wants it named by whoever changes the list next.
 *
 * https://docs.aws.amazon.com/cli/latest/reference/ec2/modify-managed-prefix-list.html
 */
function modifyCommand(
  id: string,
  after: AwsSnapshot,
  added: readonly string[],
  removed: readonly Members[],
): string {
  const list = objectsOf(after.DescribeManagedPrefixLists?.PrefixLists).find(
    (candidate) => textOf(candidate, 'PrefixListId') === id,
  );
  const version = list === undefined ? undefined : numberOf(list, 'Version');
  return [
    'aws ec2 modify-managed-prefix-list',
    `--region ${shellWord(after._meta.region)}`,
    `--prefix-list-id ${shellWord(id)}`,
    `--current-version ${String(version ?? 1)}`,
    ...(added.length === 0
      ? []
      : [`--remove-entries ${added.map((cidr) => `Cidr=${shellWord(cidr)}`).join(' ')}`]),
    ...(removed.length === 0 ? [] : [`--add-entries ${shellWord(JSON.stringify(removed.map(entryOf)))}`]),
  ].join(' ');
}

function entryOf(entry: Members): object {
  const description = textOf(entry, 'Description');
  return {
    Cidr: textOf(entry, 'Cidr'),
    ...(description === undefined ? {} : { Description: description }),
  };
}

function withEntries(snapshot: AwsSnapshot, id: string, entries: Entries): AwsSnapshot {
  return {
    ...snapshot,
    GetManagedPrefixListEntries: {
      ...snapshot.GetManagedPrefixListEntries,
      [id]: { Entries: [...entries.values()] },
    },
  };
}
