import { doubted, every, oneOf, said, some } from './maybe.ts';
import type { Maybe } from './maybe.ts';
import type { Answer } from './question.ts';
import { replyTo } from './traffic.ts';
import type { Packet } from './traffic.ts';

/**
 * Something that may stop a packet on its way; asked in the order of the way. `isOfWay`: what stands there is a gateway, without
 * which there is no way, and not a filter on it.
 */
export type Stop = {
  readonly name: string;
  readonly admits: () => boolean | Maybe;
  readonly isOfWay?: true;
};

/**
 * One way that a packet may take: what could stop it, and whether an answering packet comes back by it.
 *
 * `doubt` names what it passes that AWS's answers do not tell of; nothing about such a way is sure.
 */
export type Journey =
  | { readonly isRouted: false; readonly why: string }
  | {
      readonly isRouted: true;
      readonly doubt?: string;
      readonly stops: readonly Stop[];
      readonly returns: (reply: Packet) => boolean | Maybe;
    };

/** Ways that the packet may take as it likes: a NAT gateway picks one of its addresses. */
export type Ways = readonly Journey[];

export function noWay(why: string): Journey {
  return { isRouted: false, why };
}

/** A way through something that is not told: what is known to stop a packet still does. */
export function unknownWay(
  doubt: string,
  stops: readonly Stop[],
  returns: (reply: Packet) => boolean | Maybe = () => true,
): Journey {
  return { isRouted: true, doubt, stops, returns };
}

/**
 * The answer where AWS takes one of these alternatives, untold which, and any of the ways of that one will do.
 *
 * `clientPorts` must hold a port of every stretch of 1024–65535 within which the filters do not tell ports
 * apart; then some port works exactly if one of these does.
 */
export function answerOf(
  alternatives: readonly Ways[],
  packet: Packet,
  clientPorts: readonly number[],
): Answer {
  const overall = (part: (journey: Journey) => boolean | Maybe): Maybe =>
    oneOf(alternatives.map((ways) => some(ways.map(part))));
  const goes = (journey: Journey): Maybe =>
    journey.isRouted ? trusted(journey, every(journey.stops.map((stop) => stop.admits()))) : said(false);
  const replyBy =
    (clientPort: number) =>
    (journey: Journey): Maybe => {
      const forward = goes(journey);
      if (!journey.isRouted || !forward.possible) return said(false);
      const answering = replyTo(packet, clientPort);
      return every([forward, answering === undefined || journey.returns(answering)]);
    };
  const reply = (clientPort: number): Maybe => overall(replyBy(clientPort));
  const bounds = {
    routed: overall(
      (journey) =>
        journey.isRouted &&
        trusted(journey, every(journey.stops.flatMap((stop) => (stop.isOfWay ? [stop.admits()] : [])))),
    ),
    forward: overall(goes),
    reply,
    session: oneOf(
      alternatives.map((ways) =>
        some(clientPorts.flatMap((port) => ways.map((journey) => replyBy(port)(journey)))),
      ),
    ),
  };
  return {
    routed: bounds.routed.possible,
    forward: bounds.forward.possible,
    reply: (clientPort) => reply(clientPort).possible,
    session: bounds.session.possible,
    bounds,
    why: bounds.forward.sure ? 'admitted' : whyNot(alternatives.flat()),
  };
}

function trusted(journey: Journey & { readonly isRouted: true }, part: boolean | Maybe): Maybe {
  return journey.doubt === undefined ? said(part) : doubted(part);
}

function whyNot(journeys: readonly Journey[]): string {
  const reasons = journeys.map((journey) => {
    if (!journey.isRouted) return journey.why;
    const stop = journey.stops.find(({ admits }) => !said(admits()).sure);
    if (stop !== undefined) {
      return said(stop.admits()).possible ? `not told: ${stop.name}` : `stopped by ${stop.name}`;
    }
    return journey.doubt === undefined ? 'admitted' : `not told: ${journey.doubt}`;
  });
  return [...new Set(reasons)].join('; ');
}
