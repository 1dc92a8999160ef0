import { deathContract } from './store-deaths.contract.ts';
import { headContract } from './store-heads.contract.ts';
import { historyContract } from './store-history.contract.ts';
import { lawContract } from './store-laws.contract.ts';
import { noteContract } from './store-notes.contract.ts';
import { objectStoreContract } from './store-objects.contract.ts';
import { outboxContract } from './store-outbox.contract.ts';
import type { StoreHarness } from './store-place.ts';

/** What every implementation of the stores does, whatever it keeps things in. */
export function storeContract(name: string, harness: StoreHarness): void {
  objectStoreContract(name, harness);
  headContract(name, harness);
  outboxContract(name, harness);
  noteContract(name, harness);
  historyContract(name, harness);
  deathContract(name, harness);
  lawContract(name, harness);
}
