import type { Command } from 'commander';
import {
  audit,
  blindSpotLines,
  findingLines,
  fixFor,
  latent,
  loadAnalysis,
  remarkLines,
  remarks,
  removalCommands,
  SEVERITIES,
  summaryLine,
  toFindingJson,
  toRemarkJson,
  type Analysis,
  type Finding,
  type Severity,
} from '#app';
import { parseSeverity, withQuestion, type CommonOptions } from '../options.ts';
import type { Screen } from '../screen.ts';

/** How many findings have their fix tried on the model: each try is an analysis of the whole network. */
const FIXES_TRIED = 20;

type Fixed = {
  readonly finding: Finding;
  readonly fix: { readonly commands: readonly string[]; readonly isProven: boolean };
};

export function addAudit(program: Command, screen: Screen, answer: (code: number) => void): void {
  withQuestion(program.command('audit'))
    .description(
      'what is wrong now, by severity, with paths, culprit rule and fix; what would be open next; what to tidy up',
    )
    .option('--fail-on <severity>', 'exit with 1 from this severity on, or never', parseSeverity, 'low')
    .action(async (options: CommonOptions & { failOn: Severity | 'never' }) => {
      const { analysis } = await loadAnalysis(options);
      const { network } = analysis;
      const found = withFixes(analysis, audit(analysis), FIXES_TRIED);
      const asleep = withFixes(analysis, latent(analysis), FIXES_TRIED - found.length);
      const untidy = remarks(analysis);
      const spots = [...network.blindSpots.values()];
      if (options.format === 'json')
        screen.json({
          findings: found.map(toJson),
          latent: asleep.map(toJson),
          remarks: untidy.map(toRemarkJson),
          blindSpots: spots,
        });
      else {
        screen.lines([summaryLine(network), '']);
        if (found.length === 0) screen.lines(['no findings', '']);
        showFindings(screen, found);
        if (asleep.length > 0)
          screen.lines([screen.style.bold('not open now, and open by the next step'), '']);
        showFindings(screen, asleep);
        if (untidy.length > 0) screen.lines([...remarkLines(untidy, screen.style), '']);
        screen.lines(blindSpotLines(spots, screen.style));
      }
      const limit = options.failOn === 'never' ? -1 : SEVERITIES.indexOf(options.failOn);
      const all = [...found, ...asleep];
      answer(all.some(({ finding: { severity } }) => SEVERITIES.indexOf(severity) <= limit) ? 1 : 0);
    });
}

function withFixes({ network }: Analysis, findings: readonly Finding[], most: number): readonly Fixed[] {
  return findings.map((finding, i) => {
    const fix = i < most ? fixFor(network, finding) : { remove: finding.culprits, isProven: false };
    return { finding, fix: { commands: removalCommands(network, fix.remove), isProven: fix.isProven } };
  });
}

function showFindings(screen: Screen, found: readonly Fixed[]): void {
  for (const { finding, fix } of found) screen.lines([...findingLines(finding, fix, screen.style), '']);
}

function toJson({ finding, fix }: Fixed) {
  return toFindingJson(finding, fix);
}
