import { parseTransport, type TransportSet } from '#netset';
import { idOf, type Handoff, type Relay } from '#model';
import { ipOf, sourceOf } from './network.ts';

export type RelaySpec = {
  readonly id: string;
  readonly entrances?: readonly string[];
  /** By what it answers on (`tcp/443`), targets such as `web 10.0.1.10 tcp/8080`, with `client` or `unknown` behind for whom they see. */
  readonly listeners: Readonly<Record<string, readonly string[]>>;
  readonly carries?: 'requests' | 'bytes';
  readonly isWhole?: boolean;
};

export function relay({
  id,
  entrances = [id],
  listeners,
  carries = 'bytes',
  isWhole = true,
}: RelaySpec): Relay {
  return {
    id: idOf(id),
    name: id,
    entrances: entrances.map((each) => idOf(each)),
    listeners: Object.entries(listeners).map(([transport, targets]) => ({
      transport: flows(transport),
      carries,
      handoffs: targets.map(handoff),
      at: sourceOf(`${id}/${transport}`),
    })),
    isWhole,
    at: sourceOf(id),
  };
}

function handoff(text: string): Handoff {
  const [target = '', ip = '', transport = '', source = 'relay'] = text.split(' ');
  return {
    target: idOf(target),
    ip: ipOf(ip),
    transport: flows(transport),
    source: source as Handoff['source'],
  };
}

function flows(text: string): TransportSet {
  const found = parseTransport(text);
  if (found === undefined) throw new Error(`not a set of flows: ${text}`);
  return found;
}
