import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { applyPatch, type Operation } from 'rfc6902';
import { changeBetween, changeLines, loadSnapshots, NO_STYLE, toChangeJson, type Change } from '#app';
import { idsOf, smallAccount, type SmallAccount } from '../../bench/world/small-account.ts';
import { addRule, tcp } from '../../bench/world/small-rules.ts';
import { ACCOUNT, scratch } from '../../support/run-cli.ts';

const { write } = scratch();
const { webGroup, dbGroup } = idsOf(1);

/** What came of a change to the small account. */
async function after(
  change: (account: SmallAccount) => void,
  before: (account: SmallAccount) => void = () => undefined,
): Promise<Change> {
  const account = smallAccount();
  before(account);
  const old = await loadSnapshots(write('before.json', account));
  change(account);
  return changeBetween(old, await loadSnapshots(write('after.json', account)), undefined);
}

const open =
  (cidr: string, port = 22) =>
  (account: SmallAccount) => {
    addRule(account, webGroup, 'ingress', { ...tcp(port), peer: { cidr } });
  };
const told = ({ opened, resolved }: Change) => ({
  opened: opened.map(({ check }) => check),
  resolved: resolved.map(({ check }) => check),
});
const headline = (change: Change): string => changeLines(change, NO_STYLE)[0]!;

describe('a change', () => {
  it('that opens a door is a finding, with an undo that is proven', async () => {
    const change = await after(open('0.0.0.0/0'));
    expect(told(change)).toEqual({ opened: ['admin-port-exposed'], resolved: [] });
    expect(change.undo).toMatchObject({
      isProven: true,
      commands: [expect.stringContaining(`--group-id ${webGroup}`) as unknown],
    });
    expect(headline(change)).toMatch(/^CRITICAL {2}SSH on web is open to the whole internet/);
  });

  it('of a group that a stack keeps says so with the undo', async () => {
    const kept = (account: SmallAccount): void => {
      for (const group of account.DescribeSecurityGroups.SecurityGroups)
        Object.assign(group, { Tags: [{ Key: 'aws:cloudformation:stack-name', Value: 'shop' }] });
    };
    const change = await after(open('0.0.0.0/0'), kept);
    expect(change.undo?.owners).toEqual([
      expect.stringContaining(`${webGroup} belongs to the CloudFormation stack shop`),
    ]);
  });

  it('that closes it resolves the finding', async () => {
    const change = await after((account) => {
      for (const group of account.DescribeSecurityGroups.SecurityGroups)
        group.IpPermissions = group.IpPermissions.filter(({ FromPort }) => FromPort !== 22);
      const { DescribeSecurityGroupRules: rules } = account;
      rules.SecurityGroupRules = rules.SecurityGroupRules.filter(
        ({ FromPort, IsEgress }) => IsEgress || FromPort !== 22,
      );
    }, open('0.0.0.0/0'));
    expect(told(change)).toEqual({ opened: [], resolved: ['admin-port-exposed'] });
    expect(change.undo).toBeUndefined();
    expect(change.restore?.commands).toEqual([
      expect.stringMatching(/^aws ec2 authorize-security-group-ingress .*"CidrIp":"0\.0\.0\.0\/0"/),
    ]);
    expect(toChangeJson(change).restore).toEqual(change.restore);
    expect(headline(change)).toMatch(/^closed/);
    expect(changeLines(change, NO_STYLE).join(' ')).toMatch(/ rule .*, was removed .* restore aws ec2 /);
  });

  it('that adds a port to a known finding is news, one that adds a rule to the same is not', async () => {
    expect(told(await after(open('0.0.0.0/0', 3389), open('0.0.0.0/0')))).toEqual({
      opened: ['admin-port-exposed'],
      resolved: [],
    });
    expect(told(await after(open('52.0.0.0/8'), open('0.0.0.0/0')))).toEqual({ opened: [], resolved: [] });
  });

  it('that admits an office is no finding and yet is told', async () => {
    const change = await after(open('198.51.100.0/24'));
    expect(told(change)).toEqual({ opened: [], resolved: [] });
    expect(change.diff.exposures).toHaveLength(1);
    expect(headline(change)).not.toMatch(/^quiet/);
  });

  it('inside tells which private paths opened', async () => {
    const change = await after((account) => {
      addRule(account, dbGroup, 'ingress', {
        ...tcp(22),
        peer: { group: webGroup, owner: account._meta.account },
      });
    });
    expect(headline(change)).toBe(
      'MEDIUM    1 private path opened to db on tcp 22; nothing opened to the internet',
    );
    expect(change.undo).toMatchObject({ isProven: true });
  });

  it('of nothing is quiet', async () => {
    const change = await after(() => undefined);
    expect(headline(change)).toMatch(/^quiet/);
    expect(changeLines(change, NO_STYLE)).toHaveLength(1);
    expect(change.undo).toBeUndefined();
  });

  it('in a description alone is quiet', async () => {
    const change = await after((account) => {
      for (const rule of account.DescribeSecurityGroupRules.SecurityGroupRules)
        rule.Description = 'another word';
    });
    expect(headline(change)).toMatch(/^quiet/);
  });

  it('that puts something on the default group is not quiet', async () => {
    const change = await after((account) => {
      const web = account.DescribeSecurityGroups.SecurityGroups.find(({ GroupId }) => GroupId === webGroup)!;
      web.GroupName = 'default';
    });
    expect(told(change).opened).toEqual(['default-group-in-use']);
    expect(headline(change)).toMatch(/^LOW/);
  });

  it.each<[string, (account: SmallAccount) => void, (account: SmallAccount) => void, RegExp]>([
    [
      'by a route',
      (account) => {
        open('0.0.0.0/0')(account);
        for (const table of account.DescribeRouteTables.RouteTables)
          table.Routes = table.Routes.filter(({ GatewayId }) => GatewayId === 'local');
      },
      (account) => {
        const [, table] = account.DescribeRouteTables.RouteTables;
        const GatewayId = account.DescribeInternetGateways.InternetGateways[0]!.InternetGatewayId;
        table!.Routes.push({
          DestinationCidrBlock: '0.0.0.0/0',
          GatewayId,
          Origin: 'CreateRoute',
          State: 'active',
        });
      },
      /^aws ec2 delete-route .* --destination-cidr-block 0\.0\.0\.0\/0$/,
    ],
    [
      'by an ACL entry',
      (account) => {
        open('0.0.0.0/0')(account);
        for (const entry of account.DescribeNetworkAcls.NetworkAcls[0]!.Entries)
          if (!entry.Egress && entry.RuleNumber < 32_767) entry.RuleAction = 'deny';
      },
      (account) => {
        for (const entry of account.DescribeNetworkAcls.NetworkAcls[0]!.Entries)
          if (!entry.Egress && entry.RuleNumber < 32_767) entry.RuleAction = 'allow';
      },
      /^aws ec2 replace-network-acl-entry .* --ingress --rule-number \d+ .* --rule-action deny/,
    ],
    [
      'by editing a rule',
      open('198.51.100.0/24'),
      (account) => {
        const group = account.DescribeSecurityGroups.SecurityGroups.find(
          ({ GroupId }) => GroupId === webGroup,
        );
        for (const { FromPort, IpRanges } of group!.IpPermissions)
          if (FromPort === 22) for (const range of IpRanges) range.CidrIp = '0.0.0.0/0';
        for (const rule of account.DescribeSecurityGroupRules.SecurityGroupRules)
          if (rule.FromPort === 22 && !rule.IsEgress) Object.assign(rule, { CidrIpv4: '0.0.0.0/0' });
      },
      /^aws ec2 modify-security-group-rules .*198\.51\.100\.0\/24/,
    ],
  ])('that opens a door %s is undone by what made it', async (_, before, change, command) => {
    const made = await after(change, before);
    expect(told(made).opened).toContain('admin-port-exposed');
    expect(made.undo).toEqual({ commands: [expect.stringMatching(command) as unknown], isProven: true });
    expect(made.restore).toBeUndefined();
  });

  it('of which the commands take back a part only is not said to be proven', async () => {
    const change = await after(
      (account) => {
        addRule(account, dbGroup, 'ingress', { ...tcp(22), peer: { cidr: '10.0.0.0/8' } });
        // no command for this: an interface that gets another group
        for (const card of account.DescribeNetworkInterfaces.NetworkInterfaces)
          card.Groups = [{ GroupId: webGroup, GroupName: 'web' }];
      },
      open('10.0.0.0/8', 8080),
    );
    expect(change.diff.opened).not.toEqual([]);
    expect(change.undo).toMatchObject({ isProven: false });
  });

  it('taken backwards resolves what it opened', async () => {
    const before = await loadSnapshots(ACCOUNT);
    const account: unknown = structuredClone(before[0]);
    const event = 'examples/demo-account/events/01-bastion-ssh-world/patch.json';
    applyPatch(account, JSON.parse(readFileSync(event, 'utf8')) as Operation[]);
    const patched = await loadSnapshots(write('patched.json', account));
    const there = changeBetween(before, patched, undefined);
    const back = changeBetween(patched, before, undefined);
    const prints = (list: Change['opened']) => list.map(({ fingerprint }) => fingerprint);
    expect(prints(back.resolved)).toEqual(prints(there.opened));
    expect(back.diff.closed).toHaveLength(there.diff.opened.length);
    expect(back.opened).toEqual([]);
  });
});
