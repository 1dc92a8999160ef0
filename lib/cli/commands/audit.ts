import type { Command } from 'commander';
import {
  audit,
  blindSpotLines,
  findingLines,
  fixFor,
  loadAnalysis,
  removalCommands,
  SEVERITIES,
  summaryLine,
  toFindingJson,
  type Severity,
} from '#app';
import { parseSeverity, withQuestion, type CommonOptions } from '../options.ts';
import type { Screen } from '../screen.ts';

/** How many findings have their fix tried on the model: each try is an analysis of the whole network. */
const FIXES_TRIED = 20;

export function addAudit(program: Command, screen: Screen, answer: (code: number) => void): void {
  withQuestion(program.command('audit'))
    .description('what is wrong now: findings by severity, with paths, culprit rule and fix')
    .option('--fail-on <severity>', 'exit with 1 from this severity on, or never', parseSeverity, 'low')
    .action(async (options: CommonOptions & { failOn: Severity | 'never' }) => {
      const { analysis } = await loadAnalysis(options);
      const { network } = analysis;
      const findings = audit(analysis);
      const fixed = findings.map((finding, i) => {
        const fix =
          i < FIXES_TRIED ? fixFor(network, finding) : { remove: finding.culprits, isProven: false };
        return { finding, fix: { commands: removalCommands(network, fix.remove), isProven: fix.isProven } };
      });
      const spots = [...network.blindSpots.values()];
      if (options.format === 'json')
        screen.json({
          findings: fixed.map(({ finding, fix }) => toFindingJson(finding, fix)),
          blindSpots: spots,
        });
      else {
        screen.lines([summaryLine(network), '']);
        if (findings.length === 0) screen.lines(['no findings', '']);
        for (const { finding, fix } of fixed) screen.lines([...findingLines(finding, fix, screen.style), '']);
        screen.lines(blindSpotLines(spots, screen.style));
      }
      const limit = options.failOn === 'never' ? -1 : SEVERITIES.indexOf(options.failOn);
      answer(findings.some(({ severity }) => SEVERITIES.indexOf(severity) <= limit) ? 1 : 0);
    });
}
