export { analyse, analyseTogether, type Analysis } from './analysis.ts';
export { answersOf } from './answered.ts';
export { POSSIBLE, SURE, type Bound } from './band.ts';
export { cellOf, repliesOf, routedOf, type Cell } from './cell.ts';
export { cellThrough, repliesThrough } from './cell.ts';
export { connectionsTo, connectivity, type Connection } from './connectivity.ts';
export { GroupedConnectivity, type GroupedConnection } from './grouped.ts';
export { diff, exposureChanges, gains, type Diff, type ExposureChange } from './diff.ts';
export type { FlowChange } from './flow-change.ts';
export { egress, exposures, oneWay, type Exposure } from './exposure.ts';
export { breadthOf, ipsFor, openTo, type Breadth, type OutsideReach } from './outside-reach.ts';
export { doorways, type Doorway } from './doorways.ts';
export { outsidePairs, type OutsidePair } from './outside-pairs.ts';
export type { Plane } from './plane.ts';
export { wayLeft } from './way-left.ts';
export { reanalyse } from './reanalyse.ts';
export { localDiff, type ChangedEnd, type EndChange, type LocalDiff } from './local-diff.ts';
export { planeOf, reachAt, reachBetween, type Reach } from './reach.ts';
export { sourceName, type PathHop } from './path-hop.ts';
export {
  HostGraph,
  PATH_LIMITS,
  type GraphOptions,
  type Path,
  type PathLimits,
  type PathStart,
  type Reached,
} from './paths.ts';
export { relayedConnections, type RelayedConnection } from './relayed-connections.ts';
export { relayedExposures, type RelayedExposure } from './relayed.ts';
export type { Dial } from './relay-segment.ts';
export { explainRelayed, type RelayedExplanation } from './explain-relayed.ts';
export { handedOn, placesOfHandoff, type HandoffPlaces } from './handoff-cell.ts';
export { explainDoors, type DoorExplanation } from './explain-doors.ts';
export { explainHairpin } from './explain-hairpin.ts';
export { NAT64_PREFIX } from './nat64.ts';
export { explain } from './explain.ts';
export type { End, EndpointState, Explanation, Mark, Step } from './explanation.ts';
export { unanswered, type Unanswered } from './unanswered.ts';
export { exposuresOnWaking, relayedOnWaking, type WakingExposure } from './waking.ts';
export type { RuleMatch } from './match.ts';
export type { TierRules } from './tiers.ts';
