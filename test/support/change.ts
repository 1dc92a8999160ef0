import { diff } from '#engine';
import { audit, type Blame, type Change } from '#findings';
import { networkOf, type NetworkSpec } from './network.ts';

/** A change between two made-up networks; what is left out of the second is as in the first. */
export function changeOf(
  before: NetworkSpec,
  after: Partial<NetworkSpec>,
  more: Partial<Change> = {},
): Change {
  const delta = diff(networkOf(before), networkOf({ ...before, ...after }));
  const [was, is] = [audit(delta.before), audit(delta.after)];
  const prints = (list: Change['opened']) => new Set(list.map(({ fingerprint }) => fingerprint));
  return {
    blame: undefined,
    diff: delta,
    opened: is.filter(({ fingerprint }) => !prints(was).has(fingerprint)),
    resolved: was.filter(({ fingerprint }) => !prints(is).has(fingerprint)),
    newVictims: [],
    undo: undefined,
    restore: undefined,
    ...more,
  };
}

export const MARA: Blame = {
  call: 'AuthorizeSecurityGroupIngress',
  who: 'mara',
  role: 'network-admin',
  mfa: true,
  tool: 'aws-cli/2.22.12',
  sourceIp: '198.51.100.23',
  time: '2026-03-02T10:01:07Z',
  account: '111122223333',
  region: 'eu-west-1',
  isEffective: true,
  ids: [],
};
