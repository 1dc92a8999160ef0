import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import {
  audit,
  blindSpotLines,
  changeLines,
  demoFolder,
  exposureLines,
  exposures,
  findingLines,
  foldFindings,
  fixesFor,
  HostGraph,
  isCrownJewel,
  loadAnalysis,
  pathLine,
  plain,
  relayedExposureLines,
  relayedExposures,
  replay,
  summaryLine,
  toldFixes,
} from '#app';
import type { Screen } from '../screen.ts';

export function addDemo(program: Command, screen: Screen, answer: (code: number) => void): void {
  program
    .command('demo')
    .description(
      'the main job on the bundled account: what is reachable, then what each of five changes opens',
    )
    .action(async () => {
      const folder = demoFolder();
      const snapshot = join(folder, 'account.json');
      await showAccount(snapshot, screen);
      screen.lines(['', screen.style.bold('then somebody changes it'), '']);
      const events = join(folder, 'events');
      for (const event of readdirSync(events).sort()) {
        screen.lines([...changeLines(await replay(join(events, event), { snapshot }), screen.style), '']);
      }
      screen.lines([
        'try next, each with --snapshot examples/demo-account/account.json',
        '  npm run -s postern -- explain internet bastion tcp/22',
        '  npm run -s postern -- paths bastion shop-orders',
        '  npm run -s postern -- audit',
      ]);
      answer(0);
    });
}

async function showAccount(snapshot: string, screen: Screen): Promise<void> {
  const { analysis } = await loadAnalysis({ snapshot });
  const { network } = analysis;
  const { style } = screen;
  screen.lines([
    summaryLine(network),
    '',
    style.bold('the internet reaches'),
    ...exposureLines(exposures(analysis), network, style),
    ...relayedExposureLines(relayedExposures(analysis), style),
    '',
  ]);
  const graph = new HostGraph(analysis);
  const jewels = [...network.endpoints.values()].filter(isCrownJewel);
  const paths = new Map(
    jewels.map((jewel) => [jewel.workload.name, graph.shortestTo({ kind: 'internet' }, jewel.host)]),
  );
  screen.lines([style.bold('the shortest way from there to each crown jewel')]);
  screen.lines(
    [...paths].map(
      ([name, path]) =>
        `  ${path === undefined ? `none that is known to ${plain(name)}` : pathLine(path, style)}`,
    ),
  );
  screen.lines(['', style.bold('findings')]);
  const told = audit(analysis).map((finding) => ({
    finding,
    ...toldFixes(network, fixesFor(analysis, finding)),
  }));
  for (const [first, ...others] of foldFindings(told)) screen.lines(findingLines(first, style, others));
  screen.lines(['', ...blindSpotLines([...network.blindSpots.values()], style)]);
}
