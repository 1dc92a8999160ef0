import { readFileSync } from 'node:fs';

/** What `expected-findings.json` says, as far as it is compared; README.md beside it tells what each member means. */
export type ExpectedFinding = {
  readonly check: string;
  readonly severity: string;
  readonly subject: string;
  readonly ports?: readonly string[];
  readonly culprits: readonly string[];
  readonly entry?: string;
  readonly path?: readonly string[];
  readonly pathMayGoThrough?: readonly string[];
  readonly hops?: readonly { readonly rules: readonly string[] }[];
};

export type ExpectedFlows = {
  readonly port: string;
  readonly from: readonly string[];
  readonly to: readonly string[];
  readonly hostPairs: number;
  readonly interfacePairs: number;
  readonly culprits?: readonly string[];
  readonly newWayToCrownJewels?: readonly string[];
};

export type ExpectedEvent = {
  readonly message: { readonly severity: string };
  readonly actor: {
    readonly name: string;
    readonly role: string;
    readonly mfa: boolean;
    readonly tool: string;
    readonly sourceAddress: string;
    readonly time: string;
    readonly api: string;
  };
  readonly opened: readonly ExpectedFinding[];
  readonly resolved: readonly ExpectedFinding[];
  readonly openedInside: readonly ExpectedFlows[];
  readonly closedInside: readonly ExpectedFlows[];
  readonly undo: string | null;
  readonly restore?: string;
};

export type Expected = {
  readonly before: readonly ExpectedFinding[];
  readonly events: Readonly<Record<string, ExpectedEvent>>;
  readonly blindSpots: readonly { readonly what: string; readonly required: boolean }[];
  readonly notes: readonly { readonly what: string }[];
  readonly internetReaches: readonly {
    readonly subject: string;
    readonly interfaces: readonly string[];
    readonly ipv4: readonly string[];
    readonly ipv6: readonly string[];
  }[];
  readonly limitedRangesReach: readonly {
    readonly subject: string;
    readonly from: readonly string[];
    readonly ports: readonly string[];
  }[];
};

export function readExpected(): Expected {
  return JSON.parse(readFileSync(new URL('expected-findings.json', import.meta.url), 'utf8')) as Expected;
}

/** The differences that are known and explained, one for each line of `differences.md` that begins with a quoted name. */
export function readKnownDifferences(): readonly string[] {
  const text = readFileSync(new URL('differences.md', import.meta.url), 'utf8');
  return [...text.matchAll(/^- `([^`]+)`/gm)].map(([, name]) => name!);
}
