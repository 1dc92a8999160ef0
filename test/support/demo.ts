import { readFileSync } from 'node:fs';
import { applyPatch, type Operation } from 'rfc6902';
import { readSnapshotText, type AwsSnapshot } from '#sources/aws';

const FOLDER = new URL('../../examples/demo-account/', import.meta.url);

/** The bundled account as a document that may be changed. */
export function demoDocument(): DemoDocument {
  return JSON.parse(readFileSync(new URL('account.json', FOLDER), 'utf8')) as DemoDocument;
}

export type DemoDocument = {
  DescribeSecurityGroups: { SecurityGroups: { GroupId: string; IpPermissions: object[] }[] };
  DescribeNetworkInterfaces: {
    NetworkInterfaces: (Record<string, unknown> & { NetworkInterfaceId: string })[];
  };
} & Record<string, unknown>;

/** The bundled account, changed by its events (`01`, `04`) or by hand. */
export function demoAccount(
  events: readonly string[] = [],
  change: (document: DemoDocument) => void = () => undefined,
): AwsSnapshot {
  const document = demoDocument();
  for (const event of events) {
    const patch = JSON.parse(
      readFileSync(new URL(`events/${event}/patch.json`, FOLDER), 'utf8'),
    ) as Operation[];
    const problems = applyPatch(document, patch).filter((problem) => problem !== null);
    if (problems.length > 0) throw new Error(`${event}: ${String(problems[0])}`);
  }
  change(document);
  const read = readSnapshotText(JSON.stringify(document), 'demo');
  if (!read.ok) throw new Error(read.problems.map(({ message }) => message).join());
  const [snapshot] = read.snapshots;
  if (snapshot === undefined) throw new Error('no snapshot');
  return snapshot;
}

export function demoEvent(event: string): Record<string, unknown> & { detail: Record<string, unknown> } {
  return JSON.parse(readFileSync(new URL(`events/${event}/event.json`, FOLDER), 'utf8')) as never;
}

export const SSH_WORLD = '01-bastion-ssh-world';
export const PREFIX_LIST = '04-prefix-list-two-halves';
