import { IpSet } from '#netset';
import type { Network } from '#model';

/** The list of the addresses from which CloudFront asks. https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/LocationsOfEdgeServers.html */
const ORIGIN_FACING = /\bcom\.amazonaws\.global\.(?:ipv6\.)?cloudfront\.origin-facing\b/;

/**
 * The addresses of CloudFront, as far as a rule names its list. They are few, and whoever admits them admits everybody: anyone may set up a
 * distribution that asks from them.
 */
export function cloudFrontOf({ policies }: Network): IpSet {
  const named = [...policies.values()].flatMap(({ rules }) =>
    rules.flatMap(({ selector }) =>
      selector.kind === 'ips' && ORIGIN_FACING.test(selector.text ?? '') ? [selector.ips] : [],
    ),
  );
  return IpSet.unionOf(named);
}
