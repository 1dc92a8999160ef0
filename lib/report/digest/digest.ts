import type { CheckId, Control, FrameworkId, Severity } from '#findings';

/** A finding as a digest has it. Texts are as the account gave them: untrusted. Times are ISO 8601 in UTC. */
export type DigestFinding = {
  readonly fingerprint: string;
  readonly check: CheckId;
  readonly severity: Severity;
  readonly certainty: 'surely' | 'possibly';
  /** False: it was open when last seen, and cannot be seen now. */
  readonly isConfirmed: boolean;
  readonly title: string;
  readonly workload: { readonly id: string; readonly name: string };
  readonly account: string;
  readonly accountName: string;
  readonly region: string;
  /** Whom the owner tag names; empty where nobody. */
  readonly team: string;
  readonly openedAt: string;
  /** Absent as long as it is open. */
  readonly closedAt?: string;
  /** Set where somebody answers for it. */
  readonly accepted?: { readonly owner: string; readonly until: string };
  readonly controls: readonly Control[];
  readonly path: readonly { readonly from: string; readonly to: string; readonly flows: string }[];
  /** What falls behind it: `shop-orders tcp 5432`. */
  readonly leadsTo: readonly string[];
};

/** How many findings are open, by severity. */
export type OpenCounts = Readonly<Record<Severity, number>>;

/** All that is watched, one account, or one team. */
export type DigestPart = {
  readonly name: string;
  readonly risk: number;
  /** When it was last told; absent where it was not, or by another formula. */
  readonly riskBefore?: number;
  readonly open: OpenCounts;
  /** Doors. */
  readonly opened: number;
  readonly resolved: number;
};

/** What an account has in one Region, and how well it is seen. */
export type DigestTarget = {
  readonly account: string;
  readonly accountName: string;
  readonly region: string;
  /** When the last successful read began; absent: there never was one. */
  readonly readAt?: string;
  /** `old`: it was not read for longer than it should be. `unreadable`: the last try failed. */
  readonly state: 'read' | 'old' | 'unreadable' | 'never';
  /** Why the last try failed. */
  readonly why?: string;
  readonly interfaces: number;
  /** Where its whole report lies, for those who may read it: `s3://…`, and its page in the console. */
  readonly report?: { readonly uri: string; readonly url?: string };
};

export type DigestException = {
  readonly name: string;
  readonly owner: string;
  readonly reason: string;
  /** The last day on which it holds, in UTC. */
  readonly until: string;
  /** Whole days to go; below 0 once it has ended. */
  readonly daysLeft: number;
  /** What it is about that is open. */
  readonly titles: readonly string[];
};

export type DigestFramework = {
  readonly id: FrameworkId;
  readonly title: string;
  /** `CIS 7.0`. */
  readonly name: string;
  /** How many open findings touch any control of it. */
  readonly findings: number;
  /** The most touched first. */
  readonly controls: readonly { readonly id: string; readonly isOurs: boolean; readonly findings: number }[];
};

/** Something to do, by what it takes off the risk. What the same commands end is one step. */
export type DigestStep = {
  readonly finding: DigestFinding;
  /** Its share of the score. */
  readonly points: number;
  /** Whose template keeps what is to be changed, in sentences: said before any command, since an undo by hand drifts back. */
  readonly owners?: readonly string[];
  /** To be pasted as they are. */
  readonly commands: readonly string[];
  /** What they shut besides, and break, in words; absent where that was not tried. */
  readonly closes?: string;
  /** True if they were tried on the model, and it went. */
  readonly isProven: boolean;
};

/** A week of one organisation in short, for people who do not read logs. Plain JSON. */
export type Digest = {
  readonly schema: 1;
  readonly organisation: string;
  /** ISO 8601 in the time zone: `2026-W09`. */
  readonly week: string;
  /** What it tells of, ISO 8601 in UTC. */
  readonly since: string;
  readonly until: string;
  /** IANA: `Europe/Berlin`. */
  readonly timeZone: string;
  readonly version: string;
  /** Nothing was told before: then what is there was found, and did not open. */
  readonly isFirst: boolean;
  readonly formula: string;
  readonly all: DigestPart;
  /** Twelve weeks, the oldest first, the last of them this one; without a number where nothing was recorded. */
  readonly weeks: readonly { readonly week: string; readonly risk?: number }[];
  /** Gravest first, what was accepted and what is only possible among it. */
  readonly open: readonly DigestFinding[];
  /** Doors: what lies behind one is told with it. */
  readonly opened: readonly DigestFinding[];
  readonly resolved: readonly DigestFinding[];
  /** A first look, an upgrade or a new permission brought it to light. */
  readonly cameToLight: readonly DigestFinding[];
  readonly paths: readonly DigestFinding[];
  /** Of those that hold, those that end soon; the sooner first. */
  readonly ending: readonly DigestException[];
  /** Ended, while what they were about is still open, or ended since the last time. */
  readonly ended: readonly DigestException[];
  readonly frameworks: readonly DigestFramework[];
  readonly accounts: readonly DigestPart[];
  readonly teams: readonly DigestPart[];
  /** Worst seen first. */
  readonly targets: readonly DigestTarget[];
  readonly blindSpots: readonly {
    readonly what: string;
    readonly remedy: string;
    readonly times: number;
    readonly where: readonly string[];
  }[];
  readonly first: readonly DigestStep[];
};

/** Whether somebody answers for it. */
export function isAccepted({ accepted }: DigestFinding): boolean {
  return accepted !== undefined;
}
