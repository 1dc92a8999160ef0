export { clusterChange, failsGate, type ClusterChange, type OutsideChange } from './cluster-change.ts';
export { clusterChangeLines } from './cluster-change-lines.ts';
export { toClusterChangeJson } from './cluster-change-json.ts';
export { loadKubernetes } from './load-kubernetes.ts';
export { potentialExposureLines, toPotentialExposureJson } from './potential-exposure-lines.ts';
