export { readManifests } from './collect/manifests.ts';
export { readDocuments, type Documents } from './read/documents.ts';
export {
  placeText,
  type KubernetesObject,
  type Problem,
  type ReadAt,
  type ReadObject,
} from './resources/index.ts';
export { translate, type ClusterInput, type TranslateOptions } from './translate/translate.ts';
