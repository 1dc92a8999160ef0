import { describe, expect, it } from 'vitest';
import { idOf, type Network } from '#model';
import { analyse, exposures, exposuresOnWaking } from '#engine';
import { audit, fixesFor, latent } from '#findings';
import { networkOf, UNREAD, type HostSpec, type NetworkSpec } from '../../support/network.ts';
import { relay } from '../../support/relay.ts';

const OUT = 'out all to any';
const SSH = ['in tcp/22 from any', OUT];

const found = (network: Network): string[] =>
  latent(analyse(network)).map(
    ({ severity, check, certainty, title }) =>
      `${severity} ${check}${certainty === 'possibly' ? ' ?' : ''}: ${title}`,
  );

const asleep = (
  host: Partial<HostSpec>,
  rules: readonly string[] = SSH,
  more: Partial<NetworkSpec> = {},
): string[] =>
  found(
    networkOf({
      groups: { a: rules },
      ...more,
      hosts: { a: { at: '10.0.0.10', groups: ['a'], is: 'dormant', ...host }, ...more.hosts },
    }),
  );

const KEPT = { at: '10.0.0.10=203.0.113.10' };

describe('what is off and would be open', () => {
  it.each<[string, Partial<HostSpec>, readonly string[], readonly string[]]>([
    [
      'a stopped machine with an Elastic IP',
      KEPT,
      SSH,
      [
        'medium latent-exposure: SSH on a will be open to the internet once it is started: it keeps 203.0.113.10',
      ],
    ],
    [
      'on another port',
      KEPT,
      ['in tcp/8080 from any', OUT],
      [
        'low latent-exposure: tcp 8080 on a will be open to the internet once it is started: it keeps 203.0.113.10',
      ],
    ],
    [
      'in a subnet that gives out addresses',
      { onStart: 'assigned' },
      SSH,
      [
        'low latent-exposure ?: SSH on a may be open to the internet once it is started: its subnet gives a new public address at start, unless that was declined at launch',
      ],
    ],
    [
      'where only whoever launched it knows',
      { onStart: 'perhaps' },
      SSH,
      [
        'info latent-exposure ?: SSH on a may be open to the internet once it is started: it gets a public address at start if that was chosen at launch, which cannot be read',
      ],
    ],
    [
      'an interface attached to nothing',
      { ...KEPT, is: 'detached' },
      SSH,
      [
        'low latent-exposure: SSH on a will be open to the internet once it is attached to something: it keeps 203.0.113.10',
      ],
    ],
    [
      'with an IPv6 address, which stays',
      { at: ['10.0.0.10', '2600:1::10=2600:1::10'] },
      ['in tcp/22 from ::/0', OUT],
      [
        'medium latent-exposure: SSH on a will be open to the internet once it is started: it keeps 2600:1::10',
      ],
    ],
  ])('%s', (_, host, rules, expected) => {
    expect(asleep(host, rules)).toEqual(expected);
  });

  it.each<[string, Partial<HostSpec>, readonly string[], Partial<NetworkSpec>?]>([
    ['a machine that runs has a finding of its own', { ...KEPT, is: 'live' }, SSH],
    ['one that gets no address', {}, SSH],
    ['an office may knock', KEPT, ['in tcp/22 from 198.51.100.0/24', OUT]],
    ['no rule lets anybody in', KEPT, [OUT]],
    ['nothing listens', { ...KEPT, listens: false }, SSH],
    ['its subnet has no way to the internet', { at: '10.0.1.10', onStart: 'assigned' }, SSH],
    [
      'an ACL stops it',
      KEPT,
      SSH,
      { acls: { open: ['in deny tcp/22 from any', 'in allow all from any', 'out allow all to any'] } },
    ],
  ])('no alarm where %s', (_, host, rules, more) => {
    expect(asleep(host, rules, more)).toEqual([]);
  });

  it('is not told again of a group of machines of which one that runs shows the same', () => {
    const running: HostSpec = { at: '10.0.0.11=203.0.113.11', groups: ['a'], workload: 'w' };
    expect(asleep({ ...KEPT, workload: 'w' }, SSH, { hosts: { b: running } })).toEqual([]);
    expect(
      asleep({ ...KEPT, workload: 'w' }, SSH, { hosts: { b: { ...running, workload: 'v' } } }),
    ).toHaveLength(1);
  });

  it('is only possible where the filter was not read, and says what was not', () => {
    const network = networkOf({
      hosts: { a: { ...KEPT, groups: ['a'], is: 'dormant' } },
      groups: { a: ['in tcp/22 from unread', OUT] },
    });
    const [finding] = latent(analyse(network));
    expect(finding).toMatchObject({ certainty: 'possibly', severity: 'low', because: [UNREAD] });
  });

  it('is never part of what people are alerted to', () => {
    const network = networkOf({
      hosts: { a: { ...KEPT, groups: ['a'], is: 'dormant' } },
      groups: { a: SSH },
    });
    expect(audit(analyse(network))).toEqual([]);
  });

  it('ends with the rule, tried on the model', () => {
    const network = networkOf({
      hosts: { a: { ...KEPT, groups: ['a'], is: 'dormant' } },
      groups: { a: SSH },
    });
    const analysis = analyse(network);
    const [finding] = latent(analysis);
    expect(fixesFor(analysis, finding!).fixes).toMatchObject([
      { kind: 'remove', changes: [{ rule: { id: 'a#0' }, instead: [] }], isProven: true },
    ]);
  });
});

describe('a machine that is off, behind a load balancer that the internet reaches', () => {
  const behind = (port: string, web: Partial<HostSpec>, more: Partial<NetworkSpec> = {}): string[] =>
    latent(
      analyse(
        networkOf({
          hosts: {
            nlb: { at: '10.0.0.20=203.0.113.20', unfiltered: true, role: 'load-balancer' },
            web: { at: '10.0.1.10', groups: ['web'], is: 'dormant', ...web },
          },
          groups: { web: [`in ${port} from 10.0.0.20/32`, OUT] },
          relays: [relay({ id: 'nlb', listeners: { 'tcp/5000': [`web 10.0.1.10 ${port}`] } })],
          ...more,
        }),
      ),
    ).map(({ severity, title }) => `${severity}: ${title}`);

  it('is told of on the ports that are trouble', () => {
    expect(behind('tcp/22', {})).toEqual([
      'medium: SSH on web will be open to the internet once it is started: nlb hands on to it',
    ]);
    expect(behind('tcp/8080', {})).toEqual([]);
    expect(behind('tcp/22', { is: 'live' })).toEqual([]);
  });

  it('not where the load balancer is no way, or one of its kind that runs shows it already', () => {
    expect(behind('tcp/22', {}, { relays: [] })).toEqual([]);
    const hosts: NetworkSpec['hosts'] = {
      nlb: { at: '10.0.0.20', unfiltered: true, role: 'load-balancer' },
      web: { at: '10.0.1.10', groups: ['web'], is: 'dormant' },
    };
    expect(behind('tcp/22', {}, { hosts })).toEqual([]);
    const twins: NetworkSpec['hosts'] = {
      nlb: { at: '10.0.0.20=203.0.113.20', unfiltered: true, role: 'load-balancer' },
      web: { at: '10.0.1.10', groups: ['web'], is: 'dormant', workload: 'w' },
      twin: { at: '10.0.1.11', groups: ['web'], workload: 'w' },
    };
    const targets = ['web 10.0.1.10 tcp/22', 'twin 10.0.1.11 tcp/22'];
    const relays = [relay({ id: 'nlb', listeners: { 'tcp/5000': targets } })];
    expect(behind('tcp/22', {}, { hosts: twins, relays })).toEqual([]);
  });
});

describe('the engine, asked what would be', () => {
  it('answers as it does of a machine that runs', () => {
    const host = { ...KEPT, groups: ['a'] };
    const rules = ['in tcp/22 from 0.0.0.0/1', 'in udp/53 from any', OUT];
    const now = analyse(networkOf({ hosts: { a: host }, groups: { a: rules } }));
    const off = analyse(networkOf({ hosts: { a: { ...host, is: 'dormant' } }, groups: { a: rules } }));
    const text = (all: ReturnType<typeof exposures>): string[] =>
      all.flatMap(({ sure }) =>
        sure.map(({ ips, transport }) => `${ips.toString()} ${transport.toString()}`),
      );
    expect(text(exposures(off))).toEqual([]);
    expect(text(exposures(now))).not.toEqual([]);
    expect(text(exposuresOnWaking(off))).toEqual(text(exposures(now)));
    expect(exposuresOnWaking(now)).toEqual([]);
  });

  it('leaves what is now as it is', () => {
    const off = analyse(
      networkOf({ hosts: { a: { ...KEPT, groups: ['a'], is: 'dormant' } }, groups: { a: SSH } }),
    );
    exposuresOnWaking(off);
    expect(exposures(off)).toEqual([]);
  });
});

describe('open groups that nothing carries', () => {
  const unused = (rules: readonly string[], more: Partial<NetworkSpec> = {}): string[] =>
    found(networkOf({ hosts: { b: { at: '10.0.1.10' } }, groups: { wizard: rules }, ...more }));

  it.each<[string, readonly string[], Partial<NetworkSpec>, readonly string[]]>([
    [
      'from anywhere',
      SSH,
      {},
      [
        'low open-group-unused: group wizard admits SSH from the internet and nothing carries it: the first thing launched with it is open',
      ],
    ],
    [
      'in two halves',
      ['in tcp/3389 from 0.0.0.0/1', 'in tcp/3389 from 128.0.0.0/1'],
      {},
      [
        'low open-group-unused: group wizard admits RDP from the internet and nothing carries it: the first thing launched with it is open',
      ],
    ],
    [
      'a default group',
      ['in all from any'],
      { defaultGroups: ['wizard'] },
      [
        'low open-group-unused: group wizard admits SSH, Telnet and 44 more services from the internet and nothing carries it: whatever is launched without a group is open',
      ],
    ],
    ['from an office', ['in tcp/22 from 198.51.100.0/24'], {}, []],
    ['from inside', ['in tcp/22 from 10.0.0.0/8'], {}, []],
    ['on a port that is meant for all', ['in tcp/443 from any'], {}, []],
    ['out only', [OUT], {}, []],
    ['carried', SSH, { hosts: { b: { at: '10.0.1.10', groups: ['wizard'] } } }, []],
    [
      'carried by something that is off',
      SSH,
      { hosts: { b: { at: '10.0.1.10', groups: ['wizard'], is: 'dormant' } } },
      [],
    ],
  ])('%s', (_, rules, more, expected) => {
    expect(unused(rules, more)).toEqual(expected);
  });

  it('are not told of where not all interfaces were read', () => {
    const network = networkOf({ hosts: {}, groups: { wizard: SSH } });
    const policies = new Map(
      [...network.policies].map(([id, policy]) => [
        id,
        { ...policy, carriersUnread: idOf<'blind-spot'>('unread') },
      ]),
    );
    expect(found(network)).toHaveLength(1);
    expect(found({ ...network, policies })).toEqual([]);
  });
});
