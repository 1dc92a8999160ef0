import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { parseConfig } from '../../../../lib/app/config/parse-config.ts';

const SCHEMA = JSON.parse(
  readFileSync(new URL('../../../../docs/postern.schema.json', import.meta.url), 'utf8'),
) as object;
const fits = new Ajv({ strict: false, allErrors: true, validateFormats: false }).compile(SCHEMA);

/** The file in docs/config.md that has every key. */
const ALL = /```yaml\n([^]*?)```/.exec(
  readFileSync(new URL('../../../../docs/config.md', import.meta.url), 'utf8'),
)![1]!;

function reads(text: string): boolean {
  try {
    parseConfig(text, 'postern.yml');
    return true;
  } catch {
    return false;
  }
}

const OWNED = 'owner: m, reason: x, until: 2027-01-31';

describe('the schema for editors', () => {
  it.each([
    ALL,
    '{}',
    'accounts: organization',
    "accounts: [{ id: '111122223333' }]",
    'regions: [eu-west-1]',
    'trusted: { office: 198.51.100.0/24 }',
    'zones: { a: { tags: { tier: [a, b] } }, b: [{ kind: cache }, { cidr: [10.0.0.0/8] }] }',
    'flows: [{ from: any, to: internet, forbid: all }]',
    `exceptions: [{ check: lateral-path, ${OWNED} }, { check: '*-exposed', ${OWNED} }]`,
    'crownJewels: { byKind: false, also: { name: db-* }, not: [{ vpc: dev }] }',
  ])('takes what the reader takes: %j', (text) => {
    expect([reads(text), fits(parse(text)), fits.errors]).toEqual([true, true, null]);
  });

  it.each([
    '[]',
    'regions: eu-west-1',
    'zone: {}',
    'accounts: [111122223333]',
    "accounts: [{ id: '1' }]",
    'channels: { sms: true }',
    'remindAfterHours: soon',
    'frontDoors: yes',
    'zones: { a: { vcp: x } }',
    'flows: [{ from: any, forbid: all }]',
    'exposures: [{ what: { name: a }, ports: tcp/25 }]',
    'exceptions: [{ fingerprint: 7c1e-94ab, owner: m, reason: x }]',
    'exceptions: [{ fingerprint: 7c1e94ab, owner: m, reason: x, until: 2027-01-31 }]',
    `exceptions: [{ check: admin-port, ${OWNED} }]`,
    `exceptions: [{ fingerprint: 7c1e-94ab, owner: '', reason: x, until: 2027-01-31 }]`,
    'exceptions: [{ fingerprint: 7c1e-94ab, owner: m, reason: x, until: 2027-02-30 }]',
    'assertions: [{ from: a, to: b, expect: never }]',
    'digest: { weekday: Monday }',
  ])('refuses what the reader refuses: %j', (text) => {
    expect([reads(text), fits(parse(text))]).toEqual([false, false]);
  });

  // JSON Schema has no words for these
  it.each([
    ['a block of addresses', 'trusted: { office: 198.51.100.0/33 }'],
    ['flows', 'exposures: [{ what: { name: a }, ports: tcp/99999, reason: x }]'],
    ['a name that nothing has', 'flows: [{ from: nowhere, to: any, forbid: all }]'],
    ['one of two', 'flows: [{ from: any, to: any, forbid: all, allow: all }]'],
  ])('leaves to the reader: %s', (_, text) => {
    expect([reads(text), fits(parse(text))]).toEqual([false, true]);
  });
});
