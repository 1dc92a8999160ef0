import { readFileSync } from 'node:fs';
import { ChannelFailure } from '#notify';
import type { AwsSnapshot } from '#sources/aws';
import { matchesPattern } from '../support/event-pattern.ts';
import { Watched } from '../support/watched.ts';
import { isSilent, misses, type Case } from './case.ts';
import { CIS, CUSTODIAN, PROWLER, SECURITY_MONKEY } from './peer.ts';
import { account, admits, type Scene } from './scene.ts';

const MINUTE = 60_000;
const API = 'https://docs.aws.amazon.com/AWSEC2/latest/APIReference';
const SSH_OPENED = 'opened CRITICAL SSH on web is open to the whole internet';

const PATTERNS = JSON.parse(
  readFileSync(new URL('../../infra/events/patterns.json', import.meta.url), 'utf8'),
) as Readonly<Record<string, unknown>>;

/** One host whose group opens SSH to the office, or to everybody. */
const web = (source: string, more: Partial<Scene> = {}): AwsSnapshot =>
  account({
    groups: { 'sg-0a1b2c3d4e5f60718': [admits('tcp/22', source)] },
    cards: { web: { ip: '10.0.0.10', publicIp: '198.51.100.10', groups: ['sg-0a1b2c3d4e5f60718'] } },
    ...more,
  });
const OFFICE = web('203.0.113.0/28');
const WORLD = web('0.0.0.0/0');

async function watching(before: AwsSnapshot): Promise<Watched> {
  const world = new Watched(before);
  await world.schedule();
  await world.pass(5 * MINUTE);
  world.heard.length = 0;
  return world;
}

/** What people are told once the account is another and this call is heard of; nothing if no event rule lets the call through. */
async function toldOf(call: string, before: AwsSnapshot, after: AwsSnapshot): Promise<string[]> {
  const world = await watching(before);
  world.account = after;
  const event = world.event(call, ['sg-0a1b2c3d4e5f60718']);
  const isHeard = Object.values(PATTERNS).some((pattern) =>
    matchesPattern(pattern, { ...event, region: 'eu-west-1' }),
  );
  if (isHeard) await world.notice(event);
  await world.pass(5 * MINUTE);
  return world.told();
}

/** Slack and SNS fail when the news is new, and are well again after. */
async function toldAfter(fault: () => Error): Promise<string[][]> {
  const world = await watching(OFFICE);
  world.account = WORLD;
  for (const channel of ['slack', 'sns']) world.broken.set(channel, fault);
  await world.notice(world.event('AuthorizeSecurityGroupIngress', ['sg-0a1b2c3d4e5f60718']));
  await world.pass(2 * MINUTE);
  world.broken.clear();
  await world.pass(60 * MINUTE);
  return [world.told('slack'), world.told('sns')];
}

const withoutWay = web('0.0.0.0/0', { routes: [] });

export const WATCHING: readonly Case[] = [
  {
    id: 'watch',
    name: 'a route that turns a private subnet public is told by what it opens',
    page: `${API}/API_CreateRoute.html`,
    mistakes: [
      isSilent(
        CUSTODIAN,
        'c7n/resources/vpc.py',
        "Compares the text of a group's rules, and needs the history of AWS Config for it; what a change lets through is not computed.",
      ),
      isSilent(
        SECURITY_MONKEY,
        'security_monkey/templates/jinja_change_item.html',
        'Compares the text of two configurations; what a change lets through is not computed.',
      ),
    ],
    ask: () => toldOf('CreateRoute', withoutWay, WORLD),
    right: [SSH_OPENED],
  },
  {
    id: 'watch',
    name: 'an edit of a rule in its place is heard of',
    page: `${API}/API_ModifySecurityGroupRules.html`,
    mistakes: [
      misses(
        CIS,
        'prowler/compliance/aws/cis_3.0_aws.json',
        'Names in 1.4 and 3.0 the calls that add and take away rules, and not the one that edits them; 5.0 and later do.',
      ),
      misses(
        PROWLER,
        'prowler/providers/aws/services/cloudwatch/cloudwatch_log_metric_filter_security_group_changes/cloudwatch_log_metric_filter_security_group_changes.py',
        'Passes an alarm that names six calls and not the one that edits rules.',
      ),
    ],
    ask: () => toldOf('ModifySecurityGroupRules', OFFICE, WORLD),
    right: [SSH_OPENED],
  },
  ...(
    [
      ['AssociateRouteTable', 'a subnet that gets another route table'],
      ['CreateNatGateway', 'a NAT gateway that is made'],
      ['CreateEgressOnlyInternetGateway', 'an egress-only gateway that is made'],
      ['CreateTransitGatewayRoute', 'a route of a transit gateway'],
      ['ModifyManagedPrefixList', 'an entry that is added to a prefix list'],
      ['ModifyNetworkInterfaceAttribute', 'an interface that gets other groups'],
    ] as const
  ).map(([call, what]): Case => ({
    id: 'watch',
    name: `${what} is heard of`,
    page: `${API}/API_${call}.html`,
    mistakes: [
      misses(CIS, 'prowler/compliance/aws/cis_7.0_aws.json', `Leaves ${call} out of its lists up to 7.0.`),
    ],
    ask: () => toldOf(call, call.includes('RouteTable') ? withoutWay : OFFICE, WORLD),
    right: [SSH_OPENED],
  })),
  {
    id: 'watch',
    name: 'what Slack and SNS refused for a while is said later',
    page: 'https://docs.aws.amazon.com/sns/latest/api/API_Publish.html',
    mistakes: [
      misses(
        CUSTODIAN,
        'tools/c7n_mailer/c7n_mailer/slack_delivery.py',
        'Waits as long as Slack asks after a 429, and then does not send again; errors of SNS are swallowed.',
      ),
    ],
    ask: () =>
      toldAfter(() => new ChannelFailure('429: slow down', { mayRecover: true, retryAfterMs: 30_000 })),
    right: [[SSH_OPENED], [SSH_OPENED]],
  },
];
