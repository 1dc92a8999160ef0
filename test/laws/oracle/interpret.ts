import { parseAddress } from './address.ts';
import type { Address } from './address.ts';
import { between } from './between.ts';
import type { Party } from './between.ts';
import { inbound, outbound } from './beyond.ts';
import { holds } from './interfaces.ts';
import { answerOf, noWay } from './journey.ts';
import type { Ways } from './journey.ts';
import { NO } from './maybe.ts';
import { readNetwork } from './network.ts';
import type { Network } from './network.ts';
import type { End, Oracle, Question } from './question.ts';
import { relayed } from './relays.ts';
import type { Account } from './responses.ts';
import { packetOf } from './traffic.ts';

/**
 * A packet interpreter over describe responses: it follows one packet at a time, step by step, the way
 * AWS documents it, and knows nothing of sets. Slow, plain, and written apart from the engine, so that
 * the two can be compared.
 *
 * It presumes that everything was read, but for what AWS's answers do not tell even then: what appliances let
 * through (RT14, EN7, RT18), which zone a transit gateway takes, what a site outside AWS does. There its
 * answer has bounds. Not modelled, and so never asked of it: Direct Connect and what
 * filters do not see at all (SG18, NA8).
 */
export function interpret(target: Account | readonly Account[]): Oracle {
  const accounts = 'map' in target ? target : [target];
  const network = readNetwork(accounts);
  return {
    ask: (question) => {
      const packet = packetOf(question);
      const ports = question.clientPort === undefined ? network.clientPorts : [question.clientPort];
      return answerOf(journeysOf(network, question), packet, ports);
    },
    relayed: ({ from, to, ...question }) => {
      const client = endOf(network, from);
      const target = endOf(network, to);
      if (!('at' in target)) throw new TypeError('the target is no known interface');
      if (!target.at.isLive || ('at' in client && !client.at.isLive)) return NO;
      return relayed(network, accounts, addressIn(client), { ...question, to: target }, (front, packet) => {
        // A load balancer does not call itself
        if ('at' in client && client.at === front.at) return NO;
        const ways =
          'at' in client
            ? between(network, client, front, packet)
            : inbound(network, client.outside, front, packet);
        return answerOf(ways, packet, network.clientPorts).bounds.session;
      });
    },
  };
}

function journeysOf(network: Network, question: Question): Ways[] {
  const packet = packetOf(question);
  const from = endOf(network, question.from);
  const to = endOf(network, question.to);
  if (addressIn(from).family !== addressIn(to).family) throw new TypeError('ends of two address families');
  if ('at' in from && !from.at.isLive) return [[noWay('the source does not run')]];
  if ('at' in to && !to.at.isLive) return [[noWay('the destination does not run')]];
  if (!('at' in from)) {
    if (!('at' in to)) throw new TypeError('both ends are outside');
    return inbound(network, from.outside, to, packet);
  }
  if (!('at' in to)) return outbound(network, from, to.outside, packet);
  if (from.at === to.at) throw new TypeError('an interface does not reach itself (SG19)');
  return between(network, from, to, packet);
}

type ParsedEnd = Party | { readonly outside: Address };

function addressIn(end: ParsedEnd): Address {
  return 'at' in end ? end.address : end.outside;
}

function endOf(network: Network, end: End): ParsedEnd {
  const text = 'outside' in end ? end.outside : end.ip;
  const address = parseAddress(text);
  if (address === undefined) throw new TypeError(`not an address: ${text}`);
  if ('outside' in end) {
    if (network.isHeld(address)) throw new TypeError(`${text} is on a known interface`);
    return { outside: address };
  }
  const at = network.interfaces.get(end.interface);
  if (at === undefined || !holds(at, address)) throw new TypeError(`${end.interface} does not hold ${text}`);
  return { at, address };
}
