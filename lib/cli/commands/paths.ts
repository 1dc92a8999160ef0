import type { Command } from 'commander';
import {
  count,
  findNamed,
  HostGraph,
  loadAnalysis,
  PATH_LIMITS,
  pathLine,
  plain,
  QuestionError,
  table,
  toPathJson,
  type Named,
  type PathStart,
} from '#app';
import { parseCount, withQuestion, type CommonOptions } from '../options.ts';
import type { Screen } from '../screen.ts';

type PathOptions = CommonOptions & { readonly maxHops: number; readonly maxPaths: number };

export function addPaths(program: Command, screen: Screen, answer: (code: number) => void): void {
  withQuestion(program.command('paths'))
    .description('multi-hop ways from one thing to another, shortest first')
    .argument('<from>', 'an id, address, name, or internet')
    .argument('<to>', 'an id, address or name')
    .option('--max-hops <n>', 'no path longer than this', parseCount, PATH_LIMITS.maxHops)
    .option('--max-paths <n>', 'no more paths than this', parseCount, PATH_LIMITS.maxPaths)
    .action(async (from: string, to: string, options: PathOptions) => {
      const { analysis } = await loadAnalysis(options);
      const graph = new HostGraph(analysis);
      const target = hostOf(findNamed(analysis.network, to), to);
      const paths = graph.pathsTo(startOf(findNamed(analysis.network, from), from), target, options);
      if (options.format === 'json') screen.json({ paths: paths.map(toPathJson) });
      else if (paths.length === 0)
        screen.lines([
          `no way from ${plain(from)} to ${plain(to)} in up to ${count(options.maxHops, 'hop')}`,
        ]);
      else {
        screen.lines(paths.map((path) => pathLine(path, screen.style)));
        if (paths.length === options.maxPaths)
          screen.lines([`there may be more: stopped at ${count(options.maxPaths, 'path')}`]);
      }
      answer(0);
    });

  withQuestion(program.command('blast-radius'))
    .description('all that falls after one thing')
    .argument('<from>', 'an id, address, name, or internet')
    .action(async (from: string, options: CommonOptions) => {
      const { analysis } = await loadAnalysis(options);
      const graph = new HostGraph(analysis);
      const fallen = graph.fallsFrom(startOf(findNamed(analysis.network, from), from));
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
        screen.lines([`${count(fallen.length, 'host')} fall after ${plain(from)}`]);
        screen.lines(
          table(
            fallen.map(({ depth, by, isSure }) => [
              String(depth),
              plain(by.to.name),
              by.to.role,
              `from ${plain(by.from?.name ?? 'internet')}`,
              by.transport.toString() + (isSure ? '' : '  ? unknown'),
            ]),
          ),
        );
      }
      answer(0);
    });
}

function startOf(named: Named, text: string): PathStart {
  return named.kind === 'internet' ? { kind: 'internet' } : { kind: 'host', host: hostOf(named, text) };
}

function hostOf(named: Named, text: string) {
  const endpoint = named.kind === 'endpoints' ? named.endpoints[0] : undefined;
  if (endpoint === undefined) throw new QuestionError(`${plain(text)} is not a thing in this network`);
  return endpoint.host;
}
