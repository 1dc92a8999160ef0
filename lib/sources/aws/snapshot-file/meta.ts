import { oneLine } from '#sources/shared';
import {
  isCallKey,
  SCHEMA_VERSION,
  type CollectBlindSpot,
  type CollectBlindSpotCode,
} from '../resources/index.ts';
import { isObject } from './piece.ts';

/** What a file says of itself. Texts are cleaned; what cannot be read is absent and has a problem. */
export type Meta = {
  readonly account?: string;
  readonly region?: string;
  readonly capturedAt?: string;
  readonly startedAt?: string;
  readonly blindSpots: readonly CollectBlindSpot[];
  readonly problems: readonly { readonly path: string; readonly message: string }[];
};

export type MetaRead =
  { readonly ok: true; readonly meta: Meta } | { readonly ok: false; readonly message: string };

export function readMeta(raw: unknown): MetaRead {
  if (raw === undefined || raw === null) return { ok: true, meta: { blindSpots: [], problems: [] } };
  if (!isObject(raw)) return { ok: false, message: '_meta is not an object' };
  const version = raw['schemaVersion'] ?? SCHEMA_VERSION;
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 1) {
    return { ok: false, message: '_meta.schemaVersion is not a whole number from 1' };
  }
  if (version > SCHEMA_VERSION) {
    const message = `it was written by a newer Postern, in form ${version} (this one reads ${SCHEMA_VERSION}). Update Postern.`;
    return { ok: false, message };
  }
  const problems: { path: string; message: string }[] = [];
  const text = (name: string, read: (value: unknown) => string | undefined): Record<string, string> => {
    const value = raw[name] ?? undefined;
    const good = value === undefined ? undefined : read(value);
    if (value !== undefined && good === undefined) {
      problems.push({
        path: `_meta.${name}`,
        message: `_meta.${name} cannot be read and counts as not told`,
      });
    }
    return good === undefined ? {} : { [name]: good };
  };
  const meta: Meta = {
    ...text('account', accountOf),
    ...text('region', nameOf),
    ...text('capturedAt', timeOf),
    ...text('startedAt', timeOf),
    blindSpots: blindSpotsOf(raw['blindSpots'], problems),
    problems,
  };
  return { ok: true, meta };
}

/** An account id. Written as a number it has lost its leading zeros. */
export function accountOf(value: unknown): string | undefined {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value > 0)
    return String(value).padStart(12, '0');
  return nameOf(value);
}

export function nameOf(value: unknown): string | undefined {
  const name = typeof value === 'string' ? oneLine(value, 64) : '';
  return name === '' ? undefined : name;
}

function timeOf(value: unknown): string | undefined {
  if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:?\d\d)$/.test(value))
    return undefined;
  return Number.isNaN(Date.parse(value)) ? undefined : value;
}

const CODES: ReadonlySet<unknown> = new Set<CollectBlindSpotCode>([
  'denied',
  'throttled',
  'timed-out',
  'unsupported',
  'cut',
  'malformed',
  'dangling',
  'failed',
]);

function blindSpotsOf(
  raw: unknown,
  problems: { path: string; message: string }[],
): readonly CollectBlindSpot[] {
  if (raw === undefined || raw === null) return [];
  if (!Array.isArray(raw)) {
    problems.push({
      path: '_meta.blindSpots',
      message: '_meta.blindSpots is not a list, so what was not read is not known',
    });
    return [];
  }
  return raw.flatMap((item: unknown, index) => {
    const blindSpot = blindSpotFrom(item);
    if (blindSpot !== undefined) return [blindSpot];
    const path = `_meta.blindSpots[${index}]`;
    problems.push({ path, message: `${path} cannot be read, so what was not read there is not known` });
    return [];
  });
}

function blindSpotFrom(raw: unknown): CollectBlindSpot | undefined {
  if (!isObject(raw)) return undefined;
  const { code, call, what, remedy, narrows, error } = raw;
  if (!CODES.has(code) || typeof call !== 'string' || typeof what !== 'string') return undefined;
  if (call !== 'GetCallerIdentity' && !isCallKey(call)) return undefined;
  const optional = Object.fromEntries(
    ['parent', 'id', 'namedBy'].flatMap((name) =>
      typeof raw[name] === 'string' ? [[name, oneLine(raw[name])]] : [],
    ),
  );
  return {
    code: code as CollectBlindSpotCode,
    call,
    ...optional,
    what: oneLine(what, 1_000),
    remedy: typeof remedy === 'string' ? oneLine(remedy, 1_000) : '',
    narrows: narrows === true,
    error: typeof error === 'string' ? oneLine(error) : '',
  };
}
