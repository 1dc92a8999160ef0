import type { Command } from 'commander';
import {
  blindSpotLines,
  doorwayLines,
  doorways,
  exposureLines,
  exposures,
  exposuresOnWaking,
  loadWithPotential,
  oneWay,
  potentialExposureLines,
  relayedExposureLines,
  relayedExposures,
  relayedOnWaking,
  summaryLine,
  reportExposure,
  toDoorwayJson,
  toPotentialExposureJson,
  toRelayedJson,
  toWakingExposureJson,
  wakingExposureLines,
} from '#app';
import { withQuestion, type CommonOptions } from '../options.ts';
import type { Screen } from '../screen.ts';

export function addExposure(program: Command, screen: Screen, answer: (code: number) => void): void {
  withQuestion(program.command('exposure'))
    .description(
      'what the internet reaches, and what it would reach once it is started or attached; of a cluster, also what pods that are not there yet would reach',
    )
    .action(async (options: CommonOptions) => {
      const { analysis, potential } = await loadWithPotential(options);
      const found = exposures(analysis);
      const relayed = relayedExposures(analysis);
      const byDoors = doorways(analysis);
      const unanswered = oneWay(analysis);
      const spots = [...analysis.network.blindSpots.values()];
      const waking = exposuresOnWaking(analysis);
      const wakingBehind = relayedOnWaking(analysis);
      if (options.format === 'json')
        screen.json({
          exposures: found.map(reportExposure),
          throughLoadBalancers: relayed.map(toRelayedJson),
          byFrontDoors: byDoors.map(toDoorwayJson),
          oneWay: unanswered.map(reportExposure),
          onWaking: waking.map(toWakingExposureJson),
          onWakingThroughLoadBalancers: wakingBehind.map(toRelayedJson),
          ...(potential !== undefined && { potential: potential.map(toPotentialExposureJson) }),
          blindSpots: spots,
        });
      else {
        screen.lines([summaryLine(analysis.network), '', screen.style.bold('the internet reaches')]);
        screen.lines([
          ...exposureLines(found, analysis.network, screen.style),
          ...relayedExposureLines(relayed, screen.style),
          ...doorwayLines(byDoors, screen.style),
        ]);
        screen.lines(['']);
        if (unanswered.length > 0)
          screen.lines([
            screen.style.bold('the internet can send, and gets no answer'),
            ...exposureLines(unanswered, analysis.network, screen.style),
            '',
          ]);
        if (waking.length + wakingBehind.length > 0)
          screen.lines([
            screen.style.bold('it would reach, once started or attached'),
            ...wakingExposureLines(waking, analysis.network, screen.style),
            ...relayedExposureLines(wakingBehind, screen.style),
            '',
          ]);
        if (potential !== undefined && potential.length > 0)
          screen.lines(potentialExposureLines(potential, screen.style));
        screen.lines(blindSpotLines(spots, screen.style));
      }
      answer(0);
    });
}
