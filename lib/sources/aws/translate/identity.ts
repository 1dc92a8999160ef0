import type { Role } from '#model';

/** What stands behind an interface, as far as the account proves it. */
export type Identity = {
  readonly role: Role;
  readonly name: string;
  /** The kind and name of what a finding is about; none where that is the host itself. `shown`: its name for people, where it is not that of the interface. */
  readonly workload: { readonly kind: string; readonly name: string; readonly shown?: string } | undefined;
  readonly unfiltered: boolean;
  readonly initiates: boolean;
  readonly listens: boolean;
  readonly canPivot: boolean;
  /** Tags of the thing itself, beside those of its interface. */
  readonly tags: ReadonlyMap<string, string>;
};

const NO_TAGS: ReadonlyMap<string, string> = new Map();

/** A managed service: reached, and reaching out as its groups let it, but nobody works from it. */
export const MANAGED = {
  unfiltered: false,
  initiates: true,
  listens: true,
  canPivot: false,
  tags: NO_TAGS,
} as const satisfies Partial<Identity>;
