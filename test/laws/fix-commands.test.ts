import { describe, expect, it } from 'vitest';
import { TransportSet } from '#netset';
import type { Network } from '#model';
import { analyse, connectivity, egress, exposures, relayedExposures, type OutsideReach } from '#engine';
import { audit, changedNetwork, fixesFor, latent } from '#findings';
import { fixForms } from '#sources/aws';
import { afterCommands } from '../support/aws-cli.ts';
import { WIDENING } from './edits.ts';
import { networkOf } from './engine-answer.ts';
import type { Account } from './oracle/index.ts';
import { worldOf } from './oracle/worlds.ts';
import { seeds, TRIES_ALL } from './seeds.ts';
import { kindOf, WORLD_KINDS } from './world-kinds.ts';

/** Who may surely and possibly open what, as lines. */
function answersOf(network: Network): readonly string[] {
  const analysis = analyse(network);
  const outside = (pieces: readonly OutsideReach[]): string =>
    pieces
      .map(({ ips, transport }) => `${ips.toString()} ${transport.toString()}`)
      .sort()
      .join('; ');
  const nothing = TransportSet.NONE.toString();
  return [
    ...[...connectivity(analysis)].map(
      ({ from, to, family, sure, possible }) =>
        `${from} → ${to} ${String(family)} ${sure.toString()} | ${possible.toString()}`,
    ),
    ...[...exposures(analysis), ...relayedExposures(analysis)].map(
      ({ endpoint, family, sure, possible }) =>
        `internet → ${endpoint.id} ${String(family)} ${outside(sure)} | ${outside(possible)}`,
    ),
    ...egress(analysis).map(
      ({ endpoint, family, sure, possible }) =>
        `${endpoint.id} → internet ${String(family)} ${outside(sure)} | ${outside(possible)}`,
    ),
  ]
    .filter((line) => !line.endsWith(` ${nothing} | ${nothing}`))
    .sort();
}

/** By kind of fix, how many were typed. */
type Told = Map<string, number>;

function check(world: readonly Account[], name: string, told: Told): void {
  const network = networkOf(world);
  const analysis = analyse(network);
  const done = new Set<string>();
  for (const finding of [...audit(analysis), ...latent(analysis)]) {
    for (const { kind, what, changes } of fixesFor(analysis, finding).fixes) {
      const { awsCli } = fixForms(
        network,
        changes.filter((change) => change.kind !== 'new-policy' && change.kind !== 'peer'),
      );
      const key = awsCli.join('\n');
      if (awsCli.length === 0 || done.has(key)) continue;
      done.add(key);
      told.set(kind, (told.get(kind) ?? 0) + 1);
      const typed = answersOf(networkOf(afterCommands(world, awsCli)));
      const modelled = answersOf(changedNetwork(network, changes));
      expect({ name, what, awsCli, answers: typed }).toEqual({ name, what, awsCli, answers: modelled });
    }
  }
}

describe('the commands of a fix do what was tried on the model', () => {
  it('typed in worlds of all kinds, and what AWS says then translated anew', () => {
    const told: Told = new Map();
    // of two worlds of each kind one with a rule for everybody
    for (const seed of seeds(2 * WORLD_KINDS.length, 4)) {
      const { name, features } = kindOf(seed);
      const world = worldOf(seed, features);
      const isWider = seed >= WORLD_KINDS.length;
      const wider = isWider ? WIDENING[0]!.apply(world, seed) : undefined;
      check(wider ?? world, `${isWider ? 'wider ' : ''}world ${String(seed)} with ${name}`, told);
    }
    if (!TRIES_ALL) return;
    for (const kind of ['remove', 'narrow', 'reference', 'group', 'route'])
      expect(told.get(kind) ?? 0).toBeGreaterThan(0);
  });
});
