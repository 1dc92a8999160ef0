import { formatCidr } from '#netset';
import type { AttachedTo, Network, TransitTarget } from '#model';
import type { Step } from '#engine';
import { plain } from './plain.ts';
import { targetText } from './target-text.ts';

/** Whether and by what it comes into the network. */
export function arrivalText(step: Extract<Step, { kind: 'arrival' }>): string {
  const { mark, endpoint, by, routes, closedBy } = step;
  const name = plain(endpoint.name);
  if (by.length > 0 && mark !== 'blocks')
    return `${mark === 'passes' ? 'comes' : 'may come'} in from outside the cloud by ${by.map((id) => plain(id)).join(', ')}`;
  const closed = closedBy === undefined ? '' : `: ${plain(closedBy)}`;
  const way = routes.length === 0 ? '' : ` by ${routes.map((route) => targetText(route.target)).join(', ')}`;
  switch (mark) {
    case 'passes':
      if (endpoint.unaddressed !== undefined) return `the internet dials ${name}`;
      return `an internet gateway is attached to ${plain(endpoint.network)}`;
    case 'unknown':
      return way === ''
        ? `not known whether this comes in to ${name}${closed}`
        : `an internet gateway sends this to ${name}${way}${closed}`;
    case 'blocks':
      if (endpoint.unaddressed !== undefined)
        return `${name} has no address outside the cluster: only what is handed on to it gets there`;
      return `no internet gateway brings this to ${name}${closed || way}`;
  }
}

/** `tgw-rtb-0a… of tgw-0b…: 10.2.0.0/16 → tgw-attach-0c… (vpc-0d…)` */
export function transitText(step: Extract<Step, { kind: 'transit' }>, network: Network): string {
  const { gateway, attachment, route } = step;
  if (attachment === undefined) return `no subnet in its zone is attached to ${plain(gateway)}`;
  const { table } = attachment;
  if (table === undefined) {
    const why =
      attachment.tableUnread === undefined
        ? 'is associated with no route table'
        : 'has a route table that was not read';
    return `${plain(attachment.id)} of ${plain(gateway)} ${why}`;
  }
  const where = `${plain(table)} of ${plain(gateway)}`;
  if (route === undefined) return `${where}: no route`;
  const destination =
    route.destination === undefined ? 'destinations not read' : formatCidr(route.destination);
  return `${where}: ${destination} → ${transitTargetText(step, route.target, network)}`;
}

function transitTargetText(
  { gateway: id }: Extract<Step, { kind: 'transit' }>,
  target: TransitTarget,
  network: Network,
): string {
  if (target.kind === 'blackhole') return 'blackhole';
  if (target.kind === 'unknown') return 'not followed';
  const gateway = network.gateways.get(id);
  const attachments = gateway?.kind === 'transit' ? gateway.attachments : undefined;
  return target.attachments
    .map((each) => `${plain(each)}${attachedText(attachments?.get(each)?.to)}`)
    .join(' or ');
}

function attachedText(to: AttachedTo | undefined): string {
  switch (to?.kind) {
    case undefined:
      return '';
    case 'network':
      return ` (${plain(to.network)})`;
    case 'peer':
      return ` (${plain(to.gateway)})`;
    case 'site':
      return ' (outside the cloud)';
    case 'unknown':
      return ` (${plain(to.text)}, not followed)`;
  }
}
