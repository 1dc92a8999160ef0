import type { Command } from 'commander';
import {
  endsOf,
  doorExplanationLines,
  explainDoors,
  explainRelayed,
  explanationLines,
  explanationsOf,
  findNamed,
  internetEntrances,
  loadAnalysis,
  notDecidedHere,
  parseTransport,
  plain,
  QuestionError,
  relayedWayLines,
  TransportSet,
  type Analysis,
  type DoorExplanation,
  type End,
  type Explanation,
  type Named,
  type RelayedExplanation,
} from '#app';
import { withQuestion, type CommonOptions } from '../options.ts';
import type { Screen } from '../screen.ts';

const RANK = { allowed: 2, unknown: 1, denied: 0 };

export function addExplain(program: Command, screen: Screen, answer: (code: number) => void): void {
  withQuestion(program.command('explain'))
    .description('allowed, denied or unknown, step by step, naming each rule, ACL entry and route')
    .argument('<from>', 'an id, address, name, or internet')
    .argument('<to>', 'an id, address, name, or internet')
    .argument('[flows]', 'such as tcp/22', 'all')
    .action(async (from: string, to: string, flows: string, options: CommonOptions) => {
      const asked = parseTransport(flows);
      if (asked === undefined)
        throw new QuestionError(
          `"${plain(flows)}" is not a set of flows; write tcp/22, tcp/20-25, udp/53, icmp/8/0, gre or all`,
        );
      const { analysis } = await loadAnalysis(options);
      const { network } = analysis;
      let best: Explanation | undefined;
      const verdicts = new Set<Explanation['verdict']>();
      const origin = findNamed(network, from);
      const goal = findNamed(network, to);
      if (origin.kind !== 'endpoints' && goal.kind !== 'endpoints') throw notDecidedHere(from, to);
      const entrances = internetEntrances(analysis, origin, goal, asked);
      const sources = [...endsOf(origin, analysis), ...entrances.wide];
      for (const found of explanationsOf(analysis, { origin, sources, goal }, asked)) {
        verdicts.add(found.verdict);
        if (best === undefined || RANK[found.verdict] > RANK[best.verdict]) best = found;
      }
      if (best === undefined)
        throw new QuestionError(`${plain(from)} and ${plain(to)} have no addresses of one family`);
      const ways = throughRelays(analysis, sources, goal, asked);
      const doors = byFrontDoors(analysis, endsOf(origin, analysis), goal, asked);
      if (options.format === 'json') {
        const { verdict, sure, possible, because, unanswered, repliesOnlyTo } = best;
        screen.json({
          verdict,
          from,
          to,
          asked: asked.toString(),
          sure: sure.toString(),
          possible: possible.toString(),
          unanswered: {
            sure: unanswered.sure.toString(),
            possible: unanswered.possible.toString(),
          },
          because,
          repliesOnlyTo: (repliesOnlyTo ?? TransportSet.NONE).toString(),
          through: ways.map(({ relay, behind = [], verdict: way, dialled, handed, source }) => ({
            id: relay.id,
            name: relay.name,
            ...(behind.length > 0 && { behind: behind.map(({ id, name }) => ({ id, name })) }),
            verdict: way,
            dialled: dialled.toString(),
            handed: handed.toString(),
            source,
          })),
          byFrontDoors: doors.map(({ door, verdict: way, transport, through }) => ({
            id: door.id,
            name: door.name,
            gate: door.gate,
            guests: door.guests,
            verdict: way,
            opens: transport.toString(),
            through: through.map(({ id, name }) => ({ id, name })),
          })),
          steps: best.steps.map(({ kind, mark }) => ({ kind, mark })),
        });
      } else {
        screen.lines(explanationLines(best, network, from, to, asked, screen.style));
        if ((origin.kind === 'outside' || goal.kind === 'outside') && verdicts.size > 1)
          screen.lines(['  so it is for a part of that block; other addresses in it have another answer']);
        if (ways.length > 0) screen.lines(relayedWayLines(ways, network, to, screen.style));
        if (doors.length > 0) screen.lines(doorExplanationLines(doors, screen.style));
        for (const ips of entrances.limited)
          screen.lines([`  allowed or possible for some addresses: ${ips.toString()}`]);
      }
      answer(0);
    });
}

/** The surest way through each load balancer, from any of these ends to any endpoint of the goal. */
function throughRelays(
  analysis: Analysis,
  sources: readonly End[],
  goal: Named,
  asked: TransportSet,
): RelayedExplanation[] {
  const best = new Map<string, RelayedExplanation>();
  if (goal.kind !== 'endpoints') return [];
  for (const source of sources) {
    for (const target of goal.endpoints) {
      for (const way of explainRelayed(analysis, source, target, asked)) {
        const key = [way.relay, ...(way.behind ?? [])].map(({ id }) => id).join(' ');
        if (best.get(key)?.verdict !== 'allowed') best.set(key, way);
      }
    }
  }
  return [...best.values()];
}

/** The surest way by each front door, and through each load balancer behind it, to any endpoint of the goal. */
function byFrontDoors(
  analysis: Analysis,
  sources: readonly End[],
  goal: Named,
  asked: TransportSet,
): DoorExplanation[] {
  const best = new Map<string, DoorExplanation>();
  if (goal.kind !== 'endpoints') return [];
  for (const source of sources) {
    for (const target of goal.endpoints) {
      for (const way of explainDoors(analysis, source, target, asked)) {
        const key = [way.door.id, ...way.through.map(({ id }) => id)].join(' ');
        const known = best.get(key);
        if (known?.verdict !== 'allowed')
          best.set(key, { ...way, transport: way.transport.union(known?.transport ?? way.transport) });
      }
    }
  }
  return [...best.values()];
}
