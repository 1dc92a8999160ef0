import { join } from 'node:path';
import { memoryStores, type Stores, type TargetKey } from '#store';
import type { Config } from '../config/config.ts';
import { parseConfig } from '../config/parse-config.ts';
import { demoFolder } from '../demo-folder.ts';
import { snapshotsOf } from '../load.ts';
import { patchedBy } from '../patched-by.ts';
import { readJson } from '../read-json.ts';
import { VERSION } from '../version.ts';
import { keepAccount } from '../watch/accounts.ts';
import { refresh } from '../watch/refresh.ts';
import { Unreadable } from '../watch/unreadable.ts';
import { gatherDigest } from './gather.ts';
import { makeDigest } from './make-digest.ts';

/** The bundled account is the shop; the same once more under another number is its staging account. */
const SHOP: TargetKey = { account: '111122223333', region: 'eu-west-1' };
const STAGING: TargetKey = { account: '444455556666', region: 'eu-west-1' };
const FAR: TargetKey = { account: '111122223333', region: 'eu-central-1' };
const REGIONS: Readonly<Record<string, readonly string[]>> = {
  [SHOP.account]: [SHOP.region, FAR.region],
  [STAGING.account]: [STAGING.region],
};
const OWNERS: readonly (readonly [name: RegExp, owner: string])[] = [
  [/^bastion|^legacy/, 'platform'],
  [/^shop-|^api-|^web-/, 'payments'],
];

/** When it is told: Monday, 2 March 2026, at eight in Berlin. */
export const DEMO_NOW = '2026-03-02T07:00:00.000Z';
export const STALE_MS = 3 * 3_600_000;

const CONFIG = `
accounts:
  - { id: '${SHOP.account}', name: shop }
  - { id: '${STAGING.account}', name: shop-staging }
digest: { organization: Shop Ltd, timeZone: Europe/Berlin, from: postern@shop.example, recipients: [security@shop.example] }
exceptions:
  - fingerprint: 6833-b82d
    owner: mara
    reason: the batch host moves to its own group with the next release
    until: '2026-03-06'
  - workload: eni-06d0ee43c722364ef
    owner: jo
    reason: left from the migration, to be deleted in January
    until: '2026-02-27'
`;

type Scene = {
  readonly at: string;
  readonly target: TargetKey;
  /** The changes of the bundled account that are in effect then; `blind`: nothing can be read. */
  readonly events: readonly string[] | 'blind';
};

const SSH_WORLD = '01-bastion-ssh-world';
const TWO_HALVES = '04-prefix-list-two-halves';

/** What happened in twelve weeks, so that the mail has something to say of every kind. */
const SCENES: readonly Scene[] = [
  { at: '2025-12-11T09:00:00.000Z', target: SHOP, events: [] },
  { at: '2025-12-11T09:05:00.000Z', target: STAGING, events: [] },
  { at: '2025-12-29T14:20:00.000Z', target: SHOP, events: [SSH_WORLD] },
  { at: '2026-01-06T08:10:00.000Z', target: SHOP, events: [] },
  { at: '2026-01-23T16:40:00.000Z', target: STAGING, events: [SSH_WORLD] },
  { at: '2026-02-10T11:00:00.000Z', target: STAGING, events: [] },
  { at: '2026-02-19T11:00:00.000Z', target: FAR, events: [] },
  { at: '2026-02-24T10:01:07.000Z', target: STAGING, events: [SSH_WORLD] },
  { at: '2026-02-24T15:30:00.000Z', target: STAGING, events: [] },
  { at: '2026-02-24T16:00:00.000Z', target: FAR, events: 'blind' },
  { at: '2026-02-28T21:04:07.000Z', target: SHOP, events: [TWO_HALVES] },
  { at: '2026-03-02T06:20:00.000Z', target: SHOP, events: [TWO_HALVES] },
  { at: '2026-03-02T06:25:00.000Z', target: STAGING, events: [] },
];

/**
 * A service in memory that has watched the bundled account for twelve weeks, by the passes and the records that the deployed one makes.
 *
 * @throws QuestionError if the bundled account is not here
 */
export async function demoStory(): Promise<{ readonly stores: Stores; readonly config: Config }> {
  const config = parseConfig(CONFIG, 'the demo');
  let now = new Date(SCENES[0]?.at ?? DEMO_NOW);
  const clock = (): Date => now;
  const stores = memoryStores({ clock });
  const folder = demoFolder();
  const document = withOwners(await readJson(join(folder, 'account.json')));
  const weekly = mondays();
  for (const { at, target, events } of SCENES) {
    for (let next = weekly[0]; next !== undefined && next < at; next = weekly[0]) {
      weekly.shift();
      now = new Date(next);
      await recordWeek(next, stores, config);
    }
    now = new Date(at);
    await keepAccount(
      stores.notes,
      target.account,
      { units: [], regions: [...(REGIONS[target.account] ?? [])] },
      now,
    );
    await refresh(
      { target, reason: 'scheduled', token: at, at },
      {
        stores,
        clock,
        config,
        engine: VERSION,
        refreshQueue: { send: () => Promise.resolve() },
        channelQueue: () => undefined,
        read: async () => {
          if (events === 'blind')
            throw new Unreadable('the reader role could not be taken on: sts:AssumeRole denied', {
              isAccountWide: false,
              remedy: 'Let the stack of the reader role be made there again',
            });
          return snapshotAt(document, folder, target, events);
        },
      },
    );
  }
  now = new Date(DEMO_NOW);
  return { stores, config };
}

async function recordWeek(at: string, stores: Stores, config: Config): Promise<void> {
  const input = await gatherDigest(at, { stores, config, engine: VERSION, staleAfterMs: STALE_MS });
  await stores.history.record(makeDigest(input).record);
}

/** Mondays at eight in Berlin, where it is winter. */
function mondays(): string[] {
  const last = Date.parse(DEMO_NOW);
  return Array.from({ length: 11 }, (_, i) => new Date(last - (11 - i) * 7 * 86_400_000).toISOString());
}

async function snapshotAt(document: unknown, folder: string, target: TargetKey, events: readonly string[]) {
  let changed = document;
  for (const event of events) {
    const file = join(folder, 'events', event, 'patch.json');
    changed = patchedBy(changed, await readJson(file), file);
  }
  const text = idsOf(target, JSON.stringify(changed))
    .replaceAll(SHOP.account, target.account)
    .replaceAll(SHOP.region, target.region);
  const [snapshot] = snapshotsOf(text, 'the demo account');
  if (snapshot === undefined) throw new Error('the demo account holds no target');
  return snapshot;
}

/** Another account has other ids. */
function idsOf(target: TargetKey, text: string): string {
  if (target === SHOP) return text;
  const by = target === STAGING ? 3 : 7;
  return text.replaceAll(/(?<=-)[0-9a-f]{17}(?=")/g, (id) =>
    id.replaceAll(/./g, (digit) => ((Number.parseInt(digit, 16) + by) % 16).toString(16)),
  );
}

/** The bundled account has no owner tags, and teams go by them. */
function withOwners(document: unknown): unknown {
  const copy = structuredClone(document) as {
    readonly DescribeInstances: {
      readonly Reservations: readonly { readonly Instances: readonly Tagged[] }[];
    };
  };
  for (const { Instances } of copy.DescribeInstances.Reservations) for (const each of Instances) tag(each);
  return copy;
}

type Tagged = { Tags?: { Key: string; Value: string }[] };

function tag(thing: Tagged): void {
  const name = thing.Tags?.find(({ Key }) => Key === 'Name')?.Value ?? '';
  const owner = OWNERS.find(([pattern]) => pattern.test(name))?.[1];
  if (owner !== undefined) thing.Tags = [...(thing.Tags ?? []), { Key: 'owner', Value: owner }];
}
