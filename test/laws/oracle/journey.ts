import type { Answer } from './question.ts';
import { replyTo } from './traffic.ts';
import type { Packet } from './traffic.ts';

/** Something that may stop a packet on its way; asked in the order of the way. */
export type Stop = { readonly name: string; readonly admits: () => boolean };

/** One way that a packet may take: what could stop it, and whether an answering packet comes back by it. */
export type Journey =
  | { readonly isRouted: false; readonly why: string }
  | {
      readonly isRouted: true;
      readonly stops: readonly Stop[];
      readonly returns: (reply: Packet) => boolean;
    };

export function noWay(why: string): Journey {
  return { isRouted: false, why };
}

/**
 * The answer where the packet may take any of these journeys (a NAT gateway picks one of its addresses).
 *
 * `clientPorts` must hold a port of every stretch of 1024–65535 within which the filters do not tell ports
 * apart; then some port works exactly if one of these does.
 */
export function answerOf(
  journeys: readonly Journey[],
  packet: Packet,
  clientPorts: readonly number[],
): Answer {
  const routed = journeys.filter((journey) => journey.isRouted);
  const forward = routed.filter((journey) => journey.stops.every((stop) => stop.admits()));
  const reply = (clientPort: number): boolean => {
    const answering = replyTo(packet, clientPort);
    return forward.some((journey) => answering === undefined || journey.returns(answering));
  };
  return {
    routed: routed.length > 0,
    forward: forward.length > 0,
    reply,
    session: clientPorts.some(reply),
    why: forward.length > 0 ? 'admitted' : whyNot(journeys),
  };
}

function whyNot(journeys: readonly Journey[]): string {
  const reasons = journeys.map((journey) =>
    journey.isRouted ? `stopped by ${journey.stops.find((stop) => !stop.admits())?.name}` : journey.why,
  );
  return [...new Set(reasons)].join('; ');
}
