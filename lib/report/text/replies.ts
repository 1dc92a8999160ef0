import { TransportSet } from '#netset';

/**
 * Where common systems take the ports of their connections from: Linux 32768–60999, Windows and the BSDs 49152–65535.
 *
 * https://docs.aws.amazon.com/vpc/latest/userguide/nacl-ephemeral-ports.html
 */
const USUAL = TransportSet.tcp(32_768, 65_535).union(TransportSet.udp(32_768, 65_535));

/** Which client ports get their answers, where not all do. */
export function repliesText(answered: TransportSet): string {
  const ports = answered.toString();
  return answered.overlaps(USUAL)
    ? `reply only for client ports ${ports}`
    : `reply only for client ports ${ports}, which no usual system takes by itself`;
}

/** What gets there, or may, and never gets an answer; `undefined` if there is nothing of the kind. */
export function unansweredText(sure: TransportSet, possible: TransportSet): string | undefined {
  const flows = sure.isEmpty ? possible : sure;
  if (flows.isEmpty) return undefined;
  const datagram = flows.overlaps(TransportSet.udp()) ? ', and one UDP packet may be all that it takes' : '';
  return `${sure.isEmpty ? 'may' : 'can'} be sent, gets no answer: ${flows.toString()}${datagram}`;
}
