import type { Peer } from './peer.ts';

/** What a mistake does to whoever relies on the answer. */
export type Consequence = 'misses an exposure' | 'false alarm' | 'fails the run' | 'silent';

export type Mistake = {
  readonly peer: Peer;
  /** One sentence about the peer's code at its commit. */
  readonly mistake: string;
  readonly consequence: Consequence;
  /** The file in the peer's repository where it was read; an issue's address where people reported it. */
  readonly source: string;
  /** The peer's own function was run on such an input. Otherwise its code was read. */
  readonly wasRun?: true;
};

const of =
  (consequence: Consequence) =>
  (peer: Peer, source: string, mistake: string): Mistake => ({ peer, mistake, consequence, source });

export const misses = of('misses an exposure');
export const alarms = of('false alarm');
export const fails = of('fails the run');
export const isSilent = of('silent');

/** One account and one question that another tool gets wrong, and the answer. */
export type Case = {
  /** The rule's id in lib/sources/aws/README.md, or `watch` for what is about alerts. */
  readonly id: string;
  /** What is asked, in the present tense and without a full stop. */
  readonly name: string;
  /** Where AWS says what is right. */
  readonly page: string;
  readonly mistakes: readonly [Mistake, ...Mistake[]];
  readonly ask: () => unknown;
  readonly right: unknown;
};

/** The name of the test that a mistake has. */
export function testName({ id, name }: Case, { peer }: Mistake): string {
  return `${id} ${peer.name}: ${name}`;
}
