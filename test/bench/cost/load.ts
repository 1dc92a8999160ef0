import type { PriceName } from './prices.ts';

/** Targets of one kind: an account in a Region. */
export type Targets = {
  readonly count: number;
  readonly size: 'empty' | 'small' | 'large';
  /** Changes a day in each. */
  readonly changes: number;
};

export type Deployment = {
  readonly name: string;
  readonly accounts: number;
  readonly targets: readonly Targets[];
};

/** What a pass over a target of a size takes. Measured, except where the table in docs/cost.md calls it an assumption. */
export type Measured = {
  /** Processor milliseconds of a pass in which something changed, of one in which nothing did. */
  readonly changedMs: number;
  readonly quietMs: number;
  /** The same for the report as a page, and its size. */
  readonly reportMs: number;
  readonly reportMegabytes: number;
  /** AWS requests of one read. */
  readonly requests: number;
  readonly gzippedMegabytes: number;
};

/** What is assumed, all in one place. */
export const ASSUMED = {
  days: 30,
  passesADay: 24,
  /** Of the changes of a day, so many come apart from others, and make two passes of their own: one after 30 s, a follow-up. */
  apart: 0.5,
  /** Of a day's changes those of which people hear. */
  alerting: 0.05,
  /** Waiting for AWS's answers: a request's time, and how many are on their way at once. */
  requestMs: 150,
  atOnce: 8,
  /** Function start, SDK, stores: per invocation. */
  overheadMs: 300,
  noticeMs: 150,
  deliverMs: 300,
  /** Memory in GB as serverless.yml has it. */
  refreshGb: 1769 / 1024,
  otherGb: 256 / 1024,
  /** Each with a mapping: passes, rounds, four channels, mails. Lambda keeps five readers of 20 seconds at an idle queue. */
  queues: 7,
  idleReadsAMonth: (5 * 30 * 86_400) / 20,
  /** Log lines of an invocation, in bytes: our own one, and the three of the platform. */
  logBytes: 1500,
  alarms: 17,
  metrics: 4,
  keys: 1,
  /** A changed snapshot is kept for 400 days, and each target's once a day: the standing state after that time. */
  keptDays: 400,
  /** A report is written by the hourly pass after a change, and once a day, and kept for 35 days. */
  keptReportDays: 35,
  /** The weekly mail: reading briefs and records, trying the fixes of three findings, rendering. */
  digestsAMonth: 52 / 12,
  digestMs: 15_000,
} as const;

export type Use = Readonly<Record<PriceName, number>>;

/** What a month takes, in the units of the prices. `slower`: how much slower a processor of Lambda is than the one measured on. */
export function useOf(
  { targets }: Deployment,
  sizes: Record<Targets['size'], Measured>,
  slower: number,
): Use {
  const a = ASSUMED;
  const use: Record<PriceName, number> = {
    lambdaTime: ((a.digestsAMonth * a.digestMs) / 1000) * slower * a.refreshGb,
    lambdaRequests: a.digestsAMonth,
    queueRequests: a.queues * a.idleReadsAMonth,
    topicRequests: 0,
    emails: 0,
    tableWrites: 0,
    tableReads: 0,
    bucketWrites: 0,
    bucketReads: 0,
    bucketStorage: 0,
    busEvents: 0,
    logs: 0,
    metrics: a.metrics,
    alarms: a.alarms,
    keys: a.keys,
  };
  for (const { count, size, changes } of targets) {
    const { changedMs, quietMs, reportMs, reportMegabytes, requests, gzippedMegabytes } = sizes[size];
    const month = count * a.days;
    const changed = month * Math.min(changes * a.apart, MOST_PASSES_A_DAY / 2);
    const quiet = changed + month * a.passesADay;
    const notices = month * changes;
    const alerts = notices * a.alerting;
    const wait = (requests * a.requestMs) / a.atOnce + a.overheadMs;
    const reports = Math.min(changed, month * a.passesADay) + month;
    const refreshMs =
      changed * (changedMs * slower + wait) + quiet * (quietMs * slower + wait) + reports * reportMs * slower;
    const invocations = changed + quiet + notices + 2 * alerts;
    use.lambdaTime +=
      (refreshMs / 1000) * a.refreshGb +
      ((notices * a.noticeMs + 2 * alerts * a.deliverMs) / 1000) * slower * a.otherGb;
    use.lambdaRequests += invocations;
    // a send, a receive and a delete each
    use.queueRequests += 3 * (changed + quiet + 2 * alerts);
    use.topicRequests += alerts;
    use.emails += alerts;
    use.busEvents += notices + alerts;
    // as counted by the bench; a transaction's writes count twice
    use.tableWrites += 5 * notices + 4 * (changed + quiet) + 18 * alerts;
    use.tableReads += notices + 7 * (changed + quiet) + 6 * alerts;
    use.bucketWrites += 2 * changed + 2 * month + alerts + reports;
    use.bucketReads += 2 * changed + quiet + 2 * alerts;
    use.bucketStorage +=
      ((changed / a.days + count) * (a.keptDays * gzippedMegabytes + a.keptReportDays * reportMegabytes)) /
      1000;
    use.logs += (invocations * a.logBytes) / 1e9;
  }
  return use;
}

/** One pass a minute for a target is the most, whatever happens. */
const MOST_PASSES_A_DAY = 1440;
