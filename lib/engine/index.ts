export { analyse, analyseTogether, type Analysis } from './analysis.ts';
export { POSSIBLE, SURE, type Bound } from './band.ts';
export { cellOf, repliesOf, routedOf, type Cell } from './cell.ts';
export { connectionsTo, connectivity, type Connection } from './connectivity.ts';
export { diff, type Diff, type ExposureChange, type FlowChange } from './diff.ts';
export { breadthOf, egress, exposures, ipsFor, openTo, type Breadth, type Exposure, type OutsideReach } from './exposure.ts';
export type { Plane } from './plane.ts';
export { planeOf, reachAt, reachBetween, type Reach } from './reach.ts';
