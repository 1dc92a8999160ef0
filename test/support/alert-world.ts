import { alertBlameOf, SEVERITIES, type Change, type Finding } from '#findings';
import { changeOf, MARA } from './change.ts';
import type { NetworkSpec } from './network.ts';

export const OUT = 'out all to any';
export const OFFICE = 'in tcp/22 from 198.51.100.0/24';
export const WORLD = 'in tcp/22 from any';

/** A public host `web`, a private `api` behind it and a database behind that. */
export const worldOf = (web: readonly string[], api: readonly string[] = []): NetworkSpec => ({
  groups: { web: [OUT, ...web], api: [OUT, ...api], db: [OUT, 'in tcp/5432 from group api'] },
  hosts: {
    web: { at: '10.0.0.10=203.0.113.10', groups: ['web'] },
    'api-1': { at: '10.0.1.11', groups: ['api'] },
    'api-2': { at: '10.0.1.12', groups: ['api'] },
    orders: { at: '10.0.1.20', groups: ['db'], role: 'database', canPivot: false },
  },
});
type Rules = readonly [web: readonly string[], api?: readonly string[]];
export const between = (before: Rules, after: Rules, more: Partial<Change> = {}): Change =>
  changeOf(worldOf(...before), worldOf(...after), more);

export const PLACE = { account: '111122223333', region: 'eu-west-1', time: '2026-03-02T10:01:07Z' };
export const BY_MARA = { place: PLACE, blame: [alertBlameOf(MARA)], blameIs: 'these' } as const;
export const BY_NOBODY = { place: PLACE, blame: [], blameIs: 'nobody' } as const;
export const UNDO = { commands: ['undo it'], isProven: true };
export const RESTORE = { commands: ['restore it'] };
export const BOTH = { blame: MARA, undo: UNDO, restore: RESTORE };

export const BRIDGE = 'in tcp/22 from group web';
export const opening = between([[OFFICE], [BRIDGE]], [[OFFICE, WORLD], [BRIDGE]], BOTH);
export const closing = between([[OFFICE, WORLD], [BRIDGE]], [[OFFICE], [BRIDGE]], BOTH);

/** Findings of all severities, the least first, under names of their own. */
export function findings(count: number): Finding[] {
  const [model] = opening.opened;
  return Array.from({ length: count }, (_, i) => ({
    ...model!,
    severity: SEVERITIES[SEVERITIES.length - 1 - Math.floor((i * SEVERITIES.length) / count)]!,
    fingerprint: `0000-${String(i).padStart(4, '0')}`,
    title: `finding ${String(i)}`,
  }));
}
