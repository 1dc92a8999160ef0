import type { Delivery, Head, OutboxItem, TargetKey } from '#store';

export const IRELAND: TargetKey = { account: '123456789012', region: 'eu-west-1' };
export const FRANKFURT: TargetKey = { account: '123456789012', region: 'eu-central-1' };

export function headAt(version: number, run = 'run'): Head {
  return {
    version,
    snapshot: `snapshots/${run}-${version}.json`,
    findings: `findings/${run}-${version}.json`,
    brief: `briefs/${run}-${version}.json`,
    engine: '0.1.0',
    readAt: '2026-03-01T11:58:00.000Z',
    committedAt: '2026-03-01T11:59:00.000Z',
    neighbours: [
      { ...FRANKFURT, snapshot: `snapshots/next-${version}.json`, readAt: '2026-03-01T11:00:00.000Z' },
    ],
  };
}

export const SNS = { channel: 'sns', alert: 'alert-1' };
export const SLACK = { channel: 'slack', alert: 'alert-1' };

export function itemOf(
  id: string,
  { deliveries = [SNS, SLACK], ...rest }: Partial<OutboxItem> = {},
): OutboxItem {
  return {
    id,
    target: IRELAND,
    alerts: `alerts/${id}.json`,
    createdAt: '2026-03-01T11:59:00.000Z',
    deliveries,
    ...rest,
  };
}

export function sameDelivery(a: Delivery, b: Delivery): boolean {
  return a.channel === b.channel && a.alert === b.alert;
}

/** Names that some store's own names, paths or orders could trip over. Each is another one. */
export const ODD_NAMES = [
  '',
  ' ',
  '#',
  '/',
  '..',
  '../..',
  'a',
  'A',
  'a#b',
  'a/b',
  'a/../b',
  'a\nb',
  'a\u0000b',
  'a b',
  'ä',
  'a\u0308',
  '名',
  '\u007f',
  '\u007f0023',
  '=x0023',
  '\ue000',
  '\uffff',
  '😀',
  '\ud83d',
  '\ud83e',
  'ITEM',
  'con',
  '__proto__',
  '"],["',
] as const;
