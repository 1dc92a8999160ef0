import { TransportSet } from '#netset';
import { analyse, type Analysis } from '#engine';
import { serviceFilters, translate, type AwsSnapshot } from '#sources/aws';
import { checkEntriesComplete, checkEntryFact } from './entry-facts.ts';
import { factsOf } from './facts-of.ts';
import { checkFiltersComplete, checkFilterFact } from './filter-facts.ts';
import { checkPairs, checkUniverse } from './flow-complete.ts';
import { checkFlowFact } from './flow-facts.ts';
import { checkGroupFacts } from './group-facts.ts';
import { COUNTED } from './packets.ts';
import { withPresumedAcls } from './presumed-acls.ts';
import { presumesRoutes, withNoOtherWays, withPresumedRoutes } from './presumed-routes.ts';
import { broken, resultOf, skipped, type CaseResult, type Check } from './result.ts';
import { checkStateFact } from './state-facts.ts';
import {
  awsExpectation,
  entryFact,
  filterFact,
  flowFact,
  problemOf,
  stateFact,
  type AwsExpectation,
} from './statement.ts';
import { checkSubnetUniverse } from './subnet-complete.ts';
import { checkSubnetFact } from './subnet-facts.ts';

/** Runs one case of facts about AWS responses. */
export function runAwsCase(snapshots: readonly AwsSnapshot[], expected: unknown): CaseResult {
  const parsed = awsExpectation.safeParse(expected);
  if (!parsed.success) return broken('expected.json', problemOf(parsed.error));
  if (parsed.data.kind === 'lint') return skipped("a peer's wording");
  return resultOf(checksOf(snapshots, parsed.data));
}

function checksOf(snapshots: readonly AwsSnapshot[], expectation: AwsExpectation): readonly Check[] {
  const { kind, facts: values, complete } = expectation;
  switch (kind) {
    case 'flows':
    case 'explain': {
      // a peer that explains counts what it lists, and nothing else
      const counted = kind === 'explain' ? COUNTED : TransportSet.ALL;
      const analysis = presumed(snapshots, expectation, false);
      const { facts, checks } = factsOf(flowFact, values);
      const pairs = complete ? checkPairs(analysis, facts, counted) : [];
      return [...checks, ...facts.flatMap((fact) => checkFlowFact(analysis, fact, counted)), ...pairs];
    }
    case 'endpoint-connectivity': {
      const analysis = presumed(snapshots, expectation, true);
      const { facts, checks } = factsOf(flowFact, values);
      const universe = complete ? checkUniverse(analysis, expectation.universe ?? [], facts) : [];
      return [...checks, ...facts.flatMap((fact) => checkFlowFact(analysis, fact, COUNTED)), ...universe];
    }
    case 'subnet-connectivity': {
      const analysis = presumed(snapshots, expectation, true);
      const { facts, checks } = factsOf(flowFact, values);
      const universe = complete ? checkSubnetUniverse(analysis, expectation.universe ?? [], facts) : [];
      return [...checks, ...facts.flatMap((fact) => checkSubnetFact(analysis, fact)), ...universe];
    }
    case 'eni-filter': {
      const services = snapshots.flatMap((snapshot) => serviceFilters(snapshot));
      const analysis = analyse(translate(snapshots.map(withNoOtherWays)));
      const { facts, checks } = factsOf(filterFact, values);
      const rest = complete ? checkFiltersComplete(analysis, services, facts) : [];
      return [...checks, ...facts.map((fact) => checkFilterFact(analysis, services, fact)), ...rest];
    }
    case 'security-group-rules': {
      const { facts, checks } = factsOf(filterFact, values);
      return [...checks, ...checkGroupFacts(snapshots, facts, complete)];
    }
    case 'network-acl-entries': {
      const network = translate(snapshots);
      const { facts, checks } = factsOf(entryFact, values);
      const rest = complete ? checkEntriesComplete(network, facts) : [];
      return [...checks, ...facts.map((fact) => checkEntryFact(network, fact)), ...rest];
    }
    case 'resource-state': {
      const network = translate(snapshots);
      const services = snapshots.flatMap((snapshot) => serviceFilters(snapshot));
      const { facts, checks } = factsOf(stateFact, values);
      return [...checks, ...facts.map((fact) => checkStateFact(network, snapshots, services, fact))];
    }
    case 'lint':
      return [];
  }
}

/**
 * The network of a case, with what the case says is to be presumed. The two kinds of connectivity always presume routes where
 * there are none, other kinds where the case says so.
 */
function presumed(
  snapshots: readonly AwsSnapshot[],
  { assumptions = [] }: AwsExpectation,
  isConnectivity: boolean,
): Analysis {
  const isRouted = isConnectivity || presumesRoutes(assumptions);
  const completed = snapshots.map((snapshot) => (isRouted ? withPresumedRoutes(snapshot) : snapshot));
  return analyse(translate(completed.map((snapshot) => withPresumedAcls(snapshot, assumptions))));
}
