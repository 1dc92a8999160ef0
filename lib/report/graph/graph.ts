import type { Report, ReportPath } from '../document/report-schema.ts';

/** Who reaches whom. Texts are untrusted. */
export type Graph = {
  readonly nodes: readonly {
    readonly id: string;
    readonly label: string;
    readonly kind: 'internet' | 'jewel' | 'thing' | 'note';
  }[];
  readonly edges: readonly {
    readonly from: string;
    readonly to: string;
    readonly label: string;
    readonly isSure: boolean;
  }[];
};

const INTERNET = 'internet';

/** Mermaid draws no more edges unless somebody says so, and nobody reads more. https://mermaid.js.org/config/schema-docs/config.html */
const MOST_EDGES = 400;

/** What the internet reaches, the ways from there, and the crown jewels, those that no way leads to as well. */
export function reportGraph(report: Report): Graph {
  const builder = new GraphBuilder();
  // several interfaces of one workload are one thing
  const homes = new Map<string, string>();
  for (const { endpoint, workload } of report.exposures) homes.set(endpoint, workload);
  for (const { workload, endpoints } of report.findings)
    for (const { id } of endpoints) homes.set(id, workload.id);
  const home = (id: string): string => homes.get(id) ?? id;
  for (const { id, name, role } of report.crownJewels) builder.node(id, `${name} (${role})`, 'jewel');
  for (const { workload, name, family, sure, possible } of report.exposures) {
    builder.node(workload, name, 'thing');
    const told = sure.length > 0 ? sure : possible;
    for (const { flows } of told)
      builder.edge(INTERNET, workload, family === 6 ? `${flows} (IPv6)` : flows, sure.length > 0);
  }
  for (const { path } of report.findings) if (path !== undefined) addPath(builder, path, home);
  return builder.graph();
}

/** Paths alone. */
export function pathsGraph(paths: readonly ReportPath[]): Graph {
  const builder = new GraphBuilder();
  for (const path of paths) addPath(builder, path, (id) => id);
  return builder.graph();
}

function addPath(builder: GraphBuilder, { hops, isSure }: ReportPath, home: (id: string) => string): void {
  for (const { from, fromName, to, toName, flows } of hops) {
    if (from !== INTERNET) builder.node(home(from), fromName, 'thing');
    builder.node(home(to), toName, 'thing');
    builder.edge(home(from), home(to), flows, isSure);
  }
}

/** Things and what they open, each once. */
export class GraphBuilder {
  readonly #nodes = new Map<string, Graph['nodes'][number]>();
  readonly #edges = new Map<string, Graph['edges'][number]>();

  node(id: string, label: string, kind: 'internet' | 'jewel' | 'thing'): void {
    if (!this.#nodes.has(id)) this.#nodes.set(id, { id, label, kind });
  }

  /** What is opened between two things is one edge, whichever path it is on; what is sure on one is sure. */
  edge(from: string, to: string, flows: string, isSure: boolean): void {
    if (from === INTERNET) this.node(INTERNET, 'internet', 'internet');
    const key = JSON.stringify([from, to, flows]);
    const known = this.#edges.get(key);
    this.#edges.set(key, { from, to, label: flows, isSure: isSure || known?.isSure === true });
  }

  graph(): Graph {
    const edges = [...this.#edges.values()];
    const shown = edges.slice(0, MOST_EDGES);
    if (shown.length === edges.length)
      return { nodes: [...this.#nodes.values()].slice(0, MOST_EDGES), edges };
    const ends = new Set(shown.flatMap(({ from, to }) => [from, to]));
    const left = edges.length - shown.length;
    return {
      nodes: [
        ...[...this.#nodes.values()].filter(({ id }) => ends.has(id)),
        { id: 'left out', label: `${left.toLocaleString('en-US')} more ways are left out`, kind: 'note' },
      ],
      edges: shown,
    };
  }
}
