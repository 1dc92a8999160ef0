import { expect, it } from 'vitest';
import type { Finding } from '#findings';
import { consoleLinks } from '../../../../lib/app/watch/news/console-links.ts';

function about(policy: string | undefined, card: string | undefined): Finding {
  return {
    culprits: policy === undefined ? [] : [{ policy }],
    endpoints: card === undefined ? [] : [{ id: card }],
  } as unknown as Finding;
}

const SG = 'sg-098e1159f30562d66';
const ENI = 'eni-098e1159f30562d66';

it.each<[string, string | undefined, string | undefined, string | undefined]>([
  [
    'eu-west-1',
    SG,
    ENI,
    `https://eu-west-1.console.aws.amazon.com/ec2/home?region=eu-west-1#SecurityGroup:groupId=${SG}`,
  ],
  [
    'cn-north-1',
    SG,
    ENI,
    `https://console.amazonaws.cn/ec2/home?region=cn-north-1#SecurityGroup:groupId=${SG}`,
  ],
  [
    'us-gov-west-1',
    undefined,
    ENI,
    `https://console.amazonaws-us-gov.com/ec2/home?region=us-gov-west-1#NetworkInterface:networkInterfaceId=${ENI}`,
  ],
  ['eu-west-1', 'acl-1', undefined, undefined],
  ['eu-west-1', 'sg-1" onclick="x', undefined, undefined],
  ['unknown', SG, ENI, undefined],
  ['evil.example/eu-west-1', SG, ENI, undefined],
])('%s %s %s: %s', (region, policy, card, url) => {
  expect(consoleLinks([about(policy, card)], region).map((link) => link.url)).toEqual(
    url === undefined ? [] : [url],
  );
});
