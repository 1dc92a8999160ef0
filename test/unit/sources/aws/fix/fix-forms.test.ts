import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { formatCidr, IpSet, TransportSet } from '#netset';
import { idOf, type Endpoint, type Network, type Relay, type Rule } from '#model';
import { fixForms, translate } from '#sources/aws';
import { ACCOUNT, group, snapshot, type Bodies } from '../translate/account.ts';
import { ANY, groups, record, records, tcp, valueOf } from '../undo/commands.ts';

type Words = Pick<Rule, 'selector' | 'transport'>;

const networkOf = (permissions: readonly Bodies[], more: Bodies = {}): Network =>
  translate([groups(permissions, more)]);

/** The forms of putting other rules in place of one of the rules that `sg-1` lets in. */
function forms(network: Network, instead: readonly Words[] = [], at = 0) {
  const policy = network.policies.get(idOf<'policy'>('sg-1'))!;
  const rule = policy.rules.filter(({ direction }) => direction === 'ingress')[at]!;
  return fixForms(network, [{ kind: 'rule', policy: policy.id, rule, instead }]);
}

const from = (cidr: string, transport: TransportSet): Words => ({
  selector: { kind: 'ips', ips: IpSet.parse(cidr) },
  transport,
});

const VPC = 'vpc-1';
const WORLD = tcp(22, { IpRanges: [{ CidrIp: '0.0.0.0/0', Description: 'ssh' }] });
const SSH = TransportSet.tcp(22);

describe('a rule that is taken away', () => {
  it('goes by its id where it has one', () => {
    const network = networkOf([WORLD], records(record('sgr-0a', { CidrIpv4: '0.0.0.0/0' })));
    expect(forms(network).awsCli).toEqual([
      'aws ec2 revoke-security-group-ingress --region eu-west-1 --group-id sg-1 --security-group-rule-ids sgr-0a',
    ]);
  });

  it.each<[string, Bodies]>([
    ['a block', tcp(22, { IpRanges: [{ CidrIp: '198.51.100.0/24', Description: 'office' }] })],
    ['an IPv6 block', tcp(22, { Ipv6Ranges: [{ CidrIpv6: '2001:db8::/32' }] })],
    ['a prefix list', tcp(443, { PrefixListIds: [{ PrefixListId: 'pl-1', Description: 'a, b' }] })],
    ['a group', tcp(22, { UserIdGroupPairs: [{ GroupId: 'sg-2' }] })],
    ['everything', ANY],
    ['a range of ports', { ...tcp(0, { IpRanges: [{ CidrIp: '10.0.0.0/8' }] }), ToPort: 65535 }],
    ['UDP', { IpProtocol: 'udp', FromPort: 53, ToPort: 60, IpRanges: [{ CidrIp: '10.0.0.0/8' }] }],
    ['any ICMP', { IpProtocol: 'icmp', FromPort: -1, ToPort: -1, IpRanges: [{ CidrIp: '10.0.0.0/8' }] }],
    ['an echo', { IpProtocol: 'icmp', FromPort: 8, ToPort: -1, IpRanges: [{ CidrIp: '10.0.0.0/8' }] }],
    ['one code', { IpProtocol: 'icmp', FromPort: 3, ToPort: 4, IpRanges: [{ CidrIp: '10.0.0.0/8' }] }],
    ['any ICMPv6', { IpProtocol: 'icmpv6', FromPort: -1, ToPort: -1, Ipv6Ranges: [{ CidrIpv6: '::/0' }] }],
    ['a protocol without ports', { IpProtocol: '50', IpRanges: [{ CidrIp: '10.0.0.0/8' }] }],
    [
      'a quote, a backslash and $(a command) in its description',
      tcp(22, { IpRanges: [{ CidrIp: '10.0.0.0/8', Description: `it's "so" \\ $(id) \`id\` <x>` }] }),
    ],
  ])('without an id by exactly what it says: %s', (_, permission) => {
    const { awsCli } = forms(networkOf([permission]));
    expect(awsCli).toHaveLength(1);
    expect(awsCli[0]).toMatch(
      /^aws ec2 revoke-security-group-ingress --region eu-west-1 --group-id sg-1 --ip-permissions '/,
    );
    expect(valueOf(awsCli[0]!, '--ip-permissions')).toEqual([permission]);
  });

  it('leaves the other sources of its permission alone', () => {
    const both = tcp(22, { IpRanges: [{ CidrIp: '0.0.0.0/0' }, { CidrIp: '198.51.100.0/24' }] });
    const [command] = forms(networkOf([both])).awsCli;
    expect(valueOf(command!, '--ip-permissions')).toEqual([tcp(22, { IpRanges: [{ CidrIp: '0.0.0.0/0' }] })]);
  });

  it('has no command where nobody can say it: a group of an account that was not read', () => {
    const far = tcp(22, { UserIdGroupPairs: [{ UserId: '444455556666', GroupId: 'sg-9' }] });
    expect(forms(networkOf([far]))).toEqual({ awsCli: [], owners: [] });
  });
});

describe('a rule that becomes narrower', () => {
  const withId = networkOf([WORLD], records(record('sgr-0a', { CidrIpv4: '0.0.0.0/0' })));

  it('is changed where it stands, if it keeps its kind of source', () => {
    const { awsCli } = forms(withId, [from('10.0.0.0/16', SSH)]);
    expect(awsCli).toHaveLength(1);
    expect(awsCli[0]).toMatch(/^aws ec2 modify-security-group-rules --region eu-west-1 --group-id sg-1 /);
    expect(valueOf(awsCli[0]!, '--security-group-rules')).toEqual([
      {
        SecurityGroupRuleId: 'sgr-0a',
        SecurityGroupRule: {
          IpProtocol: 'tcp',
          FromPort: 22,
          ToPort: 22,
          CidrIpv4: '10.0.0.0/16',
          Description: 'ssh',
        },
      },
    ]);
  });

  it.each<[string, readonly Words[], Bodies]>([
    [
      'two blocks',
      [from('10.0.0.0/16', SSH), from('10.2.0.0/16', SSH)],
      tcp(22, {
        IpRanges: [
          { CidrIp: '10.0.0.0/16', Description: 'ssh' },
          { CidrIp: '10.2.0.0/16', Description: 'ssh' },
        ],
      }),
    ],
    [
      'a group',
      [{ selector: { kind: 'group', group: idOf('sg-2') }, transport: SSH }],
      tcp(22, { UserIdGroupPairs: [{ GroupId: 'sg-2', Description: 'ssh' }] }),
    ],
  ])('lets in what stays before it goes: %s', (_, instead, permission) => {
    const { awsCli } = forms(withId, instead);
    expect(awsCli.map((command) => command.split(' ')[2])).toEqual([
      'authorize-security-group-ingress',
      'revoke-security-group-ingress',
    ]);
    expect(valueOf(awsCli[0]!, '--ip-permissions')).toEqual([permission]);
    expect(awsCli[1]).toContain('--security-group-rule-ids sgr-0a');
  });

  it('does not let in again what is let in already: AWS refuses that', () => {
    const network = networkOf([WORLD, tcp(22, { IpRanges: [{ CidrIp: '10.0.0.0/16' }] })]);
    const { awsCli } = forms(network, [from('10.0.0.0/16', SSH)]);
    expect(awsCli.map((command) => command.split(' ')[2])).toEqual(['revoke-security-group-ingress']);
  });
});

describe('two rules of a group in a template', () => {
  const network = networkOf([WORLD, tcp(23, { IpRanges: [{ CidrIp: '0.0.0.0/0' }] })]);
  const policy = network.policies.get(idOf<'policy'>('sg-1'))!;
  const changes = policy.rules
    .filter(({ direction }) => direction === 'ingress')
    .map((rule) => ({
      kind: 'rule' as const,
      policy: policy.id,
      rule,
      instead: [from('10.0.0.0/16', rule.transport)],
    }));
  const { terraform = '', cloudFormation = '' } = fixForms(network, changes);

  it('no two that come are called alike', () => {
    expect([...terraform.matchAll(/^\+ resource "\w+" "(\w+)"/gm)].map(([, name]) => name)).toEqual([
      'instead_1',
      'instead_2',
    ]);
    expect([...cloudFormation.matchAll(/^\+ (\w+):$/gm)].map(([, name]) => name)).toEqual([
      'Instead1',
      'Instead2',
    ]);
  });

  it('the other ways to say a rule are named, since they overwrite each other', () => {
    expect(
      terraform.match(/or as aws_security_group_rule, change that instead: do not mix them/g),
    ).toHaveLength(2);
    expect(
      cloudFormation.match(/in the SecurityGroupIngress of the group, change that instead/g),
    ).toHaveLength(2);
  });
});

describe('as text for templates', () => {
  const DESCRIPTION = '  description       = "a \\"b\\" $${c} %%{d}\\n- e"';
  const nasty = tcp(22, { IpRanges: [{ CidrIp: '0.0.0.0/0', Description: 'a "b" ${c} %{d}\n- e' }] });
  const { terraform, cloudFormation } = forms(networkOf([nasty]), [
    from('10.0.0.0/16', SSH),
    from('2001:db8::/32', SSH),
  ]);

  it('Terraform gets blocks, in which no description begins anything', () => {
    expect(
      terraform?.split('\n').filter((line) => /^[-+] (?:resource| {2}(?:cidr|desc))/.test(line)),
    ).toEqual([
      '- resource "aws_vpc_security_group_ingress_rule" "old" {',
      '-   cidr_ipv4         = "0.0.0.0/0"',
      `- ${DESCRIPTION}`,
      '+ resource "aws_vpc_security_group_ingress_rule" "instead_1" {',
      '+   cidr_ipv4         = "10.0.0.0/16"',
      `+ ${DESCRIPTION}`,
      '+ resource "aws_vpc_security_group_ingress_rule" "instead_2" {',
      '+   cidr_ipv6         = "2001:db8::/32"',
      `+ ${DESCRIPTION}`,
    ]);
  });

  it('CloudFormation gets resources that are YAML', () => {
    const fresh = cloudFormation
      ?.split('\n')
      .filter((line) => line.startsWith('+ '))
      .map((line) => line.slice(2))
      .join('\n');
    expect(parse(fresh ?? '')).toEqual({
      Instead1: {
        Type: 'AWS::EC2::SecurityGroupIngress',
        Properties: {
          GroupId: 'sg-1',
          IpProtocol: 'tcp',
          FromPort: 22,
          ToPort: 22,
          CidrIp: '10.0.0.0/16',
          Description: 'a "b" ${c} %{d}\n- e',
        },
      },
      Instead2: {
        Type: 'AWS::EC2::SecurityGroupIngress',
        Properties: {
          GroupId: 'sg-1',
          IpProtocol: 'tcp',
          FromPort: 22,
          ToPort: 22,
          CidrIpv6: '2001:db8::/32',
          Description: 'a "b" ${c} %{d}\n- e',
        },
      },
    });
  });
});

/** The resources of a text that come with a sign, as the template that they make. */
function template(text: string | undefined, sign: '+' | '-'): unknown {
  const lines = (text ?? '').split('\n').filter((line) => line.startsWith(`${sign} `));
  return parse(lines.map((line) => line.slice(2)).join('\n'), { logLevel: 'error' });
}

describe('what is no rule of a group', () => {
  const TABLE = {
    RouteTableId: 'rtb-1',
    VpcId: VPC,
    Associations: [],
    Routes: [
      {
        DestinationCidrBlock: '10.1.0.0/16',
        GatewayId: 'igw-1',
        State: 'active',
        Origin: 'CreateRoute',
      },
      {
        DestinationPrefixListId: 'pl-1',
        GatewayId: 'igw-1',
        State: 'active',
        Origin: 'CreateRoute',
      },
    ],
  };
  const network = translate([
    snapshot({
      DescribeManagedPrefixLists: { PrefixLists: [{ PrefixListId: 'pl-1', PrefixListName: 'both' }] },
      GetManagedPrefixListEntries: {
        'pl-1': { Entries: [{ Cidr: '10.2.0.0/16' }, { Cidr: '10.3.0.0/16' }] },
      },
      DescribeRouteTables: { RouteTables: [TABLE] },
      DescribeNetworkAcls: {
        NetworkAcls: [
          {
            NetworkAclId: 'acl-1',
            VpcId: VPC,
            Entries: [
              { RuleNumber: 100, Egress: false, Protocol: '-1', RuleAction: 'allow', CidrBlock: '0.0.0.0/0' },
              { RuleNumber: 90, Egress: true, Protocol: '-1', RuleAction: 'allow', CidrBlock: '0.0.0.0/0' },
            ],
          },
        ],
      },
    }),
  ]);
  const table = network.routeTables.get(idOf<'route-table'>('rtb-1'))!;

  it.each([
    ['10.1.0.0/16', '--destination-cidr-block 10.1.0.0/16', 'destination_cidr_block', 'DestinationCidrBlock'],
    [
      '10.2.0.0/16',
      '--destination-prefix-list-id pl-1',
      'destination_prefix_list_id',
      'DestinationPrefixListId',
    ],
  ])('a route to %s goes as a whole: %s', (cidr, option, argument, member) => {
    const route = table.routes.find(({ destination }) => destination && formatCidr(destination) === cidr)!;
    const forms = fixForms(network, [{ kind: 'route', table: table.id, route }]);
    expect(forms.awsCli).toEqual([
      `aws ec2 delete-route --region eu-west-1 --route-table-id rtb-1 ${option}`,
    ]);
    const blocks = option.split(' ')[1]!;
    expect(forms.terraform).toContain(`-   ${argument} = "${blocks}"`);
    expect(forms.terraform).toMatch(/^- {3}gateway_id +=/m);
    expect(template(forms.cloudFormation, '-')).toEqual({
      Old: {
        Type: 'AWS::EC2::Route',
        Properties: { RouteTableId: 'rtb-1', [member]: blocks, GatewayId: 'igw-1' },
      },
    });
  });

  it('denials take numbers before the first entry of any direction', () => {
    const policy = network.policies.get(idOf<'policy'>('acl-1'))!;
    const rules = ['0.0.0.0/0', '::/0'].map((block) => ({
      ...policy.rules[0]!,
      action: 'deny' as const,
      ...from(block, SSH),
    }));
    const forms = fixForms(network, [{ kind: 'acl', policy: policy.id, rules }]);
    expect(forms.awsCli).toEqual([
      'aws ec2 create-network-acl-entry --region eu-west-1 --network-acl-id acl-1 --ingress --rule-number 88 --protocol 6 --rule-action deny --cidr-block 0.0.0.0/0 --port-range From=22,To=22',
      'aws ec2 create-network-acl-entry --region eu-west-1 --network-acl-id acl-1 --ingress --rule-number 89 --protocol 6 --rule-action deny --ipv6-cidr-block ::/0 --port-range From=22,To=22',
    ]);
    expect(forms.terraform).toContain('+ resource "aws_network_acl_rule" "instead_2" {');
    expect(template(forms.cloudFormation, '+')).toMatchObject({
      Instead1: {
        Type: 'AWS::EC2::NetworkAclEntry',
        Properties: { RuleNumber: 88, Protocol: 6, Egress: false, PortRange: { From: 22, To: 22 } },
      },
    });
  });

  it('a listener is deleted by its ARN, or by its port where it has none', () => {
    const LISTENER = 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:listener/net/a/0/1';
    const balancer = (id: string): Relay => ({
      id: idOf<'relay'>(id),
      name: id,
      entrances: [],
      listeners: [],
      isWhole: true,
      at: { source: 'aws', account: ACCOUNT, region: 'eu-west-1', path: '', id },
    });
    const command = (relay: Relay, id: string) =>
      fixForms({ ...network, relays: new Map([[relay.id, relay]]) }, [
        {
          kind: 'listener',
          relay: relay.id,
          listener: {
            transport: TransportSet.tcp(443),
            carries: 'bytes',
            handoffs: [],
            at: { ...relay.at, id },
          },
        },
      ]).awsCli;
    expect(command(balancer('arn:balancer'), LISTENER)).toEqual([
      `aws elbv2 delete-listener --region eu-west-1 --listener-arn ${LISTENER}`,
    ]);
    expect(command(balancer('classic'), 'classic')).toEqual([
      'aws elb delete-load-balancer-listeners --region eu-west-1 --load-balancer-name classic --load-balancer-ports 443',
    ]);
  });

  it('a group of its own lets out in a template no more than the one before it', () => {
    const own = (egress: readonly Bodies[]) => {
      const closed = translate([
        snapshot({
          DescribeSecurityGroups: {
            SecurityGroups: [group('sg-1', { IpPermissions: [WORLD], IpPermissionsEgress: egress })],
          },
        }),
      ]);
      const policy = idOf<'policy'>('sg-1');
      const endpoint = { id: 'eni-1', host: 'i-1', role: 'host', network: VPC, policies: [policy] };
      const change = { kind: 'group' as const, policy, endpoints: [endpoint as unknown as Endpoint] };
      return template(fixForms(closed, [change]).cloudFormation, '+');
    };
    expect(own([])).toMatchObject({
      Own: { Properties: { SecurityGroupEgress: [{ IpProtocol: '-1', CidrIp: '127.0.0.1/32' }] } },
    });
    expect(own([ANY])).toMatchObject({
      Own: { Properties: { SecurityGroupEgress: [{ IpProtocol: '-1', CidrIp: '0.0.0.0/0' }] } },
    });
  });
});

describe('who keeps a group', () => {
  it.each<[string, Readonly<Record<string, string>>, string, RegExp | undefined]>([
    [
      'a stack',
      { 'aws:cloudformation:stack-name': 'shop', 'aws:cloudformation:logical-id': 'Web' },
      'web',
      /^cloudformation: sg-1 belongs to the CloudFormation stack shop, resource Web: change it there/,
    ],
    [
      'a stack by its ARN',
      { 'aws:cloudformation:stack-id': 'arn:aws:cloudformation:eu-west-1:111122223333:stack/shop/0a1b' },
      'web',
      /^cloudformation: .* stack shop:/,
    ],
    [
      'the CDK',
      { 'aws:cloudformation:stack-name': 'shop', 'aws:cdk:path': 'shop/web' },
      'web',
      /^cdk: .* stack shop, written with the CDK/,
    ],
    ['Service Catalog', { 'aws:servicecatalog:productArn': 'arn:p' }, 'web', /^service-catalog: .* arn:p/],
    ['Terraform by a tag of its name', { terraform: 'true' }, 'web', /^terraform: .*terraform=true/],
    ['Terraform as manager', { ManagedBy: 'Terraform' }, 'web', /^terraform: .*ManagedBy=Terraform/],
    ['Terraform by what it calls a group', {}, 'terraform-20240101120000000000000001', /^terraform: /],
    ['and by a prefix', {}, 'tf-web', /^terraform: .*its name tf-web/],
    ['Pulumi', { 'managed-by': 'pulumi' }, 'web', /^pulumi: /],
    ['a cluster', { 'kubernetes.io/cluster/prod': 'owned' }, 'web', /^kubernetes: .* cluster prod/],
    ['a controller', { 'elbv2.k8s.aws/cluster': 'prod' }, 'web', /^kubernetes: .* controller .* prod/],
    ['EKS', {}, 'eks-cluster-sg-prod-123', /^service: EKS/],
    ['nobody: a cluster only uses it', { 'kubernetes.io/cluster/prod': 'shared' }, 'web', undefined],
    ['nobody: it says so', { terraform: 'false' }, 'web', undefined],
    ['nobody: a word within a word', { ManagedBy: 'terraformers guild' }, 'web', undefined],
    ['nobody', { Name: 'terraform' }, 'web', undefined],
  ])('%s', (_, tags, name, expected) => {
    const network = translate([
      snapshot({
        DescribeSecurityGroups: {
          SecurityGroups: [
            group('sg-1', {
              GroupName: name,
              IpPermissions: [WORLD],
              IpPermissionsEgress: [],
              Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
            }),
          ],
        },
      }),
    ]);
    const [owner] = forms(network).owners;
    if (expected === undefined) expect(owner).toBeUndefined();
    else expect(`${owner?.tool ?? ''}: ${owner?.text ?? ''}`).toMatch(expected);
  });
});
