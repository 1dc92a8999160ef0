import type { Analysis } from '#engine';
import { audit, fixesFor, type Finding, type IntentSettings } from '#findings';
import { closedText, type Digest, type DigestFinding } from '#report';
import { translate } from '#sources/aws';
import type { Stores } from '#store';
import { analyseWithHairpins } from '../hairpins.ts';
import { snapshotsOf } from '../load.ts';
import { toldFixes } from '../told-fix.ts';
import { targetName } from '../watch/target-name.ts';

/** How many things are said to be done first: a list that is long is not done. */
const MOST_STEPS = 3;
/** Analyses of whole targets, which take seconds where targets are large; each candidate's fix is tried by one or two more. */
const MOST_TARGETS = 3;

type Step = Digest['first'][number];
type Looked = { readonly analysis: Analysis; readonly findings: readonly Finding[] };

/**
 * The commands of what to do first. Only the snapshots of a few findings are analysed; where one is not found in its own account alone (it needs a
 * neighbour to be seen, or the snapshot has gone), it is told without a command. What goes by the same commands is one step.
 */
export async function addCommands(digest: Digest, meant: IntentSettings, stores: Stores): Promise<Digest> {
  const looks = new Map<string, Looked | undefined>();
  const lookAt = async (finding: DigestFinding): Promise<Looked | undefined> => {
    const name = targetName(finding);
    if (!looks.has(name))
      looks.set(name, looks.size >= MOST_TARGETS ? undefined : await look(finding, meant, stores));
    return looks.get(name);
  };
  const steps: Step[] = [];
  for (const candidate of digest.first) {
    const step = withCommands(candidate, await lookAt(candidate.finding), meant);
    const same = steps.findIndex((each) => isSame(each, step));
    const known = steps[same];
    if (known !== undefined) steps[same] = { ...known, points: known.points + step.points };
    else if (steps.length < MOST_STEPS) steps.push(step);
  }
  return { ...digest, first: steps };
}

function isSame(a: Step, b: Step): boolean {
  const at = ({ finding: { account, region }, commands }: Step): string =>
    [account, region, ...commands].join('\n');
  return a.commands.length > 0 && at(a) === at(b);
}

/** `undefined` where the snapshot is not there any more, or cannot be understood. */
async function look(
  { account, region }: DigestFinding,
  meant: IntentSettings,
  { state, objects }: Stores,
): Promise<Looked | undefined> {
  const head = await state.head({ account, region });
  const text = head && (await objects.get(head.snapshot));
  if (head === undefined || text === undefined) return undefined;
  const analysis = analyseWithHairpins(translate(snapshotsOf(text, head.snapshot)));
  return { analysis, findings: audit(analysis, meant) };
}

function withCommands(step: Step, looked: Looked | undefined, meant: IntentSettings): Step {
  const found = looked?.findings.find(({ fingerprint }) => fingerprint === step.finding.fingerprint);
  if (looked === undefined || found === undefined) return step;
  const { fixes } = toldFixes(looked.analysis.network, fixesFor(looked.analysis, found, { meant }));
  const [best] = fixes;
  if (best === undefined) return step;
  const { owners = [], commands, isProven } = best;
  const closes = closedText(best, (name) => name).replace(/^; /, '');
  return { ...step, owners, commands, isProven, ...(closes !== '' && { closes }) };
}
