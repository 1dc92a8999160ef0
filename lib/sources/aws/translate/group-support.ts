import type { BlindSpotId } from '#model';
import type { Place } from './place.ts';

/**
 * Whether a transit gateway, or an attachment of one, lets rules of one network name groups of another; a blind spot where its
 * option cannot be read. Off unless somebody turned it on.
 *
 * https://docs.aws.amazon.com/vpc/latest/tgw/tgw-vpc-attachments.html#vpc-attachment-security
 */
export function sharesGroups(record: Place): boolean | BlindSpotId {
  const member = 'SecurityGroupReferencingSupport';
  const options = record.child('Options');
  if (record.has('Options') && !options.isObject) return record.odd('Options', 'an object');
  const support = options.text(member)?.toLowerCase();
  if (support === undefined && options.has(member)) return options.odd(member, 'enable or disable');
  return support === 'enable';
}
