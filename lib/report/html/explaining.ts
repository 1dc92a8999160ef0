import { describeFlow, INTERNET, type Ip, type TransportSet } from '#netset';
import type { Endpoint, EndpointId, Network } from '#model';
import { explain, explainRelayed, exposures, type Analysis, type End, type Step } from '#engine';
import { explainedStep } from '../text/explained-step.ts';
import { plain } from '../text/plain.ts';
import { repliesText, unansweredText } from '../text/replies.ts';
import type { PageExplanation, PageStep } from './page/data.ts';
import { Pool } from './pool.ts';

/** Google's resolver: an address of the internet like any other, where none is known to get in. */
export const ANYBODY: Ip = { family: 4, value: 0x08080808 };

/** Explains hops, and keeps what the page shows of them: most steps are those of other hops as well. */
export class Explaining {
  readonly steps = new Pool<PageStep>();
  readonly explanations = new Pool<PageExplanation>();

  /**
   * The number of the explanation; `undefined` where the ends are not in that network, or share no address family. Where nobody is named as the
   * source it is `client`.
   */
  place(
    analysis: Analysis,
    from: string | undefined,
    to: string,
    flows: TransportSet,
    client: Ip,
  ): number | undefined {
    const { network } = analysis;
    const target = network.endpoints.get(to as EndpointId);
    const source = from === undefined ? undefined : network.endpoints.get(from as EndpointId);
    if (target === undefined || (from !== undefined && source === undefined)) return undefined;
    const end: End =
      source === undefined ? { kind: 'outside', ip: client } : { kind: 'endpoint', id: source.id };
    const found = explain(analysis, end, { kind: 'endpoint', id: target.id }, flows);
    if (found === undefined) return undefined;
    // what a load balancer hands on under the client's address does not come from itself
    const handed =
      found.verdict === 'denied' && source ? this.#handedOn(analysis, source, target, flows) : undefined;
    if (handed !== undefined) return handed;
    const notes = [
      ...(found.repliesOnlyTo === undefined ? [] : [repliesText(found.repliesOnlyTo)]),
      ...[unansweredText(found.unanswered.sure, found.unanswered.possible) ?? []].flat(),
      ...found.because.flatMap((id) => {
        const spot = network.blindSpots.get(id);
        return spot === undefined ? [] : [[plain(spot.what), plain(spot.remedy)].filter(Boolean).join('. ')];
      }),
    ];
    return this.explanations.place({
      verdict: found.verdict,
      flow: describeFlow(found.flow),
      steps: this.#stepsOf(found.steps, network, found.flow.point),
      notes,
    });
  }

  #handedOn(analysis: Analysis, relay: Endpoint, target: Endpoint, flows: TransportSet): number | undefined {
    const client: End = { kind: 'outside', ip: somebodyFor(analysis, relay.id, undefined) ?? ANYBODY };
    const way = explainRelayed(analysis, client, target, flows).find(({ relay: through }) =>
      through.entrances.some((entrance) => entrance === relay.id),
    );
    if (way === undefined) return undefined;
    const point = way.handed.first() ?? way.into.flow.point;
    return this.explanations.place({
      verdict: way.verdict,
      flow: `${way.handed.toString()} handed on by ${plain(way.relay.name)}`,
      steps: this.#stepsOf(way.onward, analysis.network, point),
      notes: way.source === 'client' ? ["the host sees the client's own address"] : [],
    });
  }

  #stepsOf(steps: readonly Step[], network: Network, point: number): number[] {
    return steps.map((step) => this.steps.place(explainedStep(step, network, point)));
  }
}

/** An address outside that gets in by these flows, of the widest piece that does. */
export function somebodyFor(analysis: Analysis, id: string, flows: TransportSet | undefined): Ip | undefined {
  for (const { endpoint, sure, possible } of exposures(analysis)) {
    if (endpoint.id !== id) continue;
    const piece = [...sure, ...possible].find(
      ({ transport }) => flows === undefined || transport.overlaps(flows),
    );
    const first = piece?.ips.intersect(INTERNET).first() ?? piece?.ips.first();
    if (first !== undefined) return first;
  }
  return undefined;
}
