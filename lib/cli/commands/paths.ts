import type { Command } from 'commander';
import {
  count,
  findNamed,
  HostGraph,
  loadAnalysis,
  PATH_LIMITS,
  pathLine,
  pathsGraph,
  plain,
  QuestionError,
  sourceName,
  table,
  toDot,
  toMermaid,
  reportPath,
  type HostId,
  type Named,
  type PathStart,
  type Reached,
} from '#app';
import { parseCount, withFormats, withQuestion, type CommonOptions, type FormatOptions } from '../options.ts';
import { printTo } from '../output.ts';
import type { Screen } from '../screen.ts';

const PATH_FORMATS = ['json', 'mermaid', 'dot'] as const;

type PathOptions = FormatOptions<(typeof PATH_FORMATS)[number]> & {
  readonly maxHops: number;
  readonly maxPaths: number;
};

export function addPaths(program: Command, screen: Screen, answer: (code: number) => void): void {
  withFormats(program.command('paths'), PATH_FORMATS)
    .description('multi-hop ways from one thing to another, shortest first')
    .argument('<from>', 'an id, address, name, or internet')
    .argument('<to>', 'an id, address or name')
    .option('--max-hops <n>', 'no path longer than this', parseCount, PATH_LIMITS.maxHops)
    .option('--max-paths <n>', 'no more paths than this', parseCount, PATH_LIMITS.maxPaths)
    .action(async (from: string, to: string, options: PathOptions) => {
      const { analysis } = await loadAnalysis(options);
      const graph = new HostGraph(analysis);
      const targets = hostsOf(findNamed(analysis.network, to), to);
      const paths = startsOf(findNamed(analysis.network, from), from)
        .flatMap((start) => targets.flatMap((target) => graph.pathsTo(start, target, options)))
        .toSorted((a, b) => Number(b.isSure) - Number(a.isSure) || a.hops.length - b.hops.length)
        .slice(0, options.maxPaths);
      await printTo(options.output, screen, (out) => {
        // by a load balancer, and by a machine that is one, is the same way
        const distinct = [...new Map(paths.map((path) => [JSON.stringify(reportPath(path)), path])).values()];
        const told = distinct.map(reportPath);
        if (options.format === 'json') out.json({ paths: told });
        else if (options.format === 'mermaid') out.text(toMermaid(pathsGraph(told)));
        else if (options.format === 'dot') out.text(toDot(pathsGraph(told)));
        else if (paths.length === 0)
          out.lines([`no way from ${plain(from)} to ${plain(to)} in up to ${count(options.maxHops, 'hop')}`]);
        else {
          out.lines(distinct.map((path) => pathLine(path, out.style)));
          if (paths.length === options.maxPaths)
            out.lines([`there may be more: stopped at ${count(options.maxPaths, 'path')}`]);
        }
      });
      answer(0);
    });

  withQuestion(program.command('blast-radius'))
    .description('all that falls after one thing')
    .argument('<from>', 'an id, address, name, or internet')
    .action(async (from: string, options: CommonOptions) => {
      const { analysis } = await loadAnalysis(options);
      const graph = new HostGraph(analysis);
      const fallen = fallenFrom(graph, startsOf(findNamed(analysis.network, from), from));
      if (options.format === 'json') {
        screen.json({
          reached: fallen.map(({ host, depth, by, isSure }) => ({
            host,
            name: by.to.name,
            depth,
            isSure,
            from: by.from?.id ?? 'internet',
            flows: by.transport.toString(),
          })),
        });
      } else {
        screen.lines([
          `${count(fallen.length, 'thing')} ${fallen.length === 1 ? 'falls' : 'fall'} after ${plain(from)}`,
        ]);
        screen.lines(
          table(
            fallen.map(({ depth, by, isSure }) => [
              String(depth),
              plain(by.to.name),
              by.to.role,
              `from ${plain(sourceName(by))}`,
              by.transport.toString() + (isSure ? '' : '  ? unknown'),
            ]),
          ),
        );
      }
      answer(0);
    });
}

/** What falls after any of the starts, nearest first. The nodes of one managed service are one thing; hosts are counted each. */
function fallenFrom(graph: HostGraph, starts: readonly PathStart[]): Reached[] {
  const origins = new Set(starts.map((start) => (start.kind === 'host' ? start.host : undefined)));
  const found = new Map<string, Reached>();
  const reached = starts
    .flatMap((start) => graph.fallsFrom(start))
    .toSorted((a, b) => Number(b.isSure) - Number(a.isSure) || a.depth - b.depth);
  for (const one of reached) {
    const { to } = one.by;
    const thing = to.role === 'host' ? one.host : to.workload.id;
    if (!origins.has(one.host) && !found.has(thing)) found.set(thing, one);
  }
  return [...found.values()];
}

function startsOf(named: Named, text: string): PathStart[] {
  if (named.kind === 'internet') return [{ kind: 'internet' }];
  return hostsOf(named, text).map((host) => ({ kind: 'host', host }));
}

function hostsOf(named: Named, text: string): HostId[] {
  if (named.kind !== 'endpoints') throw new QuestionError(`${plain(text)} is not a thing in this network`);
  return [...new Set(named.endpoints.map(({ host }) => host))];
}
