import type {
  PageData,
  PageExplanation,
  PageFinding,
  PageGroup,
  PageHop,
  PageMember,
  PagePath,
  PageStep,
} from './data.ts';

/** The data, with what the page looks up time and again. Zones hold neighbouring groups, groups neighbouring members. */
export class Model {
  readonly data: PageData;
  /** By zone and by group: the first of what it holds; one more stands behind the last. */
  readonly #firstGroup: readonly number[];
  readonly #firstMember: readonly number[];
  readonly #findingsOf = new Map<number, PageFinding[]>();
  readonly #ranges: Int32Array[] = [];
  readonly #search = new Map<PageFinding, string>();

  constructor(data: PageData) {
    this.data = data;
    this.#firstGroup = firsts(
      data.zones.length,
      data.groups.map(({ zone }) => zone),
    );
    this.#firstMember = firsts(
      data.groups.length,
      data.members.map(([, , group]) => group),
    );
    for (const finding of data.findings)
      for (const group of new Set(finding.members.map((member) => this.groupOf(member)))) {
        const known = this.#findingsOf.get(group);
        if (known === undefined) this.#findingsOf.set(group, [finding]);
        else known.push(finding);
      }
  }

  /** The groups of a list of sources, as ranges, first and last by turns. */
  rangesOf(from: number): Int32Array {
    const known = this.#ranges[from];
    if (known !== undefined) return known;
    const ranges = Int32Array.from(at(this.data.sources, from));
    let next = 0;
    for (let i = 0; i < ranges.length; i += 1) {
      next += ranges[i] ?? 0;
      ranges[i] = i % 2 === 0 ? next : next - 1;
    }
    this.#ranges[from] = ranges;
    return ranges;
  }

  get isComparison(): boolean {
    return this.data.comparedWith !== undefined;
  }

  /** Whether it is about clusters alone: then workloads stand where an account has interfaces. */
  get isCluster(): boolean {
    const { interfaces, groups, workloads } = this.data.counts;
    return workloads !== undefined && interfaces + groups === 0;
  }

  /** Whether nothing was read that could be open. */
  get isEmpty(): boolean {
    const { interfaces, workloads = 0 } = this.data.counts;
    return interfaces + workloads === 0;
  }

  groupsOf(zone: number): readonly [first: number, end: number] {
    return [at(this.#firstGroup, zone), at(this.#firstGroup, zone + 1)];
  }

  membersOf(group: number): readonly [first: number, end: number] {
    return [at(this.#firstMember, group), at(this.#firstMember, group + 1)];
  }

  memberCount(group: number): number {
    const [first, end] = this.membersOf(group);
    return end - first;
  }

  group(group: number): PageGroup {
    return at(this.data.groups, group);
  }

  member(member: number): PageMember {
    return at(this.data.members, member);
  }

  /** -1 for somebody outside. */
  groupOf(member: number): number {
    return member < 0 ? -1 : this.member(member)[2];
  }

  zoneName(zone: number): string {
    return this.data.zones[zone]?.name ?? '';
  }

  memberName(member: number): string {
    return member < 0 ? 'internet' : this.member(member)[1];
  }

  text(place: number): string {
    return this.data.texts[place] ?? '';
  }

  hop(hop: number): PageHop {
    return at(this.data.hops, hop);
  }

  path(path: number): PagePath {
    return at(this.data.paths, path);
  }

  explanation(place: number | undefined): PageExplanation | undefined {
    return place === undefined ? undefined : this.data.explanations[place];
  }

  step(place: number): PageStep {
    return at(this.data.steps, place);
  }

  findingsOf(group: number): readonly PageFinding[] {
    return this.#findingsOf.get(group) ?? [];
  }

  /** The zone that a finding is in, by the first thing that it names; empty for a finding about a group of rules. */
  zoneOf({ members: [first] }: PageFinding): string {
    return first === undefined ? '' : this.zoneName(this.group(this.groupOf(first)).zone);
  }

  /** `CIS 7.0 6.3`: a control as people quote it. */
  controlText(framework: string, id: string): string {
    const known = this.data.frameworks.find((one) => one.id === framework);
    return `${known?.short ?? framework} ${id}`;
  }

  controlsOf(finding: PageFinding): readonly { readonly text: string; readonly isOurs: boolean }[] {
    return (this.data.controlSets[finding.controls] ?? []).map(({ framework, id, isOurs }) => ({
      text: this.controlText(framework, id),
      isOurs,
    }));
  }

  /** Everything by which somebody may look for a finding, in small letters. */
  searchText(finding: PageFinding): string {
    const known = this.#search.get(finding);
    if (known !== undefined) return known;
    const { title, check, fingerprint, account, region, workload, flows = '' } = finding;
    const rules = finding.rules.flatMap((place) => {
      const rule = this.data.rules[place];
      return rule === undefined ? [] : [rule.rule, rule.policy, rule.policyName, rule.description];
    });
    const members = finding.members.flatMap((member) => {
      const [id, name, , , ips, publicIps] = this.member(member);
      return [id, name, ips, publicIps];
    });
    const controls = this.controlsOf(finding).map(({ text }) => text);
    const text = [title, check, fingerprint, account, region, workload, flows, this.zoneOf(finding)]
      .concat(rules, members, controls)
      .join('\n')
      .toLowerCase();
    this.#search.set(finding, text);
    return text;
  }
}

function firsts(containers: number, containerOf: readonly number[]): readonly number[] {
  const result: number[] = [];
  let next = 0;
  for (let container = 0; container <= containers; container += 1) {
    while (next < containerOf.length && at(containerOf, next) < container) next += 1;
    result.push(next);
  }
  return result;
}

/** The data names only what is in it. */
function at<T>(list: readonly T[], place: number): T {
  const value = list[place];
  if (value === undefined) throw new RangeError(`nothing at ${String(place)}`);
  return value;
}
