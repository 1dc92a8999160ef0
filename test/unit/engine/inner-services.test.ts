import { describe, expect, it } from 'vitest';
import { formatIp } from '#netset';
import { analyse, explain } from '#engine';
import { translated, mainTable, card, group, acl } from '../sources/aws/translate/account.ts';
import { endOf, flowsOf } from '../../support/ask.ts';
import { steps } from '../../support/steps.ts';

/** A host whose group and ACL let nothing pass, in 10.0.0.0/16. */
const shut = translated({
  DescribeSecurityGroups: { SecurityGroups: [group('sg-1', {})] },
  DescribeNetworkInterfaces: {
    NetworkInterfaces: [card('eni-1', { Attachment: { InstanceId: 'i-1', Status: 'attached' } })],
  },
  DescribeInstances: { Reservations: [{ Instances: [{ InstanceId: 'i-1', State: { Name: 'running' } }] }] },
  DescribeRouteTables: { RouteTables: [mainTable([])] },
  DescribeNetworkAcls: { NetworkAcls: [acl('acl-1', ['subnet-a', 'subnet-b'], [])] },
});
const stopped = translated({
  DescribeNetworkInterfaces: {
    NetworkInterfaces: [card('eni-1', { Attachment: { InstanceId: 'i-1', Status: 'attached' } })],
  },
  DescribeInstances: { Reservations: [{ Instances: [{ InstanceId: 'i-1', State: { Name: 'stopped' } }] }] },
});

const asked = (to: string, flows: string, network = shut) =>
  explain(analyse(network), endOf(network, 'eni-1'), endOf(network, to), flowsOf(flows));

describe('SG18 and NA8: what Amazon answers inside every network', () => {
  it.each([
    ['10.0.0.2', 'udp/53', 'allowed'],
    ['10.0.0.2', 'tcp/53', 'allowed'],
    ['10.0.0.3', 'udp/53', 'denied'],
    ['10.0.0.2', 'tcp/22', 'denied'],
    ['169.254.169.253', 'udp/53', 'allowed'],
    ['169.254.169.254', 'tcp/80', 'allowed'],
    ['169.254.169.254', 'tcp/443', 'denied'],
    ['169.254.169.123', 'udp/123', 'allowed'],
    ['169.254.170.2', 'tcp/80', 'allowed'],
    ['8.8.8.8', 'udp/53', 'denied'],
  ])('%s on %s is %s', (to, flows, verdict) => {
    expect(asked(to, flows)?.verdict).toBe(verdict);
  });

  it('says so, and of more that was asked what it is', () => {
    const found = asked('10.0.0.2', 'all')!;
    expect(found.sure.toString()).toBe('tcp 53; udp 53');
    expect(steps(found)).toEqual(['+ i-1 takes part', "+ service Amazon's resolver"]);
    expect(formatIp(found.flow.destination)).toBe('10.0.0.2');
    expect(found.flow.point).toBe(53);
  });

  it('answers nobody who is switched off', () => {
    expect(asked('10.0.0.2', 'udp/53', stopped)?.verdict).toBe('denied');
  });
});
