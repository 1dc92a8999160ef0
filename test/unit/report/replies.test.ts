import { describe, expect, it } from 'vitest';
import { analyse, exposures, oneWay } from '#engine';
import { exposureLines, explanationLines, NO_STYLE, reportExposure } from '#report';
import { explained, flowsOf } from '../../support/ask.ts';
import { natGateway, networkOf, type NetworkSpec } from '../../support/network.ts';

const GROUPS = {
  web: ['in tcp/443 from any', 'in udp/514 from any', 'in icmp/8/0 from any', 'out all to any'],
};

/** `web` is public in a subnet behind the ACL `half`, `app` private in one behind the ACL `open`. */
function world(back: string, more: Partial<NetworkSpec> = {}) {
  return networkOf({
    hosts: {
      web: { at: '10.0.0.10=198.51.100.10', groups: ['web'] },
      app: { at: '10.0.1.10', groups: ['web'] },
    },
    groups: GROUPS,
    acls: { half: ['in allow all from any', `out ${back}`] },
    subnets: { public: { cidr: '10.0.0.0/24', table: 'public', acl: 'half' } },
    ...more,
  });
}

const NARROW = world('allow tcp/1024-5000 to any');
const MUTE = world('deny all to any');
const NO_WAY_BACK = world('allow all to any', { tables: { public: ['10.0.0.0/16 local'] } });

/** The lines of an explanation that tell of answers. */
function told(network: ReturnType<typeof world>, from: string, to: string, flows: string): string[] {
  const explanation = explained(network, from, to, flows);
  const lines = explanationLines(explanation, network, from, to, flowsOf(flows), NO_STYLE);
  return [explanation.verdict, ...lines.filter((line) => /answer|reply only/.test(line))].map((line) =>
    line.trim(),
  );
}

describe('NA2: what gets there and what comes back are told apart', () => {
  it.each([
    {
      what: 'some client ports',
      network: NARROW,
      flows: 'tcp/443',
      lines: ['allowed', 'reply only for client ports tcp 1024-5000, which no usual system takes by itself'],
    },
    {
      what: 'ports that systems take',
      network: world('allow tcp/32768-60999 to any'),
      flows: 'tcp/443',
      lines: ['allowed', 'reply only for client ports tcp 32768-60999'],
    },
    {
      what: 'all ports',
      network: world('allow tcp/1024-65535 to any'),
      flows: 'tcp/443',
      lines: ['allowed'],
    },
    {
      what: 'an ACL that lets nothing back',
      network: MUTE,
      flows: 'tcp/443',
      lines: ['denied', 'can be sent, gets no answer: tcp 443'],
    },
    {
      what: 'no route back',
      network: NO_WAY_BACK,
      flows: 'tcp/443',
      lines: ['denied', 'can be sent, gets no answer: tcp 443'],
    },
    {
      what: 'UDP one way',
      network: MUTE,
      flows: 'udp/514',
      lines: ['denied', 'can be sent, gets no answer: udp 514, and one UDP packet may be all that it takes'],
    },
    {
      what: 'an echo without its answer',
      network: MUTE,
      flows: 'icmp/8/0',
      lines: ['denied', 'can be sent, gets no answer: icmp 8/0'],
    },
    { what: 'nothing that gets there', network: MUTE, flows: 'tcp/22', lines: ['denied'] },
    {
      what: 'an ACL that is in doubt on the way in',
      network: world('deny all to any', {
        acls: { half: ['in allow all from any ?', 'out deny all to any'] },
      }),
      flows: 'tcp/443',
      lines: ['denied', 'may be sent, gets no answer: tcp 443'],
    },
  ])('$what', ({ network, flows, lines }) => {
    expect(told(network, '9.9.9.9', 'web', flows)).toEqual(lines);
  });

  it('also of what goes through a NAT gateway', () => {
    const through = (acl: string) =>
      networkOf({
        hosts: { app: { at: '10.0.1.10', groups: ['web'] } },
        groups: GROUPS,
        acls: { half: [`in ${acl}`, 'out allow all to any'] },
        subnets: { private: { cidr: '10.0.1.0/24', table: 'private', acl: 'half' } },
        gateways: [natGateway('nat', 'public', '10.0.0.5', '203.0.113.5')],
        tables: { private: ['10.0.0.0/16 local', '0.0.0.0/0 nat'] },
      });
    expect(told(through('allow tcp/1024-5000 from any'), 'app', '9.9.9.9', 'tcp/443')).toEqual([
      'allowed',
      'reply only for client ports tcp 1024-5000, which no usual system takes by itself',
    ]);
    expect(told(through('allow all from any'), 'app', '9.9.9.9', 'tcp/443')).toEqual(['allowed']);
  });

  it('also where it is the ports of the NAT gateway that get none', () => {
    const network = networkOf({
      hosts: { app: { at: '10.0.1.10', groups: ['web'] } },
      groups: GROUPS,
      acls: {
        half: ['in allow all from 10.0.0.0/16', 'in allow tcp/1024-5000 from any', 'out allow all to any'],
      },
      subnets: { public: { cidr: '10.0.0.0/24', table: 'public', acl: 'half' } },
      gateways: [natGateway('nat', 'public', '10.0.0.5', '203.0.113.5')],
      tables: { private: ['10.0.0.0/16 local', '0.0.0.0/0 nat'] },
    });
    expect(told(network, 'app', '9.9.9.9', 'tcp/443')[1]).toMatch(
      /^reply only for client ports tcp 1024-5000/,
    );
  });

  it('of a UDP flow, by its own ports', () => {
    const network = world('allow tcp/1024-5000 to any');
    expect(told(network, '9.9.9.9', 'web', 'udp/514')[0]).toBe('denied');
  });
});

describe('NA2: what the internet reaches', () => {
  const lines = (network: ReturnType<typeof world>) =>
    exposureLines(exposures(analyse(network)), network, NO_STYLE);
  const mute = (network: ReturnType<typeof world>) =>
    exposureLines(oneWay(analyse(network)), network, NO_STYLE);

  it('says which client ports get answers', () => {
    expect(lines(NARROW).join('\n')).toMatch(
      /web +tcp 443 +from the whole internet \(IPv4\) +reply only for client ports tcp 1024-5000, which no/,
    );
    const [exposure] = exposures(analyse(NARROW)).map(reportExposure);
    expect(exposure?.sure).toMatchObject([{ flows: 'tcp 443', repliesOnlyTo: 'tcp 1024-5000' }]);
  });

  it('says nothing of it where all do', () => {
    const all = world('allow all to any');
    expect(lines(all).join('\n')).not.toMatch(/reply only/);
    expect(exposures(analyse(all)).map(reportExposure)[0]?.sure[0]).not.toHaveProperty('repliesOnlyTo');
    expect(mute(all)).toEqual(['  nothing: no address of this network answers the internet']);
  });

  it('lists apart what can be sent and gets no answer', () => {
    for (const network of [MUTE, NO_WAY_BACK]) {
      expect(lines(network)).toEqual(['  nothing: no address of this network answers the internet']);
      expect(mute(network).join('\n')).toMatch(/web +tcp 443; udp 514; icmp 8\/0 +from the whole internet/);
    }
    expect(mute(NARROW).join('\n')).toMatch(/web +udp 514; icmp 8\/0 +from the whole internet/);
  });

  it('of several addresses, the answers of all count', () => {
    const two = world('allow tcp/1024-5000 to any', {
      hosts: { web: { at: ['10.0.0.10=198.51.100.10', '10.0.0.11=198.51.100.11'], groups: ['web'] } },
    });
    const [exposure] = exposures(analyse(two)).map(reportExposure);
    expect(exposure?.sure).toMatchObject([{ flows: 'tcp 443', repliesOnlyTo: 'tcp 1024-5000' }]);
  });
});
