import type { Command } from 'commander';
import {
  blindSpotLines,
  exposureLines,
  exposures,
  loadAnalysis,
  oneWay,
  relayedExposureLines,
  relayedExposures,
  summaryLine,
  toExposureJson,
  toRelayedJson,
} from '#app';
import { withQuestion, type CommonOptions } from '../options.ts';
import type { Screen } from '../screen.ts';

export function addExposure(program: Command, screen: Screen, answer: (code: number) => void): void {
  withQuestion(program.command('exposure'))
    .description('what the internet reaches')
    .action(async (options: CommonOptions) => {
      const { analysis } = await loadAnalysis(options);
      const found = exposures(analysis);
      const relayed = relayedExposures(analysis);
      const unanswered = oneWay(analysis);
      const spots = [...analysis.network.blindSpots.values()];
      if (options.format === 'json')
        screen.json({
          exposures: found.map(toExposureJson),
          throughLoadBalancers: relayed.map(toRelayedJson),
          oneWay: unanswered.map(toExposureJson),
          blindSpots: spots,
        });
      else {
        screen.lines([summaryLine(analysis.network), '', screen.style.bold('the internet reaches')]);
        screen.lines([...exposureLines(found, screen.style), ...relayedExposureLines(relayed, screen.style)]);
        screen.lines(['']);
        if (unanswered.length > 0)
          screen.lines([
            screen.style.bold('the internet can send, and gets no answer'),
            ...exposureLines(unanswered, screen.style),
            '',
          ]);
        screen.lines(blindSpotLines(spots, screen.style));
      }
      answer(0);
    });
}
