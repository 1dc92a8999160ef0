import type { TargetKey } from '#store';

/** A target as an owner of notes: `111122223333/eu-west-1`. */
export function targetName({ account, region }: TargetKey): string {
  return `${account}/${region}`;
}
