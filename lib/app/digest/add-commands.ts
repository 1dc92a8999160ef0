import { audit, fixFor, type IntentSettings } from '#findings';
import type { Digest, DigestFinding } from '#report';
import { removalCommands, translate } from '#sources/aws';
import type { Stores } from '#store';
import { analyseWithHairpins } from '../hairpins.ts';
import { snapshotsOf } from '../load.ts';

/**
 * The commands of what to do first. Only the snapshots of those few findings are analysed; where one is not found in its own account alone (it needs a
 * neighbour to be seen, or the snapshot has gone), it is told without a command.
 */
export async function addCommands(digest: Digest, meant: IntentSettings, stores: Stores): Promise<Digest> {
  const first: Digest['first'][number][] = [];
  for (const step of digest.first) {
    const found = await commandsFor(step.finding, meant, stores).catch(() => undefined);
    first.push({ ...step, ...found });
  }
  return { ...digest, first };
}

async function commandsFor(
  { account, region, fingerprint }: DigestFinding,
  meant: IntentSettings,
  { state, objects }: Stores,
): Promise<Pick<Digest['first'][number], 'commands' | 'isProven'> | undefined> {
  const head = await state.head({ account, region });
  const text = head && (await objects.get(head.snapshot));
  if (head === undefined || text === undefined) return undefined;
  const analysis = analyseWithHairpins(translate(snapshotsOf(text, head.snapshot)));
  const finding = audit(analysis, meant).find((each) => each.fingerprint === fingerprint);
  if (finding === undefined) return undefined;
  const { remove, isProven } = fixFor(analysis.network, finding, meant);
  return { commands: removalCommands(analysis.network, remove), isProven };
}
