import { formatCidr } from '#netset';
import type { Network, Route } from '#model';
import { shellWord } from '../undo/shell-word.ts';
import type { ModelChange } from './change.ts';

type Change<K extends ModelChange['kind']> = Extract<ModelChange, { kind: K }>;

/** https://docs.aws.amazon.com/cli/latest/reference/ec2/delete-route.html */
export function deleteRoute(
  { routeTables }: Network,
  { table: id, route }: Change<'route'>,
): string | undefined {
  const table = routeTables.get(id);
  const destination = destinationOf(route);
  if (table?.at.source !== 'aws' || destination === undefined) return undefined;
  return [
    'aws ec2 delete-route',
    `--region ${shellWord(table.at.region)}`,
    `--route-table-id ${shellWord(table.at.id)}`,
    destination,
  ].join(' ');
}

function destinationOf({ destination, list }: Route): string | undefined {
  if (list !== undefined) return `--destination-prefix-list-id ${shellWord(list)}`;
  if (destination === undefined) return undefined;
  const option = destination.family === 4 ? '--destination-cidr-block' : '--destination-ipv6-cidr-block';
  return `${option} ${shellWord(formatCidr(destination))}`;
}

/**
 * https://docs.aws.amazon.com/cli/latest/reference/elbv2/delete-listener.html,
 * https://docs.aws.amazon.com/cli/latest/reference/elb/delete-load-balancer-listeners.html
 */
export function deleteListener(
  { relays }: Network,
  { relay: id, listener }: Change<'listener'>,
): string | undefined {
  const { at, transport } = listener;
  if (at.source !== 'aws') return undefined;
  const region = `--region ${shellWord(at.region)}`;
  if (/^arn:[\w-]+:elasticloadbalancing:/.test(at.id))
    return `aws elbv2 delete-listener ${region} --listener-arn ${shellWord(at.id)}`;
  const [port] = transport.portsOf(6);
  const name = relays.get(id)?.at.id;
  return port === undefined || name !== at.id
    ? undefined
    : `aws elb delete-load-balancer-listeners ${region} --load-balancer-name ${shellWord(name)} --load-balancer-ports ${String(port.first)}`;
}
