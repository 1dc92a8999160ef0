import pLimit from 'p-limit';
import type { Stores, TargetKey } from '#store';
import { weeksUpTo } from '#report';
import type { Config } from '../config/config.ts';
import { exceptionsOf } from '../config/exceptions-of.ts';
import { keptExceptions } from '../exceptions/kept-exceptions.ts';
import { knownAccounts } from '../watch/accounts.ts';
import { keptReport } from '../watch/keep-report.ts';
import { readBrief, trackedOf } from '../watch/read-head.ts';
import { targetName } from '../watch/target-name.ts';
import { lastUnreadable } from '../watch/unreadable.ts';
import type { DigestInput, KnownTarget } from './digest-input.ts';
import type { ObjectPlace } from './object-place.ts';

export type GatherPorts = {
  readonly stores: Stores;
  readonly config: Config;
  /** The version of Postern. */
  readonly engine: string;
  readonly staleAfterMs: number;
  /** Where objects lie that people may open; without it no report is named. */
  readonly placeOf?: (key: string) => ObjectPlace;
};

const READS_AT_ONCE = 16;
/** As many weeks as are shown, and some in which none was sent. */
const WEEKS_BACK = 16;

/**
 * All that is remembered of all targets: those that were ever read, and those that the clock asks to be read and that never were. None is left out.
 *
 * @param now the time that it is told of, ISO 8601 in UTC
 */
export async function gatherDigest(now: string, ports: GatherPorts): Promise<DigestInput> {
  const { stores, config, engine, staleAfterMs, placeOf } = ports;
  const { timeZone } = config.digest;
  const [heads, accounts, kept] = await Promise.all([
    stores.state.heads(),
    knownAccounts(stores.notes),
    keptExceptions(stores.notes),
  ]);
  const named = new Map(
    config.accounts instanceof Array ? config.accounts.map(({ id, name }) => [id, name]) : [],
  );
  const nameOf = (account: string): string =>
    named.get(account) ?? accounts.find(({ id }) => id === account)?.name ?? '';
  const headOf = new Map(heads.map(({ target, head }) => [targetName(target), head]));
  const due = accounts.flatMap(({ id, regions = [] }) => regions.map((region) => ({ account: id, region })));
  const all = new Map([...heads.map(({ target }) => target), ...due].map((key) => [targetName(key), key]));
  const atOnce = pLimit(READS_AT_ONCE);
  const read = async (key: TargetKey): Promise<KnownTarget> => {
    const head = headOf.get(targetName(key));
    const [tracked, brief, unreadable, report] = await Promise.all([
      head === undefined ? [] : trackedOf(head, stores),
      head && readBrief(head, stores),
      lastUnreadable(stores.notes, key),
      placeOf && keptReport(key, stores),
    ]);
    return {
      ...key,
      accountName: nameOf(key.account),
      ...(head && { readAt: head.readAt }),
      tracked,
      ...(brief && { brief }),
      ...(unreadable && { unreadable }),
      ...(placeOf && report && { report: placeOf(report.key) }),
    };
  };
  const targets = await Promise.all([...all.values()].map((key) => atOnce(read, key)));
  const [first = ''] = weeksUpTo(now, timeZone, WEEKS_BACK);
  return {
    organisation: config.digest.organization ?? organisationOf(targets),
    version: engine,
    now,
    timeZone,
    targets,
    exceptions: [...exceptionsOf(config.exceptions), ...exceptionsOf(kept)],
    records: await stores.history.since(first),
    staleAfterMs,
  };
}

/** What it is called where nobody says: the one account, or how many there are. */
function organisationOf(targets: readonly KnownTarget[]): string {
  const accounts = new Map(targets.map(({ account, accountName }) => [account, accountName]));
  const [[id, name] = ['', '']] = accounts;
  if (accounts.size > 1) return `${String(accounts.size)} accounts`;
  return name === '' ? (id === '' ? 'nothing was read yet' : id) : name;
}
