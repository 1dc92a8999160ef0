import type { BlindSpotCode } from '#model';

/** One rule of AWS, and what becomes of it here. Tests of test/peers with the rule's id prove it besides those that are named. */
export type Rule = {
  readonly id: string;
  readonly rule: string;
  /** Where AWS says so. */
  readonly page: string;
  /** Further pages, for what the first does not say. */
  readonly more?: readonly string[];
  /** What of it no page of AWS's documentation was found to say. */
  readonly unconfirmed?: string;
  /** Tests: file and name. */
  readonly tests: readonly (readonly [file: string, name: string])[];
  /** What of it is not modelled, and the blind spot by which people see that. */
  readonly unknown?: { readonly what: string; readonly codes: readonly BlindSpotCode[] };
  /** False where all of it is told as unknown, and that is what the tests prove. */
  readonly isModelled?: false;
  /** What needs no model, and why. */
  readonly note?: string;
};
