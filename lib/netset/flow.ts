import { isPoint, isUnusedPoint, portOfPoint } from './axis.ts';
import { formatIp } from './ip.ts';
import type { Ip } from './ip.ts';
import { isPort } from './port.ts';
import { describePoint } from './transport-format.ts';

/** One header: who sends to whom, and what. */
export type Flow = {
  readonly source: Ip;
  /** Of the source's family. */
  readonly destination: Ip;
  /** Protocol and destination port, or ICMP type and code, as a point of the transport axis. */
  readonly point: number;
  /** The source port, to which replies go. Only TCP and UDP have one. */
  readonly clientPort?: number;
};

/** @throws RangeError if the families differ, no packet has the point, or the client port does not fit it */
export function flowOf(source: Ip, destination: Ip, point: number, clientPort?: number): Flow {
  if (source.family !== destination.family) {
    throw new RangeError(`no packet goes from ${formatIp(source)} to ${formatIp(destination)}`);
  }
  if (!isPoint(point) || isUnusedPoint(point)) throw new RangeError(`no packet has the point ${point}`);
  if (clientPort === undefined) return { source, destination, point };
  if (!isPort(clientPort) || portOfPoint(point) === undefined) {
    throw new RangeError(`${describePoint(point)} has no client port ${clientPort}`);
  }
  return { source, destination, point, clientPort };
}

/** "203.0.113.9 → 10.0.0.5 tcp 22", and "from port 40000" if the client's is known. */
export function describeFlow(flow: Flow): string {
  const from = flow.clientPort === undefined ? '' : ` from port ${flow.clientPort}`;
  return `${formatIp(flow.source)} → ${formatIp(flow.destination)} ${describePoint(flow.point)}${from}`;
}
