import type { Facet } from './facet.ts';
import type { FrameworkId } from './framework.ts';

/** A numbered requirement of a framework that a finding touches. */
export type Control = {
  readonly framework: FrameworkId;
  readonly id: string;
  /** True where no published mapping says so, and Postern's authors judged it. */
  readonly isOurs: boolean;
};

/** Controls of one framework that a check maps to, where a finding has all of some facets. */
export type Mapping = {
  readonly framework: FrameworkId;
  readonly ids: readonly string[];
  readonly isOurs: boolean;
  readonly when: readonly Facet[];
};

/** What a check maps to; or why to nothing. */
export type ControlSet = readonly Mapping[] | { readonly none: string };

/**
 * As the compliance files of prowler-cloud/prowler at 3e000fa (2026-08-21) map a check of the same meaning, less that project's own row
 * numbers. https://github.com/prowler-cloud/prowler/tree/master/prowler/compliance/aws
 */
export function published(framework: FrameworkId, ids: readonly string[], ...when: Facet[]): Mapping {
  return { framework, ids, isOurs: false, when };
}

/** As Postern's authors judge it. Whoever attests compliance should look twice. */
export function ours(framework: FrameworkId, ids: readonly string[], ...when: Facet[]): Mapping {
  return { framework, ids, isOurs: true, when };
}
