import { CALL_KEYS, type CallKey } from '../resources/index.ts';

/** `describe-vpcs.json`, `ec2_describe_vpcs`, `DescribeVpcs (1)` all read as `describevpcs…`. */
function lettersOf(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9]/g, '');
}

const CALLS_BY_LETTERS = CALL_KEYS.map((call) => ({ call, letters: lettersOf(call) })).toSorted(
  (a, b) => b.letters.length - a.letters.length,
);

/** The call that a file's name tells, whichever way it is spelt: the longest that is in it. */
export function callInName(name: string): CallKey | undefined {
  const letters = lettersOf(name);
  return CALLS_BY_LETTERS.find((known) => letters.includes(known.letters))?.call;
}

/**
 * Which of the ids a file's name means: the one that is in it or, for an ARN, whose last part or resource name is. An ARN
 * itself cannot be a file's name.
 */
export function idInName(name: string, ids: readonly string[]): string | undefined {
  const whole = ids.filter((id) => name.includes(id));
  if (whole.length > 0) return longest(whole);
  const byLastPart = ids.filter((id) => id.includes('/') && name.includes(id.slice(id.lastIndexOf('/') + 1)));
  if (byLastPart.length > 0) return longest(byLastPart);
  const byName = ids.filter((id) => {
    const resource = id.split('/').at(-2);
    return resource !== undefined && name.split(/[^A-Za-z0-9-]+/).includes(resource);
  });
  return byName.length === 1 ? byName[0] : undefined;
}

/** An id that stands in a name by itself, for when the list of ids was not saved. */
export function idLikeIn(name: string): string | undefined {
  return /(?:^|[^a-z])((?:pl|tgw-rtb)-[0-9a-f]{8,17})/.exec(name)?.[1];
}

function longest(texts: readonly string[]): string | undefined {
  return texts.toSorted((a, b) => b.length - a.length)[0];
}

/** The account and the Region that the folders on a path are named for. */
export function placeInPath(path: string): { readonly account?: string; readonly region?: string } {
  const parts = path.split(/[\\/]/);
  const account = parts.findLast((part) => /^\d{12}$/.test(part));
  const region = parts.findLast((part) => REGION.test(part));
  return { ...(account === undefined ? {} : { account }), ...(region === undefined ? {} : { region }) };
}

const REGION = /^[a-z]{2}(-[a-z]+)+-\d{1,2}$/;
