import { idOf, type BlindSpotId, type NetworkId } from '#model';
import type { Draft } from './draft.ts';
import type { Target } from './target.ts';

/** Notes for each network without an internet gateway whether it surely has none. */
export function addInternetUnknown(draft: Draft): void {
  const attached = new Set<NetworkId>();
  for (const item of draft.distinct('DescribeInternetGateways').values()) {
    for (const attachment of item.place.items('Attachments'))
      attached.add(idOf<'network'>(attachment.words('VpcId')));
  }
  for (const [network, target] of draft.homes) {
    if (attached.has(network) || draft.internetUnknown.has(network)) continue;
    const because = whyUnknown(draft, network, target);
    if (because !== undefined) draft.internetUnknown.set(network, because);
  }
}

function whyUnknown(draft: Draft, network: NetworkId, target: Target): BlindSpotId | undefined {
  return target.unread('DescribeInternetGateways') ?? draft.foreign.get(network);
}
