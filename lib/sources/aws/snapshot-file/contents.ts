import { CALL_KEYS, callOf, isCallKey, type CallKey } from '../resources/index.ts';
import { isObject, listOf, moreFollows, type Contents, type Piece } from './piece.ts';
import { wrappedPieces } from './wrappers.ts';

/** Keys that say what the responses are of, in the form whose keys are response members. */
const ACCOUNT_KEY = 'accountId';
const REGION_KEY = 'region';

/**
 * What one object holds, key by key: a key that is a call's name has the call's response (a saved snapshot), a key that is a
 * response member has that member (the raw output of one `aws … describe-*`, or several merged into one object).
 *
 * `hint` is the call that the file's name tells, if any: some members belong to more than one call.
 */
export function contentsOf(
  object: Readonly<Record<string, unknown>>,
  file: string,
  hint?: CallKey,
): Contents {
  const pieces: Piece[] = [];
  const ignored: string[] = [];
  for (const [key, value] of Object.entries(object)) {
    if (NOT_RESPONSES.has(key)) continue;
    if (isCallKey(key))
      pieces.push({ call: key, body: value, file, of: keptBy(key, value), moreFollows: moreFollows(value) });
    else {
      const found = memberPieces(key, value, object, file, hint);
      if (found === undefined) ignored.push(key);
      else pieces.push(...found);
    }
  }
  const identity = typeof object['Account'] === 'string' && 'Arn' in object && 'UserId' in object;
  return {
    // In the output of one call, the token stands beside the member.
    pieces: moreFollows(object) ? pieces.map((piece) => ({ ...piece, moreFollows: true })) : pieces,
    meta: object['_meta'],
    account: identity ? object['Account'] : object[ACCOUNT_KEY],
    region: object[REGION_KEY],
    ignored: identity ? [] : ignored,
  };
}

const NOT_RESPONSES: ReadonlySet<string> = new Set([
  '_meta',
  ACCOUNT_KEY,
  REGION_KEY,
  'NextToken',
  'NextMarker',
  'Marker',
  'ResponseMetadata',
  'AdditionalRoutesAvailable',
]);

/** A response under its call's name: by id, unless it is plainly one response. */
function keptBy(call: CallKey, body: unknown): Piece['of'] {
  const { parent, member } = callOf(call);
  if (parent === undefined) return 'region';
  if (parent.kept === 'joined') {
    const isById =
      isObject(body) &&
      !(member in body) &&
      Object.values(body).some((one) => isObject(one) && member in one);
    return isById ? 'by-id' : 'region';
  }
  return isObject(body) && Array.isArray(body[member]) ? 'not-said' : 'by-id';
}

/** The pieces under a response member; `undefined` if it is no member of a call in the catalogue. */
function memberPieces(
  key: string,
  value: unknown,
  object: Readonly<Record<string, unknown>>,
  file: string,
  hint: CallKey | undefined,
): readonly Piece[] | undefined {
  const wrapped = wrappedPieces(key, value, file);
  if (wrapped !== undefined) return wrapped;
  const calls = CALL_KEYS.filter((call) => callOf(call).member === key);
  const call = calls.find((one) => one === hint) ?? calls[0];
  if (call === undefined) return undefined;
  if (key === 'PrefixLists' && hint === undefined) return prefixListPieces(value, file);
  const { parent } = callOf(call);
  const body =
    key === 'Routes'
      ? { Routes: value, AdditionalRoutesAvailable: object['AdditionalRoutesAvailable'] }
      : { [key]: value };
  return [{ call, body, file, of: parent === undefined || parent.kept === 'joined' ? 'region' : 'not-said' }];
}

/**
 * Two calls answer with `PrefixLists`. Items with `Cidrs` are DescribePrefixLists's, yet a merged file has customer-managed
 * lists in that form too. So both meanings are kept: as they came, and as managed lists with their entries.
 */
function prefixListPieces(value: unknown, file: string): readonly Piece[] {
  const items = listOf(value);
  const managed: Piece = {
    call: 'DescribeManagedPrefixLists',
    body: { PrefixLists: value },
    file,
    of: 'region',
  };
  if (items.length > 0 && !items.some((item) => isObject(item) && 'Cidrs' in item)) return [managed];
  const entries = items.flatMap((item): Piece[] => {
    if (!isObject(item) || typeof item['PrefixListId'] !== 'string' || !Array.isArray(item['Cidrs']))
      return [];
    const body = { Entries: item['Cidrs'].map((cidr: unknown) => ({ Cidr: cidr })) };
    return [{ call: 'GetManagedPrefixListEntries', body, file, of: { parent: item['PrefixListId'] } }];
  });
  const none: Piece = { call: 'GetManagedPrefixListEntries', body: {}, file, of: 'by-id' };
  return [
    managed,
    { call: 'DescribePrefixLists', body: { PrefixLists: value }, file, of: 'region' },
    none,
    ...entries,
  ];
}
