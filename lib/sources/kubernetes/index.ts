export {
  ClusterNotRead,
  collectCluster,
  doubtsOf,
  readingOf,
  readingToText,
  type ClusterCollectOptions,
  type ClusterOptions,
  type ClusterProgress,
  type ClusterReading,
  type ReadBlindSpot,
} from './collect/index.ts';
export * from './enforcement/index.ts';
export * from './join/index.ts';
export { withMarks } from './fix/with-marks.ts';
export { policyForms, type PolicyForms } from './fix/policy-forms.ts';
export { readManifests } from './collect/manifests.ts';
export { readDocuments, type Documents } from './read/documents.ts';
export {
  placeText,
  type KubernetesObject,
  type Problem,
  type ReadAt,
  type ReadObject,
} from './resources/index.ts';
export { byTopOwner } from './translate/by-top-owner.ts';
export type { Doubt } from './translate/doubt.ts';
export { nameOf } from './translate/implies.ts';
export { INGRESS_CONTROLLER } from './translate/ingress-doors.ts';
export { readNetworkPolicies, type NetworkPolicy } from './translate/network-policies.ts';
export { isEveryone } from './translate/match-labels.ts';
export { selectionText, type PodSelection } from './translate/pod-groups.ts';
export type { PotentialPod } from './translate/potential-pods.ts';
export {
  translate,
  type ClusterInput,
  type Translated,
  type TranslateOptions,
} from './translate/translate.ts';
