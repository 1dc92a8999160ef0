import { describe, expect, it } from 'vitest';
import { NO_STYLE } from '#report';
import { checkCount, checkLines } from '../../../../lib/app/doctor/check-lines.ts';
import { diagnose } from '../../../../lib/app/doctor/diagnose.ts';
import type { AccountFacts, HubFacts, RegionFacts } from '../../../../lib/app/doctor/facts.ts';
import { notTold, told } from '../../../../lib/app/doctor/told.ts';
import { ACCOUNT, ALL_WRITES, DENIED, facts, HUB, OWN, rules, trail } from './facts.ts';

type Judged = readonly [state: string, why: RegExp, todo: RegExp];

/** The one check that is not fine. */
function fault(given: Parameters<typeof facts>[0]) {
  const faults = diagnose(facts(given)).filter(({ state }) => state !== 'ok');
  expect(faults).toHaveLength(1);
  return faults[0]!;
}

function expectFault(given: Parameters<typeof facts>[0], [state, why, todo]: Judged): void {
  const { state: found, why: said, remedy, run } = fault(given);
  expect(found).toBe(state);
  expect(said).toMatch(why);
  expect([remedy, ...run].join('\n')).toMatch(todo);
}

/** The own account, with its second Region changed. */
function elsewhere(changes: Partial<RegionFacts>): AccountFacts {
  if (!OWN.regions.told) throw new Error('the facts are told');
  const [first, second] = OWN.regions.value;
  return { ...OWN, regions: told([first!, { ...second!, ...changes }]) };
}

const ORG = trail({
  arn: 'arn:aws:cloudtrail:us-east-1:999988887777:trail/org',
  isOrganization: true,
  isLogging: DENIED,
});

describe('an account that is set up', () => {
  it('lacks nothing', () => {
    const checks = diagnose(facts());
    expect(checks.map(({ state, what, at }) => [state, what, at])).toEqual([
      ['ok', 'hub, bus', `${ACCOUNT}/eu-west-1`],
      ['ok', 'SNS topic', `${ACCOUNT}/eu-west-1`],
      ['ok', 'reads, by you', ACCOUNT],
      ['ok', 'CloudTrail', `${ACCOUNT}/eu-west-1`],
      ['ok', 'hub, own Region', `${ACCOUNT}/eu-west-1`],
      ['ok', 'read by the hub', `${ACCOUNT}/eu-west-1`],
      ['ok', 'CloudTrail', `${ACCOUNT}/us-east-1`],
      ['ok', 'forwarder', `${ACCOUNT}/us-east-1`],
      ['ok', 'sign of life', `${ACCOUNT}/us-east-1`],
      ['ok', 'read by the hub', `${ACCOUNT}/us-east-1`],
    ]);
    expect(checks.every(({ remedy, run }) => remedy === '' && run.length === 0)).toBe(true);
  });
});

const MAIL = {
  from: 'postern@shop.example',
  account: told({ isProduction: true, isSending: true }),
  sender: told(true),
  recipients: [],
} satisfies HubFacts['mail'];

describe('the weekly mail', () => {
  const sandbox = told({ isProduction: false, isSending: true });
  const to = (isVerified: NonNullable<HubFacts['mail']>['sender']) => ({
    account: sandbox,
    recipients: [{ address: 'sec@shop.example', isVerified }],
  });
  it.each<[string, Partial<NonNullable<HubFacts['mail']>>, Judged]>([
    [
      'no identity',
      { sender: told(undefined) },
      ['missing', /neither postern@shop.example nor its domain/, /create-email-identity .*postern@shop/],
    ],
    ['an identity that waits', { sender: told(false) }, ['missing', /not verified yet/, /link to follow/]],
    [
      'sending that is off',
      { account: told({ isProduction: true, isSending: false }) },
      ['missing', /switched off/, /console of SES/],
    ],
    ['an account that is not told', { account: DENIED }, ['unknown', /AccessDenied/, /Grant it/]],
    [
      'in the sandbox, a recipient that is not verified',
      to(told(undefined)),
      ['missing', /neither sec@shop.example/, /create-email-identity/],
    ],
  ])('%s', (_, changes, judged) => {
    expectFault({ hub: { mail: { ...MAIL, ...changes } } }, judged);
  });

  it('says that the sandbox is one, where all in it are verified', () => {
    const checks = diagnose(facts({ hub: { mail: { ...MAIL, ...to(told(true)) } } }));
    expect(checks.filter(({ what }) => what.startsWith('SES')).map(({ state, why }) => [state, why])).toEqual(
      [
        ['ok', expect.stringMatching(/sandbox.*verified addresses only/)],
        ['ok', 'postern@shop.example, or its domain, is verified'],
        ['ok', 'sec@shop.example, or its domain, is verified'],
      ],
    );
  });
});

describe('a Region', () => {
  it.each<[string, Partial<RegionFacts>, Judged]>([
    ['no trail', { trails: told([]) }, ['missing', /no trail covers/, /create-trail.*--is-multi-region/]],
    [
      'a trail of another Region alone',
      { trails: told([trail({ isMultiRegion: false })]) },
      ['missing', /no trail covers/, /create-trail/],
    ],
    [
      "an organisation's trail of another Region alone",
      { trails: told([trail({ isMultiRegion: false, isOrganization: true })]) },
      ['missing', /no trail covers/, /create-trail/],
    ],
    [
      'a trail that is off',
      { trails: told([trail({ isLogging: told(false) })]) },
      ['missing', /audit is turned off/, /start-logging --region eu-west-1 --name arn:.*audit/],
    ],
    [
      'a trail of reads',
      {
        trails: told([
          trail({ selectors: told({ ...ALL_WRITES, basic: [{ management: true, readWrite: 'ReadOnly' }] }) }),
        ]),
      },
      ['missing', /logs no management events that write/, /get-event-selectors/],
    ],
    [
      'a trail of some writes',
      {
        trails: told([
          trail({
            selectors: told({
              basic: [],
              advanced: [
                [
                  { field: 'eventCategory', equals: ['Management'], hasMore: false },
                  { field: 'eventName', equals: ['RunInstances'], hasMore: false },
                ],
              ],
            }),
          }),
        ]),
      },
      ['unknown', /leaves out some changes, by a condition on eventName/, /get-event-selectors/],
    ],
    ['trails that are not told', { trails: DENIED }, ['unknown', /AccessDenied/, /Grant it/]],
    [
      "an organisation's trail that may not be asked",
      { trails: told([ORG]) },
      ['unknown', /organisation trail org: .*AccessDenied/, /its own account, 999988887777/],
    ],
    [
      'a trail that is off, beside one that may not be asked',
      { trails: told([trail({ isLogging: told(false) }), ORG]) },
      ['unknown', /organisation trail org/, /999988887777/],
    ],
    [
      'no forwarder',
      { rules: told([]) },
      [
        'missing',
        /event rules are not there/,
        /forwardRegions.*\n.*list-stack-instances --region eu-west-1 .*-set-name postern-prod-forwarder .*-region us-east-1\n.*serverless deploy --region eu-west-1/,
      ],
    ],
    [
      'a forwarder without its sign of life',
      { rules: told(rules('postern-prod-forward', 'ec2', 'services', 'tampering')) },
      ['missing', /postern-prod-forward-heartbeat not there/, /list-stack-instances/],
    ],
    [
      "the hub's rules in place of the forwarder's",
      { rules: told(rules('postern-prod', 'ec2', 'services', 'tampering')) },
      ['missing', /event rules are not there/, /list-stack-instances/],
    ],
    [
      'a rule that is off',
      {
        rules: told([
          ...rules('postern-prod-forward', 'services', 'tampering', 'heartbeat'),
          { name: 'postern-prod-forward-ec2', isEnabled: false },
        ]),
      },
      ['missing', /forward-ec2 turned off/, /enable-rule --region us-east-1 --name postern-prod-forward-ec2/],
    ],
    ['rules that are not told', { rules: DENIED }, ['unknown', /AccessDenied/, /Grant it/]],
  ])('%s', (_, changes, judged) => {
    expectFault({ accounts: [elsewhere(changes)] }, judged);
  });

  it("of another account gets its forwarder by a stack there, not by the hub's StackSet", () => {
    const other: AccountFacts = { ...elsewhere({ rules: told([]) }), account: '444455556666' };
    const checks = diagnose(facts({ accounts: [other] }));
    const forwarder = checks.find(({ what, at }) => what === 'forwarder' && at === '444455556666/us-east-1');
    expect(forwarder).toMatchObject({ state: 'missing' });
    expect(forwarder!.run).toEqual([
      expect.stringMatching(
        /^aws cloudformation deploy --region us-east-1 .*HubAccount=1{4}2{4}3{4} HubRegion=eu-west-1/,
      ),
    ]);
  });

  it('is fine by one good trail among bad ones', () => {
    const off = trail({ isLogging: told(false) });
    const checks = diagnose(facts({ accounts: [elsewhere({ trails: told([off, ORG, trail()]) })] }));
    expect(checks.every(({ state }) => state === 'ok')).toBe(true);
  });
});

describe('the hub', () => {
  it.each<[string, Partial<HubFacts>, Judged]>([
    [
      'no bus',
      { busRules: told(undefined) },
      ['missing', /no bus postern-prod/, /serverless deploy .*--stage prod/],
    ],
    [
      'a bus that hears no heartbeat',
      { busRules: told(rules('postern-prod-hub', 'ec2', 'services', 'tampering')) },
      ['missing', /hub-heartbeat not there/, /serverless deploy/],
    ],
    [
      'a rule on the bus that is off',
      {
        busRules: told([
          ...rules('postern-prod-hub', 'ec2', 'services', 'heartbeat'),
          { name: 'postern-prod-hub-tampering', isEnabled: false },
        ]),
      },
      [
        'missing',
        /turned off/,
        /enable-rule --region eu-west-1 --event-bus-name postern-prod --name postern-prod-hub-tampering/,
      ],
    ],
    ['a bus that is not told', { busRules: DENIED }, ['unknown', /AccessDenied/, /Grant it/]],
    [
      'no topic',
      { topic: told(undefined) },
      ['missing', /no topic arn:aws:sns:eu-west-1:/, /serverless deploy/],
    ],
    [
      'nobody subscribed',
      { topic: told({ confirmed: 0, pending: 0 }) },
      ['missing', /nobody is subscribed/, /aws sns subscribe/],
    ],
    [
      'nobody confirmed',
      { topic: told({ confirmed: 0, pending: 2 }) },
      ['missing', /2 subscribed and nobody has confirmed/, /mail/],
    ],
    ['a topic that is not told', { topic: DENIED }, ['unknown', /AccessDenied/, /Grant it/]],
    ['no secret', { slackSecret: told('absent') }, ['missing', /no \/postern\/prod\/slack/, /put-parameter/]],
    [
      'a secret in no form',
      { slackSecret: told({ malformed: 'is in none of the known forms' }) },
      ['missing', /none of the known forms/, /put-parameter/],
    ],
    ['a secret that is not told', { slackSecret: DENIED }, ['unknown', /AccessDenied/, /Grant it/]],
    [
      'a table that is not told, said once',
      { heartbeats: DENIED, lastReads: DENIED },
      ['unknown', /AccessDenied/, /Grant it/],
    ],
    [
      'a forwarder not heard of yet',
      { heartbeats: told(new Map()) },
      ['unknown', /not heard/, /within a day/],
    ],
    [
      'a forwarder that went silent',
      { heartbeats: told(new Map([[`${ACCOUNT}/us-east-1`, '2026-02-28T09:59:59.000Z']])) },
      ['missing', /last heard of 2026-02-28T09:59:59/, /postern-prod-forward-dead/],
    ],
    [
      'a Region that was never read',
      { lastReads: told(new Map([[`${ACCOUNT}/eu-west-1`, '2026-03-01T11:30:00.000Z']])) },
      ['missing', /^never/, /aws logs tail --region eu-west-1/],
    ],
  ])('%s', (_, hub, judged) => {
    expectFault({ hub }, judged);
  });

  it('has been late from three hours on', () => {
    const at = (time: string) =>
      diagnose(
        facts({
          hub: { lastReads: told(new Map(['eu-west-1', 'us-east-1'].map((r) => [`${ACCOUNT}/${r}`, time]))) },
        }),
      ).filter(({ state }) => state === 'missing').length;
    expect([at('2026-03-01T09:00:00.000Z'), at('2026-03-01T08:59:59.000Z')]).toEqual([0, 2]);
  });

  it('is not asked about by the credentials of another account', () => {
    const { hub: _, ...there } = facts();
    expect(diagnose(there).map(({ what }) => what)).not.toContain('SNS topic');
  });
});

describe('an account', () => {
  it.each<[string, Partial<AccountFacts>, Judged]>([
    [
      'a read that is denied',
      {
        reads: told([
          { call: 'DescribeVpcs', action: 'ec2:DescribeVpcs', outcome: 'denied' },
          { call: 'DescribeSubnets', action: 'ec2:DescribeSubnets', outcome: 'not told', why: 'timeout' },
        ]),
      },
      ['missing', /1 of 2 are denied.*ec2:DescribeVpcs$/, /reader-role\.yml/],
    ],
    [
      'a read that could not be tried',
      { reads: told([{ call: 'DescribeSubnets', action: 'x', outcome: 'not told', why: 'timeout' }]) },
      ['unknown', /DescribeSubnets could not be tried: timeout/, /Try again/],
    ],
    ['Regions that are not told', { regions: DENIED }, ['unknown', /AccessDenied/, /Grant it/]],
  ])('%s', (_, changes, judged) => {
    expectFault({ accounts: [{ ...OWN, ...changes }] }, judged);
  });

  it('that lets nobody in is unknown, and what the hub reads of it is said', () => {
    const closed = notTold('AccessDenied', { remedy: 'Ask there' });
    const other: AccountFacts = { account: '444455556666', entry: closed, reads: closed, regions: closed };
    const lastReads = told(
      new Map([...lastReadsOf(HUB), ['444455556666/eu-west-1', '2026-03-01T11:00:00.000Z']]),
    );
    const of = (hub: Partial<HubFacts>) =>
      diagnose(facts({ accounts: [other], hub }))
        .filter(({ at }) => at.startsWith('4444'))
        .map(({ state, what, at }) => [state, what, at]);
    expect(of({ lastReads })).toEqual([
      ['unknown', 'way in', '444455556666'],
      ['ok', 'read by the hub', '444455556666/eu-west-1'],
    ]);
    expect(of({})).toEqual([
      ['unknown', 'way in', '444455556666'],
      ['missing', 'read by the hub', '444455556666'],
    ]);
  });

  it('list that is not told leaves all accounts unknown', () => {
    const checks = diagnose({ ...facts(), accounts: DENIED });
    expect(checks.find(({ what }) => what === 'watched accounts')?.state).toBe('unknown');
  });
});

describe('what is printed', () => {
  const bare: AccountFacts = {
    ...OWN,
    regions: told(
      ['eu-west-1', 'us-east-1', 'us-east-2', 'us-west-2', 'eu-north-1', 'sa-east-1', 'ap-south-1'].map(
        (region) => ({
          region,
          trails: told([]),
          rules: notTold(`x\u001b[31m\nlong ${'y '.repeat(150)}the end`, { remedy: 'Grant it' }),
        }),
      ),
    ),
  };
  const checks = diagnose(facts({ accounts: [bare] }));
  const lines = checkLines(checks, NO_STYLE);

  it('says the same in several places once, what is missing first', () => {
    expect(lines[0]).toBe(
      `missing   CloudTrail  ${ACCOUNT} eu-west-1, us-east-1, us-east-2, us-west-2, eu-north-1, sa-east-1`,
    );
    expect(lines[1]).toBe('          and 1 more');
    expect(lines.filter((line) => line.includes('create-trail'))).toHaveLength(1);
    expect(lines.filter((line) => line.startsWith('missing'))).toHaveLength(2);
    expect(checkCount(checks)).toBe('12 missing, 7 unknown, 5 ok');
  });

  it('fits the screen, shows no control character and cuts no sentence', () => {
    expect(lines.filter((line) => line.length > 100)).toEqual([]);
    expect(lines.join('\n')).not.toContain('\u001b');
    expect(lines.join(' ')).toContain('the end');
  });
});

function lastReadsOf({ lastReads }: HubFacts): ReadonlyMap<string, string> {
  return lastReads.told ? lastReads.value : new Map<string, string>();
}
