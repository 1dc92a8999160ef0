export { AttachedThings } from './changed/attached-things.ts';
export { changedThings, type ChangedThings } from './changed/changed-things.ts';
export {
  AccountMismatch,
  collect,
  credentialsFor,
  failureOf,
  isCredentialFailure,
  tryReads,
  type CollectOptions,
  type CollectProgress,
  type CredentialsOptions,
  type CredentialsProvider,
  type Failure,
  type TriedRead,
} from './collect/index.ts';
export * from './event/index.ts';
export { neighboursOf } from './neighbours.ts';
export * from './resources/index.ts';
export * from './snapshot-file/index.ts';
export { serviceFilters, translate, type ServiceFilter } from './translate/index.ts';
export { fixForms, type FixForms } from './fix/fix-forms.ts';
export { ownersOf, type OwnerMark } from './fix/owner.ts';
export { wayBack, type Undo, type WayBack } from './undo/undo.ts';
