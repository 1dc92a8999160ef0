import { memoryStores } from '#store';
import { mortalStores } from '../../contracts/mortal-stores.ts';
import { storeContract } from '../../contracts/store.contract.ts';

storeContract('memory', {
  place: (clock) => {
    const stores = memoryStores({ clock });
    return Promise.resolve({
      open: () => Promise.resolve(stores),
      openMortal: (life) => Promise.resolve(mortalStores(stores, life)),
    });
  },
  runs: 300,
});
