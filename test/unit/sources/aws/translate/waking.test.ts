import { describe, expect, it } from 'vitest';
import { ACCOUNT, card, endpointOf, policyOf, subnet, translated, type Bodies } from './account.ts';

const ATTACHED = { InstanceId: 'i-1', InstanceOwnerId: ACCOUNT, Status: 'attached', DeviceIndex: 0 };
const EIP = { PublicIp: '203.0.113.10', IpOwnerId: ACCOUNT };

/** An instance in a state, in a subnet that hands out public addresses or does not. */
function started(
  state: string,
  assigns: boolean | undefined,
  more: Bodies = {},
  others: readonly unknown[] = [],
) {
  return endpointOf(
    translated({
      DescribeSubnets: { Subnets: [subnet('subnet-a', '10.0.0.0/24', { MapPublicIpOnLaunch: assigns })] },
      DescribeInstances: { Reservations: [{ Instances: [{ InstanceId: 'i-1', State: { Name: state } }] }] },
      DescribeNetworkInterfaces: {
        NetworkInterfaces: [card('eni-1', { Attachment: ATTACHED, ...more }), ...others],
      },
    }),
  ).publicOnStart;
}

describe('EN5: whether starting it gives it a public address', () => {
  it.each<[string, boolean | undefined, 'assigned' | 'perhaps' | undefined]>([
    ['stopped', true, 'assigned'],
    ['stopping', true, 'assigned'],
    ['stopped', false, 'perhaps'],
    ['stopped', undefined, 'perhaps'],
    ['running', true, undefined],
    ['terminated', true, undefined],
  ])('%s in a subnet that assigns: %s', (state, assigns, expected) => {
    expect(started(state, assigns)).toBe(expected);
  });

  it('is no question where it keeps an Elastic IP', () => {
    const address = { PrivateIpAddress: '10.0.0.10', Primary: true, Association: EIP };
    expect(started('stopped', true, { PrivateIpAddresses: [address] })).toBeUndefined();
  });

  it('is none for an instance of two interfaces, nor for an interface without an instance or IPv4', () => {
    const second = card('eni-2', { Attachment: { ...ATTACHED, DeviceIndex: 1 } });
    expect(started('stopped', true, {}, [second])).toBeUndefined();
    expect(started('stopped', true, { Attachment: undefined, Status: 'available' })).toBeUndefined();
    const v6 = { PrivateIpAddresses: [], Ipv6Addresses: [{ Ipv6Address: '2600:1::10' }] };
    expect(started('stopped', true, v6)).toBeUndefined();
  });
});

describe('whether all is known that may carry a group or an ACL', () => {
  it.each<[string, Bodies, 'sg-1' | 'acl-1', boolean]>([
    ['a group, all read', {}, 'sg-1', false],
    ['a group, interfaces not read', { DescribeNetworkInterfaces: undefined }, 'sg-1', true],
    [
      'a group, groups of an interface not understood',
      { DescribeNetworkInterfaces: { NetworkInterfaces: [card('eni-1', { Groups: 7 })] } },
      'sg-1',
      true,
    ],
    ['an ACL, all read', {}, 'acl-1', false],
    ['an ACL, subnets not read', { DescribeSubnets: undefined }, 'acl-1', true],
  ])('%s', (_, bodies, id, isUnread) => {
    expect(policyOf(translated(bodies), id).carriersUnread !== undefined).toBe(isUnread);
  });
});
