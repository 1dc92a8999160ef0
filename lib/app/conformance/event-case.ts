import { readEvent, type ChangeEvent } from '#sources/aws';
import { checkRules } from './event-rules.ts';
import { eventExpectation, type EventExpectation, type StatedActor } from './event-statement.ts';
import { broken, differs, HOLDS, resultOf, type CaseResult, type Check } from './result.ts';
import { problemOf } from './statement.ts';

type Value = string | boolean | number | null;
type Accepted = EventExpectation['accept'];

/** Runs one CloudTrail record: what was read of it must be what the case says a careful reader finds. */
export function runEventCase(record: unknown, expected: unknown): CaseResult {
  const parsed = eventExpectation.safeParse(expected);
  if (!parsed.success) return broken('expected.json', problemOf(parsed.error));
  const event = readEvent(record);
  if (event === undefined) return broken('event.json', 'it is not read as an event');
  const { accept, ...stated } = parsed.data;
  return resultOf([
    same('eventName', stated.eventName, event.name),
    same('eventSource', stated.eventSource, event.source),
    same('errorCode', stated.errorCode, told(event.errorCode)),
    same('tier', stated.tier, event.tier, accept.tier),
    same('effective', stated.effective, event.isEffective),
    // Where the case says that the record has none of the right form, any answer goes.
    ...(stated.scope.account === null ? [] : [same('scope.account', stated.scope.account, event.account)]),
    ...(stated.scope.region === null ? [] : [same('scope.region', stated.scope.region, event.region)]),
    ...checkIds(stated, event.ids),
    ...checkActor(stated.actor, accept, event.actor),
    checkRules(stated.parsedRules, event.rules),
  ]);
}

function same(fact: string, expected: Value, got: Value, accepted: readonly Value[] = []): Check {
  if (got === expected || accepted.includes(got)) return HOLDS;
  return differs(fact, [expected, ...accepted].map(String).join(' or '), String(got));
}

/** '' is how the reader says null. */
function told(text: string): string | null {
  return text === '' ? null : text;
}

/** For an event that is in no list the ids do not count. */
function checkIds(
  { tier, ids, mentionedIds, malformedIds }: EventExpectation | Omit<EventExpectation, 'accept'>,
  got: readonly string[],
): Check[] {
  if (tier === 0) return [];
  const missing = ids.filter((id) => !got.includes(id));
  const allowed = new Set([...ids, ...mentionedIds, ...malformedIds]);
  const wrong = got.filter((id) => !allowed.has(id));
  return [
    missing.length === 0 ? HOLDS : differs('ids', missing.join(' '), `only ${got.join(' ') || 'none'}`),
    wrong.length === 0 ? HOLDS : differs('ids', 'none but the listed', wrong.join(' ')),
  ];
}

function checkActor(expected: StatedActor, accept: Accepted, actor: ChangeEvent['actor']): Check[] {
  const kind = actor.kind === 'unknown' ? null : actor.kind;
  return [
    same('actor.kind', expected.kind, kind, accept.kind),
    same('actor.name', expected.name, told(actor.name), accept.name),
    same('actor.role', expected.role, told(actor.role)),
    same('actor.session', expected.session, told(actor.session)),
    same('actor.via', expected.via, actor.via, accept.via),
    same('actor.sourceIp', expected.sourceIp, told(actor.sourceIp)),
    same('actor.mfa', expected.mfa, actor.mfa ?? null, accept.mfa),
    same('actor.invokedBy', expected.invokedBy, told(actor.invokedBy)),
    // It goes with the kind: another kind that the case accepts has none.
    kind === expected.kind
      ? same('actor.onBehalfOf', behalf(expected.onBehalfOf), behalf(actor.onBehalfOf ?? null))
      : HOLDS,
  ];
}

function behalf(on: { readonly kind: string | null; readonly name: string | null } | null): string | null {
  return on === null ? null : `${String(on.kind)} ${String(on.name)}`;
}
