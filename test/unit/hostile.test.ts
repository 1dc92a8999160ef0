import { describe, expect, it } from 'vitest';
import { parseTransport, TransportSet } from '#netset';
import {
  analyse,
  connectivity,
  explain,
  exposures,
  HostGraph,
  type Analysis,
  type Connection,
} from '#engine';
import type { Endpoint } from '#model';
import { toldFixes } from '#app';
import { audit, fixesFor, TrialBudget } from '#findings';
import {
  blindSpotLines,
  connectionLines,
  explanationLines,
  exposureLines,
  findingLines,
  NO_STYLE,
  pathLine,
  summaryLine,
} from '#report';
import { translate, type AwsSnapshot } from '#sources/aws';
import { groupRing, HOSTILE_ACCOUNTS, type Snapshot } from '../bench/world/hostile.ts';

/** What acts on a terminal instead of being shown: C0 without the line end, DEL, C1, and marks that turn the reading direction. */
const ACTS = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/u;

const CONNECTIONS = 1_000;
/** Each fix is an analysis of the whole account, and each explanation a walk over all rules. */
const FIXES = 3;
const EXPLANATIONS = 5;
/** Far more than any of these accounts takes, 65,536 rules in one group included; a square of them would not fit. */
const MILLISECONDS = 60_000;

function analysisOf(snapshots: readonly Snapshot[]): Analysis {
  return analyse(translate(snapshots as readonly AwsSnapshot[]));
}

function connectionsOf(analysis: Analysis): Connection[] {
  const found: Connection[] = [];
  for (const connection of connectivity(analysis)) {
    found.push(connection);
    if (found.length === CONNECTIONS) break;
  }
  return found;
}

/** What an account looks like in words: every kind of line that is written about one. */
function linesOf(analysis: Analysis): string[] {
  const { network } = analysis;
  const graph = new HostGraph(analysis);
  const paths = graph
    .fallsFrom({ kind: 'internet' })
    .flatMap(({ host }) => graph.pathsTo({ kind: 'internet' }, host));
  const connections = connectionsOf(analysis);
  const explanations = connections.slice(0, EXPLANATIONS).flatMap(({ from, to }) => {
    const found = explain(
      analysis,
      { kind: 'endpoint', id: from },
      { kind: 'endpoint', id: to },
      TransportSet.ALL,
    );
    return found === undefined ? [] : explanationLines(found, network, from, to, TransportSet.ALL, NO_STYLE);
  });
  const findings = audit(analysis).flatMap((finding, i) => {
    const budget = new TrialBudget(i < FIXES ? undefined : 0);
    const told = toldFixes(network, fixesFor(analysis, finding, { budget }));
    return findingLines({ finding, ...told }, NO_STYLE);
  });
  return [
    summaryLine(network),
    ...exposureLines(exposures(analysis), analysis.network, NO_STYLE),
    ...connectionLines(network, connections, NO_STYLE),
    ...paths.map((path) => pathLine(path, NO_STYLE)),
    ...explanations,
    ...findings,
    // one at a time: of many of one kind only a few are named
    ...[...network.blindSpots.values()].flatMap((spot) => blindSpotLines([spot], NO_STYLE)),
  ];
}

describe('an account that somebody made to do harm', () => {
  it.each(Object.entries(HOSTILE_ACCOUNTS))(
    '%s is answered, and nothing of it acts on a terminal',
    (_, build) => {
      const lines = linesOf(analysisOf(build()));
      expect(lines.join('\n')).toMatch(/^read \d+ interfaces?/);
      expect(lines.filter((line) => ACTS.test(line))).toEqual([]);
    },
    MILLISECONDS,
  );

  it('names are shown, not left out', () => {
    const build = HOSTILE_ACCOUNTS['hostileNames'];
    const text = linesOf(analysisOf(build?.() ?? [])).join('\n');
    expect(text).toContain('\\u001b');
  });
});

describe('groups that admit one another through three accounts', () => {
  const analysis = analysisOf(groupRing());
  const web = new Map(
    [...analysis.network.endpoints.values()]
      .filter(({ name }) => name === 'web')
      .map((endpoint) => [endpoint.account as string, endpoint]),
  );
  const hostIn = (account: string): Endpoint => {
    const found = web.get(account);
    if (found === undefined) throw new Error(`no web host in ${account}`);
    return found;
  };
  const ssh = parseTransport('tcp/22') ?? TransportSet.NONE;
  const [first, second, third] = ['111122223333', '444455556666', '123456789012'] as const;

  it.each([
    [second, first, 'allowed'],
    [third, second, 'allowed'],
    [first, third, 'allowed'],
    [first, second, 'denied'],
    [second, third, 'denied'],
    [third, first, 'denied'],
  ])('from %s to %s: %s', (from, to, verdict) => {
    const end = (account: string) => ({ kind: 'endpoint', id: hostIn(account).id }) as const;
    const found = explain(analysis, end(from), end(to), ssh);
    expect(found?.verdict).toBe(verdict);
  });

  it('lead on from one account to the next', () => {
    const graph = new HostGraph(analysis);
    const paths = graph.pathsTo({ kind: 'host', host: hostIn(first).host }, hostIn(second).host);
    const ways = paths
      .filter(({ hops }) => hops.every(({ transport }) => ssh.isSubsetOf(transport)))
      .map(({ hops, isSure }) => [isSure, ...hops.map(({ to }) => to.account)]);
    expect(ways).toEqual([[true, third, second]]);
  });
});
