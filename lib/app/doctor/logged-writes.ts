/** What a trail is told to log, as GetEventSelectors gives it. A trail has one kind or the other. */
export type Selectors = {
  readonly basic: readonly { readonly management: boolean; readonly readWrite: string }[];
  readonly advanced: readonly (readonly SelectorField[])[];
};

export type SelectorField = {
  readonly field: string;
  readonly equals?: readonly string[];
  readonly notEquals?: readonly string[];
  /** It compares in another way: by how a text begins or ends. */
  readonly hasMore: boolean;
};

/** How much of the management events that write a trail logs. `some`: the condition that leaves others out. */
export type LoggedWrites =
  { readonly kind: 'all' | 'none' } | { readonly kind: 'some'; readonly but: string };

/** The services that a trail can be told to leave out for their load; none of them opens a door in a network. */
const NOT_OURS: ReadonlySet<string> = new Set(['kms.amazonaws.com', 'rdsdata.amazonaws.com']);

/**
 * Without any selector a trail logs all management events, reads and writes. With several, an event that meets any of them is logged; all
 * fields of an advanced one have to be met.
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/logging-management-events-with-cloudtrail.html
 */
export function loggedWrites({ basic, advanced }: Selectors): LoggedWrites {
  if (advanced.length > 0) return best(advanced.map(writesOf));
  const isLogged = ({ management, readWrite }: Selectors['basic'][number]): boolean =>
    management && readWrite !== 'ReadOnly';
  return { kind: basic.length === 0 || basic.some(isLogged) ? 'all' : 'none' };
}

function best(each: readonly LoggedWrites[]): LoggedWrites {
  return (
    each.find(({ kind }) => kind === 'all') ?? each.find(({ kind }) => kind === 'some') ?? { kind: 'none' }
  );
}

function writesOf(fields: readonly SelectorField[]): LoggedWrites {
  const category = fields.find(({ field }) => field === 'eventCategory');
  if (category?.equals?.includes('Management') !== true) return { kind: 'none' };
  const readOnly = fields.filter(({ field }) => field === 'readOnly');
  if (!readOnly.every(admitsWrites)) return { kind: 'none' };
  const conditions = fields.filter(
    (one) => one.field !== 'eventCategory' && one.field !== 'readOnly' && !leavesOutNothingOfOurs(one),
  );
  const [first] = conditions;
  return first === undefined ? { kind: 'all' } : { kind: 'some', but: first.field };
}

function admitsWrites({ equals, notEquals }: SelectorField): boolean {
  return equals?.includes('false') !== false && notEquals?.includes('false') !== true;
}

function leavesOutNothingOfOurs({ field, equals, notEquals = [], hasMore }: SelectorField): boolean {
  return (
    field === 'eventSource' &&
    !hasMore &&
    equals === undefined &&
    notEquals.every((source) => NOT_OURS.has(source))
  );
}
