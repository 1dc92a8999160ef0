import { FRAMEWORKS, type Control } from '#findings';

/** The techniques of a finding; a sub-technique names its technique as well. https://schema.ocsf.io/1.9.0/objects/attack */
export function ocsfAttacks(controls: readonly Control[]): object[] {
  return controls
    .filter(({ framework }) => framework === 'mitre-attack')
    .map(({ id }) => {
      const [technique = id, sub] = id.split('.');
      return {
        technique: { uid: technique },
        ...(sub !== undefined && { sub_technique: { uid: id } }),
        version: FRAMEWORKS['mitre-attack'].version,
      };
    });
}
