import { expect, it } from 'vitest';
import { analyse, exposures } from '#engine';
import { exposureLines, NO_STYLE } from '#report';
import { networkOf } from '../../support/network.ts';

/** A host that admits a /16 and an office, the first by a list of this name. */
function linesWith(list: string): string[] {
  const network = networkOf({
    hosts: { a: { at: '10.0.0.10=203.0.113.10', groups: ['a'] } },
    groups: { a: ['in tcp/443 from 120.52.0.0/16', 'in tcp/22 from 198.51.100.0/24'] },
  });
  const policies = new Map(
    [...network.policies].map(([id, policy]) => [
      id,
      {
        ...policy,
        rules: policy.rules.map((rule) =>
          rule.id === 'a#0' && rule.selector.kind === 'ips'
            ? { ...rule, selector: { ...rule.selector, text: list } }
            : rule,
        ),
      },
    ]),
  );
  const named = { ...network, policies };
  return exposureLines(exposures(analyse(named)), named, NO_STYLE).map((line) => line.trim());
}

it('SG11: what CloudFront may ask is open to whoever asks CloudFront, and comes before an office', () => {
  expect(linesWith('pl-1 "com.amazonaws.global.cloudfront.origin-facing"')).toEqual([
    'a  tcp 443  from CloudFront, and through it from whoever asks',
    'a  tcp 22   from 198.51.100.0/24',
  ]);
});

it('a list of another name is the addresses that it holds', () => {
  const lines = linesWith('pl-1 "partners"');
  expect(lines).toHaveLength(2);
  expect(lines).toContain('a  tcp 443  from 120.52.0.0/16');
});
