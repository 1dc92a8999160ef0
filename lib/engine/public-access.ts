import type { Access } from '#model';
import { certain, POSSIBLE, type Band } from './band.ts';
import type { RowPool } from './row-pool.ts';

/** What an account's limit on its internet gateways leaves of what goes by one. */
export function limited(rows: RowPool, band: Band, access: Access | undefined): Band {
  switch (access) {
    case 'closed':
      return certain(rows.none);
    case 'unknown':
      return [rows.none, band[POSSIBLE]];
    case 'open':
    case undefined:
      return band;
  }
}
