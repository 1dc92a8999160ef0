import { draftAlert } from '#findings';
import type { TargetKey } from '#store';
import { oweAlerts, type OutboxPorts } from './outbox.ts';
import { targetName } from './target-name.ts';

/** Nothing at all could be read of a target. */
export class Unreadable extends Error {
  /** Nobody lets us in, so the account's other Regions are the same. */
  readonly isAccountWide: boolean;
  readonly remedy: string;

  constructor(
    message: string,
    { isAccountWide, remedy }: { readonly isAccountWide: boolean; readonly remedy: string },
  ) {
    super(message);
    this.name = 'Unreadable';
    this.isAccountWide = isAccountWide;
    this.remedy = remedy;
  }
}

/** Says once a day that a target, or a whole account, is out of sight. What was open in it counts as open. */
export async function tellUnreadable(
  target: TargetKey,
  { message, remedy, isAccountWide }: Unreadable,
  ports: OutboxPorts,
): Promise<void> {
  const time = ports.clock().toISOString();
  const what = isAccountWide ? `account ${target.account}` : targetName(target);
  const alert = draftAlert(
    {
      kind: 'blind-spot',
      severity: 'high',
      headline: `${what} cannot be read: ${message}`,
      details: [
        ...(remedy === '' ? [] : [remedy]),
        'What was open there counts as open, and changes there are not seen until it can be read again',
      ],
    },
    {
      place: { account: target.account, region: isAccountWide ? '' : target.region, time },
      blame: [],
      blameIs: 'nobody',
      id: `unreadable ${what} ${time.slice(0, 10)}`,
    },
  );
  await oweAlerts(alert.id, target, [alert], ports);
}
