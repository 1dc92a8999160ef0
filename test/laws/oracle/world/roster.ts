import type { Instance, NetworkInterface, Reservation } from '../responses.ts';
import type { Card } from './cards.ts';
import type { Dice } from './dice.ts';
import type { Features } from './features.ts';
import { idOf } from './ids.ts';

/** The cards as AWS prints them, with their groups, and the instances that some of them are attached to. */
export function enrol(
  dice: Dice,
  features: Features,
  cards: readonly Card[],
  groupsOf: (card: Card) => NetworkInterface['Groups'],
): { interfaces: NetworkInterface[]; reservations: Map<string, Reservation> } {
  const reservations = new Map<string, Reservation>();
  const interfaces = cards.map((card, number) => {
    const own = dice.fork('roster', card.id);
    const instance = card.kind === 'host' ? instanceOf(own, cards, card) : undefined;
    const attachment = attachmentOf(own.fork('attachment'), features, card, number, instance);
    if (instance !== undefined && attachment.Attachment?.InstanceId !== undefined)
      reservations.set(instance, reservationOf(dice, features, card, instance, reservations.get(instance)));
    const forwards = features.appliances && card.kind === 'host' && own.fork('forwards').chance(0.4);
    return {
      ...describe(card),
      ...(forwards ? { SourceDestCheck: false } : {}),
      ...card.raw,
      ...attachment,
      Groups: groupsOf(card),
    };
  });
  return { interfaces, reservations };
}

/** Most hosts have one interface; some share the instance of an earlier one in the same subnet. */
function instanceOf(dice: Dice, cards: readonly Card[], card: Card): string {
  const mates = cards.filter((each) => each.kind === 'host' && each.subnet === card.subnet);
  const owner = dice.fork('shared').chance(0.15) ? (mates[0] ?? card) : card;
  return owner.id.replace('eni-', 'i-');
}

function attachmentOf(
  dice: Dice,
  features: Features,
  card: Card,
  number: number,
  instance: string | undefined,
): Pick<NetworkInterface, 'Status' | 'Attachment'> {
  const isOwn = instance === card.id.replace('eni-', 'i-');
  const base = { AttachmentId: idOf('eni-attach', number), DeviceIndex: isOwn ? 0 : 1 };
  if (instance === undefined) {
    // Some service interfaces are printed without an attachment
    if (card.kind === 'database' && dice.chance(0.3)) return { Status: 'in-use' };
    const owner = card.kind === 'nat' ? 'amazon-aws' : 'amazon-rds';
    return { Status: 'in-use', Attachment: { ...base, InstanceOwnerId: owner, Status: 'attached' } };
  }
  const state = features.detachedInterfaces ? dice.below(60) : 59;
  if (state === 0) return { Status: 'available' };
  const status = state === 1 ? 'attaching' : state === 2 ? 'detaching' : 'attached';
  const owned = { InstanceId: instance, InstanceOwnerId: card.subnet.target.account };
  return { Status: 'in-use', Attachment: { ...base, ...owned, Status: status } };
}

const RUNNING = { Code: 16, Name: 'running' };
const STATES = [
  RUNNING,
  RUNNING,
  RUNNING,
  RUNNING,
  RUNNING,
  RUNNING,
  RUNNING,
  RUNNING,
  RUNNING,
  RUNNING,
  RUNNING,
  RUNNING,
  RUNNING,
  RUNNING,
  RUNNING,
  RUNNING,
  { Code: 0, Name: 'pending' },
  { Code: 80, Name: 'stopped' },
  { Code: 64, Name: 'stopping' },
] as const;

/** With the interface, beside those that the instance has already. */
function reservationOf(
  dice: Dice,
  features: Features,
  card: Card,
  id: string,
  earlier: Reservation | undefined,
): Reservation {
  const interfaces = earlier?.Instances[0]?.NetworkInterfaces ?? [];
  const instance: Instance = {
    InstanceId: id,
    InstanceType: 't3.micro',
    State: features.stoppedInstances ? dice.fork('state', id).pick(STATES) : RUNNING,
    VpcId: card.subnet.vpcId,
    SubnetId: card.subnet.id,
    PrivateIpAddress: card.raw.PrivateIpAddress ?? '',
    NetworkInterfaces: [...interfaces, { NetworkInterfaceId: card.id }],
    Tags: [],
  };
  const owner = card.subnet.target.account;
  return { ReservationId: id.replace('i-', 'r-'), OwnerId: owner, Instances: [instance] };
}

const TYPES = {
  host: 'interface',
  database: 'interface',
  lambda: 'lambda',
  nat: 'nat_gateway',
  transit: 'transit_gateway',
  'load-balancer': 'network_load_balancer',
} as const;

function describe(card: Card) {
  const isPlain = card.kind === 'host';
  return {
    NetworkInterfaceId: card.id,
    InterfaceType: TYPES[card.kind],
    Description: descriptionOf(card),
    OwnerId: card.subnet.target.account,
    VpcId: card.subnet.vpcId,
    SubnetId: card.subnet.id,
    SourceDestCheck: isPlain,
    RequesterManaged: !isPlain,
    ...(isPlain ? {} : { RequesterId: 'amazon-aws' }),
  };
}

function descriptionOf(card: Card): string {
  switch (card.kind) {
    case 'host':
      return '';
    case 'database':
      return 'RDSNetworkInterface';
    case 'lambda':
      return 'AWS Lambda VPC ENI-resize-5c9c2f0e-7a42-4a5f-9d0c-2a7d0f1b6e11';
    case 'nat':
      return `Interface for NAT Gateway ${card.id.replace('eni-', 'nat-')}`;
    case 'transit':
      return `Network Interface for Transit Gateway Attachment ${card.id.replace('eni-', 'tgw-attach-')}`;
    case 'load-balancer':
      return `ELB net/front/${card.id.slice(-16)}`;
    default:
      return card.kind satisfies never;
  }
}
