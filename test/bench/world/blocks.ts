import { addressOf, blockText } from './address.ts';
import type { Ids } from './ids.ts';
import { Random } from './random.ts';

/** The address blocks outside all VPCs that rules speak of, and the prefix lists made of them. */
export type OutsideBlocks = {
  /** Offices and partners on the internet, all within the ranges kept for documentation. */
  readonly partners: readonly string[];
  readonly offices: readonly string[];
  /** Private networks beyond a VPN. */
  readonly onPremises: readonly string[];
  readonly lists: readonly PrefixListPlan[];
  /** AWS's own list for S3, which gateway endpoints route. */
  readonly storageList: PrefixListPlan;
};

export type PrefixListPlan = {
  readonly id: string;
  readonly name: string;
  readonly isAwsManaged: boolean;
  readonly cidrs: readonly string[];
};

const DOCUMENTATION = [addressOf(192, 0, 2), addressOf(198, 51, 100), addressOf(203, 0, 113)];
const STORAGE_BLOCKS = ['3.5.64.0/21', '52.92.0.0/17', '52.218.0.0/17'];

export function planBlocks(seed: number, ids: Ids): OutsideBlocks {
  const random = new Random(seed, 'blocks');
  const offices = [
    blockText(addressOf(198, 51, 100), 25),
    blockText(addressOf(203, 0, 113, 64), 28),
    '192.0.2.17/32',
  ];
  const partners = distinct(240, () =>
    blockText(random.pick(DOCUMENTATION) + random.between(0, 255), random.pick([26, 27, 28, 29, 30, 32, 32])),
  );
  const onPremises = distinct(48, () =>
    random.chance(0.6)
      ? blockText(addressOf(192, 168, random.between(0, 255)), random.pick([20, 22, 24, 24]))
      : blockText(addressOf(172, random.between(16, 29), random.between(0, 255)), random.pick([16, 20, 24])),
  );
  const list = (name: string, cidrs: readonly string[], isAwsManaged = false): PrefixListPlan => ({
    id: ids.next('pl'),
    name,
    isAwsManaged,
    cidrs,
  });
  return {
    partners,
    offices,
    onPremises,
    lists: [
      list('offices', offices),
      list('partners', random.shuffled(partners).slice(0, 40)),
      list('on-premises', random.shuffled(onPremises).slice(0, 24)),
      list('payment-providers', random.shuffled(partners).slice(0, 12)),
      list(
        'probes',
        distinct(60, () => blockText(random.pick(DOCUMENTATION) + random.between(0, 255), 32)),
      ),
    ],
    storageList: list(`com.amazonaws.eu-west-1.s3`, STORAGE_BLOCKS, true),
  };
}

function distinct(count: number, draw: () => string): string[] {
  const drawn = new Set<string>();
  while (drawn.size < count) drawn.add(draw());
  return [...drawn];
}
