export { clusterNodes, keepsAddresses, type ClusterNode } from './cluster-nodes.ts';
export { joinAccount, type JoinableCluster } from './join-account.ts';
export { clusterAlone } from './join-blind-spots.ts';
