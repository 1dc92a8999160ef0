import { describe, expect, it } from 'vitest';
import type { Alert, AlertKind } from '#findings';
import { routesFor, type Route } from '#notify';
import { BASTION_OPENED } from '../../support/alert.ts';

const channels = ['sns', 'slack', 'eventbridge'];

function toSlack(
  route: Omit<Route, 'channel'>,
  change: Partial<Alert> = {},
  units?: readonly string[],
): boolean {
  const routes = [{ channel: 'slack', ...route }];
  const names = routesFor({ ...BASTION_OPENED, ...change }, { channels, routes, ...(units && { units }) });
  expect(names.filter((name) => name !== 'slack')).toEqual(['sns', 'eventbridge']);
  return names.includes('slack');
}

describe('routing', () => {
  it('without routes everything goes everywhere', () => {
    expect(routesFor(BASTION_OPENED, { channels, routes: [] })).toEqual(channels);
  });

  it.each<[string, boolean, Omit<Route, 'channel'>, Partial<Alert>?, (readonly string[])?]>([
    ['no condition', true, {}],
    ['its severity', true, { from: 'critical' }],
    ['a lower severity', true, { from: 'low' }],
    ['a higher severity', false, { from: 'critical' }, { severity: 'high' }],
    ['its account', true, { accounts: ['999999999999', '111122223333'] }],
    ['another account', false, { accounts: ['999999999999'] }],
    ['no account', false, { accounts: [] }],
    ['a unit above', true, { units: ['ou-prod'] }, {}, ['r-root', 'ou-prod', 'ou-shop']],
    ['another unit', false, { units: ['ou-test'] }, {}, ['r-root', 'ou-prod']],
    ['a unit, and it is not known where the account is', false, { units: ['ou-prod'] }],
    ['its owner', true, { owners: ['platform'] }],
    ['another owner', false, { owners: ['payments'] }],
    ['its kind', true, { kinds: ['opened'] }],
    ['another kind', false, { kinds: ['resolved', 'reminder'] }],
    ['all conditions but one', false, { from: 'low', owners: ['platform'], kinds: ['resolved'] }],
  ])('to a route with %s: %s', (_, isSent, route, change, units) => {
    expect(toSlack(route, change, units)).toBe(isSent);
  });

  it('an alert without an owner is nobody’s', () => {
    const { owner: _, ...alert } = BASTION_OPENED;
    const routes: readonly Route[] = [{ channel: 'slack', owners: ['platform'] }];
    expect(routesFor(alert, { channels, routes })).toEqual(['sns', 'eventbridge']);
  });

  it('one route of several is enough, and a channel is named once', () => {
    const routes: readonly Route[] = [
      { channel: 'slack', from: 'critical' },
      { channel: 'slack', owners: ['platform'] },
      { channel: 'gone', from: 'info' },
    ];
    expect(routesFor(BASTION_OPENED, { channels, routes })).toEqual(channels);
    expect(routesFor({ ...BASTION_OPENED, severity: 'low' }, { channels, routes })).toEqual(channels);
  });

  it.each<[AlertKind]>([['tampering'], ['blind-spot'], ['test']])(
    '%s goes to all, whatever the routes',
    (kind) => {
      expect(toSlack({ from: 'critical', accounts: [], kinds: [] }, { kind, severity: 'info' })).toBe(true);
    },
  );
});
