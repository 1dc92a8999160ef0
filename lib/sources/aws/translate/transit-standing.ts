import type { Draft } from './draft.ts';
import type { Item } from './target.ts';

/** States in which an attachment carries traffic. https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_TransitGatewayAttachment.html */
const CARRIES = /^(?:available|modifying)$/;

/** Whether an attachment carries anything; one that does not tell its state may. */
export function carries({ place }: Item): boolean {
  const state = place.text('State')?.toLowerCase();
  return state === undefined || CARRIES.test(state);
}

/** The records that tell in which subnets attachments stand. */
export function vpcAttachments(draft: Draft): readonly Item[] {
  const call = 'DescribeTransitGatewayVpcAttachments';
  return draft.targets.flatMap((target) => (target.has(call) ? target.items(call) : []));
}
