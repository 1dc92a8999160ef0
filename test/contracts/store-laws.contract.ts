import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Delivery, Stores } from '#store';
import { StoreModel } from './store-model.ts';
import { StandingClock, type StoreHarness } from './store-place.ts';
import { FRANKFURT, headAt, IRELAND, itemOf, SLACK, SNS } from './store-samples.ts';

/** One thing that a caller does; the same to a store and to the model. */
type Step = (stores: Asked, clock: StandingClock) => unknown;

/** A store or the model: their methods differ only in that a store's answers come later. The history is kept in notes, and has its own suite. */
type Asked = {
  readonly [Part in Exclude<keyof Stores, 'history'>]: {
    readonly [Method in keyof Stores[Part]]: Stores[Part][Method] extends (...args: infer A) => unknown
      ? (...args: A) => unknown
      : never;
  };
};

const among = <T>(...values: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...values);
const targets = among(IRELAND, FRANKFURT);
const ids = among('one', 'two#', '../three');
const deliveries = among<Delivery>(SNS, SLACK, { channel: 'sns', alert: 'alert-2' });
const items = fc
  .record({
    id: ids,
    deliveries: fc.uniqueArray(deliveries, { selector: (x) => `${x.channel} ${x.alert}` }),
    createdAt: among('2026-03-01T10:00:00.000Z', '2026-03-01T11:00:00.000Z'),
  })
  .map(({ id, ...rest }) => itemOf(id, rest));
const owners = among('123456789012 eu-west-1', 'slack');
const names = among('due', 'blame#1', 'blame#2', 'blame', 'ü', '😀', '\uffff');
const keys = among('a', 'A', 'a/../b');
const ms = among(0, 1, 499, 1_000, 30_000, 60_000);
const optional = <T>(values: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(values, { nil: undefined });

const steps: fc.Arbitrary<{ readonly text: string; readonly step: Step }> = fc.oneof(
  made(
    'put',
    keys,
    among('text', 'other'),
    (key, text) =>
      ({ objects }) =>
        objects.put(key, text),
  ),
  made(
    'get',
    keys,
    fc.constant(0),
    (key) =>
      ({ objects }) =>
        objects.get(key),
  ),
  made(
    'commit',
    targets,
    fc.tuple(fc.integer({ min: 1, max: 4 }), optional(items)),
    (target, [version, item]) =>
      ({ state }) =>
        item === undefined
          ? state.commit(target, headAt(version))
          : state.commit(target, headAt(version), item),
  ),
  made(
    'head',
    targets,
    fc.constant(0),
    (target) =>
      ({ state }) =>
        state.head(target),
  ),
  made(
    'owe',
    items,
    fc.constant(0),
    (item) =>
      ({ state }) =>
        state.owe(item),
  ),
  made(
    'owedItem',
    ids,
    fc.constant(0),
    (id) =>
      ({ state }) =>
        state.owedItem(id),
  ),
  made(
    'owed',
    fc.constant(0),
    fc.constant(0),
    () =>
      ({ state }) =>
        state.owed(),
  ),
  made(
    'claim',
    fc.tuple(ids, deliveries),
    ms,
    ([id, delivery], for_) =>
      ({ state }, clock) =>
        state.claim(id, delivery, { now: clock.in(0), until: clock.in(for_) }),
  ),
  made(
    'release',
    fc.tuple(ids, deliveries),
    ms,
    ([id, delivery], for_) =>
      ({ state }, clock) =>
        state.release(id, delivery, clock.in(for_)),
  ),
  made(
    'record',
    ids,
    deliveries,
    (id, delivery) =>
      ({ state }, clock) =>
        state.record(id, delivery, clock.in(0)),
  ),
  made(
    'write',
    fc.tuple(owners, names),
    fc.tuple(fc.jsonValue({ maxDepth: 2 }), optional(fc.nat(3)), optional(ms)),
    ([owner, name], [value, ifVersion, lives]) =>
      ({ notes }, clock) =>
        notes.write(owner, name, value, {
          ...(ifVersion === undefined ? {} : { ifVersion }),
          ...(lives === undefined ? {} : { expiresAt: new Date(clock.in(lives)) }),
        }),
  ),
  made(
    'read',
    owners,
    names,
    (owner, name) =>
      ({ notes }) =>
        notes.read(owner, name),
  ),
  made(
    'remove',
    owners,
    names,
    (owner, name) =>
      ({ notes }) =>
        notes.remove(owner, name),
  ),
  made(
    'list',
    owners,
    fc.tuple(among('', 'blame', 'blame#'), optional(names)),
    (owner, [prefix, from]) =>
      ({ notes }) =>
        from === undefined ? notes.list(owner, prefix) : notes.list(owner, prefix, from),
  ),
  made('wait', among(1, 499, 1_000, 60_000, 14 * 24 * 3_600_000), fc.constant(0), (time) => (_, clock) => {
    clock.move(time);
  }),
);

function made<A, B>(
  name: string,
  first: fc.Arbitrary<A>,
  second: fc.Arbitrary<B>,
  step: (a: A, b: B) => Step,
): fc.Arbitrary<{ readonly text: string; readonly step: Step }> {
  return fc
    .tuple(first, second)
    .map(([a, b]) => ({ text: `${name} ${fc.stringify([a, b])}`, step: step(a, b) }));
}

/** The model behind the stores' names. */
function asked(model: StoreModel): Asked {
  const part = new Proxy(model, {
    get: (target, name) => (Reflect.get(target, name) as (...args: unknown[]) => unknown).bind(target),
  });
  return { objects: part, state: part, notes: part };
}

/** What a step comes to: its answer, or that it was refused. */
async function outcome(step: Step, stores: Asked, clock: StandingClock): Promise<unknown> {
  try {
    return { is: await step(stores, clock) };
  } catch (error) {
    return error instanceof Error ? 'refused' : error;
  }
}

export function lawContract(name: string, { place, runs }: StoreHarness): void {
  describe(`${name}: laws`, () => {
    it('whatever is done in whatever order, by two processes in turn, the answers are those of a plain list', async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(steps, { maxLength: 40, size: 'max' }), async (all) => {
          const [clock, modelClock] = [new StandingClock(), new StandingClock()];
          const there = await place(clock.read);
          const stores = [await there.open(), await there.open()];
          const model = asked(new StoreModel(() => modelClock.read().getTime()));
          for (const [i, { step, text }] of all.entries()) {
            const expected = await outcome(step, model, modelClock);
            expect(await outcome(step, stores[i % 2]!, clock), text).toEqual(plain(expected));
          }
          for (const { step, text } of everything()) {
            expect(await outcome(step, stores[0]!, clock), text).toEqual(
              plain(await outcome(step, model, modelClock)),
            );
          }
        }),
        { numRuns: runs },
      );
    });
  });
}

/** All that can be read at the end. */
function everything(): readonly { readonly text: string; readonly step: Step }[] {
  const read = (text: string, step: Step): { readonly text: string; readonly step: Step } => ({ text, step });
  return [
    read('heads', ({ state }) => state.heads()),
    read('owed', ({ state }) => state.owed()),
    ...['one', 'two#', '../three'].map((id) => read(`item ${id}`, ({ state }) => state.owedItem(id))),
    ...['123456789012 eu-west-1', 'slack'].map((x) =>
      read(`notes of ${x}`, ({ notes }) => notes.list(x, '')),
    ),
    ...['a', 'A', 'a/../b'].map((key) => read(`object ${key}`, ({ objects }) => objects.get(key))),
  ];
}

/** As JSON gives it back: that is all that a store promises of a value. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}
