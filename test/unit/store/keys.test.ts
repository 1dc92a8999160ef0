import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deliveryPlace, headKey, noteKey, outboxPartition, sortable } from '../../../lib/store/aws/keys.ts';
import { objectKey } from '../../../lib/store/aws/object-key.ts';
import { fromStored, toStored } from '../../../lib/store/aws/well-formed.ts';
import { fileName } from '../../../lib/store/filesystem/file-name.ts';

/** All texts of code units, with those that keys treat in a way of their own more often. */
const unit = fc.oneof(
  fc.nat(0xffff),
  fc.constantFrom(0x23, 0x2f, 0x2e, 0x3d, 0x30, 0x61, 0x66, 0x78, 0x7f, 0xd83d, 0xde00),
);
const texts = fc.array(unit, { maxLength: 12 }).map((units) => String.fromCharCode(...units));
const bytes = (text: string): Buffer => Buffer.from(text, 'utf8');
const sign = (x: number): number => Math.sign(x);

describe('sortable texts', () => {
  it('are in bytes as the texts are in code units, and begin as they begin', () => {
    fc.assert(
      fc.property(texts, texts, (a, b) => {
        const [x, y] = [sortable(a), sortable(b)];
        expect(sign(Buffer.compare(bytes(x), bytes(y)))).toBe(a < b ? -1 : a > b ? 1 : 0);
        expect(x.startsWith(y)).toBe(a.startsWith(b));
        expect(bytes(x).length).toBe(x.length);
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('keys of two things are never one', () => {
  const apart = (keyOf: (a: string, b: string) => string): void => {
    fc.assert(
      fc.property(texts, texts, texts, texts, (a, b, c, d) => {
        expect(bytes(keyOf(a, b)).equals(bytes(keyOf(c, d)))).toBe(a === c && b === d);
        // The parts shifted against each other, which is how joined keys collide.
        fc.pre(b !== '');
        expect(keyOf(`${a}#${b}`, c)).not.toBe(keyOf(a, `${b}#${c}`));
      }),
      { numRuns: 1_000 },
    );
  };
  const joined = ({ pk, sk }: { pk: string; sk: string }): string => JSON.stringify([pk, sk]);

  it.each<readonly [string, (a: string, b: string) => string]>([
    ['a head', (account, region) => joined(headKey({ account, region }))],
    ['a note', (owner, name) => joined(noteKey(owner, name))],
    ['a delivery', (channel, alert) => deliveryPlace('id', { channel, alert }).member],
    ['an object', (a, b) => objectKey(JSON.stringify([a, b]))],
    ['a file', (a, b) => fileName(JSON.stringify([a, b]))],
  ])('%s', (_, keyOf) => {
    apart(keyOf);
  });

  it('an object, a file and an outbox item, by one text', () => {
    fc.assert(
      fc.property(texts, texts, (a, b) => {
        fc.pre(a !== b);
        for (const keyOf of [objectKey, fileName, outboxPartition]) expect(keyOf(a)).not.toBe(keyOf(b));
      }),
      { numRuns: 1_000 },
    );
  });
});

it('stored values are well-formed and come back as they were', () => {
  fc.assert(
    fc.property(fc.array(texts), (value) => {
      const stored = toStored({ value });
      expect(JSON.parse(bytes(JSON.stringify(stored)).toString('utf8'))).toEqual(stored);
      expect(stored.value.every((text) => bytes(text).toString('utf8') === text)).toBe(true);
      expect(fromStored(stored)).toEqual({ value });
    }),
  );
});

describe('names of files and objects', () => {
  it('of a file: one name, short, lower case, with nothing that leads elsewhere', () => {
    fc.assert(fc.property(texts, (text) => /^[a-z0-9][a-z0-9.-]{63,130}$/.test(fileName(text))));
    expect(fileName('../../etc/passwd')).toMatch(/^etc-passwd\.[0-9a-f]{64}$/);
  });

  it.each([
    [
      'snapshots/123456789012/eu-west-1/2026-03-01T12.json',
      'snapshots/123456789012/eu-west-1/2026-03-01T12.json',
    ],
    ['a/../b', 'a/=2/b'],
    ['./a//b/', '=1/a/=0/b/=0'],
    ['', '=0'],
    ['a b=ü😀', 'a=x0020b=x003d=x00fc=xd83d=xde00'],
  ])('of an object: %s is %s', (key, name) => {
    expect(objectKey(key)).toBe(name);
  });

  it('of an object: within what S3 takes', () => {
    expect(objectKey('ü'.repeat(5_000)).length).toBeLessThan(1_024);
  });
});
