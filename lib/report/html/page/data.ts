/**
 * What the page is given, as JSON. Things that many name stand in a list once, and are named by their place in it. Texts are as the account gave
 * them: untrusted, and shown as texts only. Where there is a comparison, everything is about both sides together, and `state` tells them apart.
 */
export type PageData = {
  readonly version: string;
  /** When the network was read, ISO 8601. */
  readonly createdAt: string;
  /** Set for a comparison: when the earlier side was read, empty where that is not known. */
  readonly comparedWith?: string;
  readonly targets: readonly {
    readonly account: string;
    readonly region: string;
    readonly readAt?: string | undefined;
  }[];
  readonly counts: {
    readonly interfaces: number;
    readonly groups: number;
    readonly networks: number;
    /** Of clusters; absent where there are none. */
    readonly workloads?: number | undefined;
    readonly policies?: number | undefined;
  };
  readonly risk: {
    readonly formula: string;
    readonly score: number;
    /** Of the earlier side. */
    readonly before?: number;
    readonly parts: readonly (readonly [fingerprint: string, points: number])[];
  };
  readonly findings: readonly PageFinding[];
  readonly checks: readonly {
    readonly id: string;
    readonly title: string;
    readonly reason: string;
    readonly whatToDo: string;
  }[];
  readonly frameworks: readonly {
    readonly id: string;
    readonly title: string;
    readonly short: string;
    readonly version: string;
    readonly url: string;
  }[];
  readonly controlSets: readonly (readonly PageControl[])[];
  readonly rules: readonly PageRule[];
  readonly zones: readonly PageZone[];
  readonly groups: readonly PageGroup[];
  readonly members: readonly PageMember[];
  readonly texts: readonly string[];
  readonly ways: readonly PageWay[];
  readonly sources: readonly PageSources[];
  readonly doors: readonly PageDoor[];
  readonly hops: readonly PageHop[];
  /** Ways between groups that are explained by one pair of members each. */
  readonly examples: readonly (readonly [from: number, to: number, hop: number])[];
  readonly paths: readonly PagePath[];
  readonly steps: readonly PageStep[];
  readonly explanations: readonly PageExplanation[];
  readonly remarks: readonly {
    readonly check: string;
    readonly severity: Severity;
    readonly title: string;
    readonly id: string;
  }[];
  readonly assertions: readonly PageAssertion[];
  readonly exceptions: readonly PageException[];
  readonly blindSpots: readonly {
    readonly id: string;
    readonly effect: string;
    readonly what: string;
    readonly remedy: string;
  }[];
};

export type Severity = 'critical' | 'high' | 'medium' | 'low' | 'info';

/** What became of something between the two sides; absent where nothing did, or where there is one side. */
export type State = 'opened' | 'closed' | 'changed';

export type PageControl = { readonly framework: string; readonly id: string; readonly isOurs: boolean };

/** A way to end a finding, the best first. */
export type PageFix = {
  /** Who keeps what is to be changed, in sentences. */
  readonly owners: readonly string[];
  readonly what?: string;
  readonly commands: readonly string[];
  /** Whether it was tried on the model, and what it shuts and breaks besides. */
  readonly proof: string;
};

export type PageFinding = {
  readonly check: string;
  readonly severity: Severity;
  readonly isSure: boolean;
  readonly fingerprint: string;
  readonly title: string;
  readonly account: string;
  readonly region: string;
  readonly workload: string;
  readonly members: readonly number[];
  readonly flows?: string;
  readonly witness?: string;
  readonly path?: number;
  readonly rules: readonly number[];
  readonly because: readonly string[];
  readonly controls: number;
  readonly fixes: readonly PageFix[];
  /** Why there is none, or none that is proven. */
  readonly unsolved?: string;
  /** Why it is open although somebody answered for it. */
  readonly note?: string;
  readonly accepted?: { readonly owner: string; readonly reason: string; readonly until: string };
  readonly state?: State;
  /** Since when it is known, where somebody keeps count. ISO 8601. */
  readonly since?: string;
};

/** What the configuration says is to hold. */
export type PageAssertion = {
  readonly from: string;
  readonly to: string;
  readonly flows: string;
  readonly expect: 'allowed' | 'denied';
  readonly outcome: 'holds' | 'fails' | 'unknown';
  /** Of a comparison: how it turned out on the earlier side. */
  readonly before?: 'holds' | 'fails' | 'unknown';
  readonly why: readonly string[];
  readonly example?: string;
};

/** Something that somebody answers for until a day. */
export type PageException = {
  readonly name: string;
  readonly owner: string;
  readonly reason: string;
  readonly until: string;
  /** Whole days to go when this was made; below 0 once it has ended. */
  readonly days: number;
  /** `unused`: it is about nothing that was found. */
  readonly state: 'holds' | 'ending' | 'ended' | 'unused';
  /** What it is about that was found. */
  readonly titles: readonly string[];
};

export type PageRule = {
  readonly policy: string;
  readonly policyName: string;
  readonly rule: string;
  readonly direction: 'ingress' | 'egress';
  readonly flows: string;
  readonly far: string;
  readonly description: string;
};

/** A zone of the configuration, or else a private network. */
export type PageZone = { readonly name: string; readonly kind: 'zone' | 'network'; readonly id: string };

/** Endpoints of one zone, network, kind and set of security groups: what is true of one is, as a rule, true of all. */
export type PageGroup = {
  readonly zone: number;
  readonly name: string;
  readonly role: string;
  /** Its security groups, by id and name. */
  readonly policies: readonly string[];
  readonly isJewel: boolean;
};

/** An interface, or a set of like pods. `place` and `subnet` are texts; the workload is empty where it is named as the member is. */
export type PageMember = readonly [
  id: string,
  name: string,
  group: number,
  workload: string,
  ips: string,
  publicIps: string,
  place: number,
  subnet: number,
];

/** Whether something surely passes, or may for all that could be seen; and what became of it. */
export const SURELY = 0;
export const MAYBE = 1;
export const SAME = 0;
export const OPENED = 1;
export const CLOSED = 2;

/** What passes into a group. `from` is the place of a list of `sources`. */
export type PageWay = readonly [
  to: number,
  flows: number,
  from: number,
  certainty: typeof SURELY | typeof MAYBE,
  state: typeof SAME | typeof OPENED | typeof CLOSED,
];

/** Groups as ranges: by turns how many are left out, and how many follow. */
export type PageSources = readonly number[];

/** What addresses outside can open. `from` and `flows` are texts. */
export type PageDoor = {
  readonly member: number;
  readonly family: 4 | 6;
  readonly from: number;
  readonly flows: number;
  readonly breadth: 'whole' | 'wide' | 'limited';
  readonly isSure: boolean;
  /** The load balancers on the way, by name. */
  readonly through?: readonly string[];
  /** `before` and `after`: told otherwise on the other side, and of this piece nothing was closed, or opened. */
  readonly state?: 'opened' | 'closed' | 'before' | 'after';
};

/** A step from one member to another; -1 is the internet, or somebody outside. -1 for an explanation: there is none. */
export type PageHop = readonly [
  from: number,
  to: number,
  flows: number,
  explanation: number,
  explanationBefore?: number,
];

export type PagePath = {
  readonly hops: readonly number[];
  readonly isSure: boolean;
  /** Whether a check complains of it; the others are how things are built. */
  readonly isFound: boolean;
  /** Of a comparison: the side that it is on, where it is not on both. */
  readonly side?: 'before' | 'after';
};

export type PageStep = {
  readonly mark: 'passes' | 'blocks' | 'unknown';
  readonly kind: string;
  readonly text: string;
  readonly below: readonly string[];
};

export type PageExplanation = {
  readonly verdict: 'allowed' | 'denied' | 'unknown';
  /** The one flow that was looked at. */
  readonly flow: string;
  readonly steps: readonly number[];
  readonly notes: readonly string[];
};
