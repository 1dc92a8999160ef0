/** Prints how big worlds are, one line each: `npx tsx test/bench/shape.ts [S M M2 L Mflat]`. */
import { pathToFileURL } from 'node:url';
import { isWorldName, WORLDS } from './world/sizes.ts';
import { buildWorld, type World } from './world/world.ts';

export type Shape = {
  readonly groups: number;
  readonly interfaces: number;
  readonly rules: number;
  readonly vpcs: number;
  /** Distinct sets of security groups that interfaces carry, the empty one included. */
  readonly groupSets: number;
  /** Distinct pairs of such a set and a subnet. */
  readonly classes: number;
};

export function shapeOf(world: World): Shape {
  const interfaces = world.DescribeNetworkInterfaces.NetworkInterfaces;
  const groups = world.DescribeSecurityGroups.SecurityGroups;
  const sets = interfaces.map(({ Groups }) =>
    Groups.map(({ GroupId }) => GroupId)
      .toSorted()
      .join(' '),
  );
  return {
    groups: groups.length,
    interfaces: interfaces.length,
    rules: groups
      .flatMap(({ IpPermissions, IpPermissionsEgress }) => [...IpPermissions, ...IpPermissionsEgress])
      .reduce(
        (sum, rule) => sum + rule.IpRanges.length + rule.UserIdGroupPairs.length + rule.PrefixListIds.length,
        0,
      ),
    vpcs: world.DescribeVpcs.Vpcs.length,
    groupSets: new Set(sets).size,
    classes: new Set(interfaces.map(({ SubnetId }, i) => `${sets[i] ?? ''} ${SubnetId}`)).size,
  };
}

function printShapes(names: readonly string[]): void {
  console.log(
    '| world | SG | ENI | rules | VPC | SG sets | (set, subnet) classes | JSON MB | of it SG + ENI |',
  );
  console.log('|---|---|---|---|---|---|---|---|---|');
  for (const name of names) {
    if (!isWorldName(name)) throw new Error(`no world ${name}: there are ${Object.keys(WORLDS).join(', ')}`);
    const world = buildWorld(WORLDS[name]);
    const counts = Object.values(shapeOf(world)).map((count) => count.toLocaleString('en'));
    const { DescribeSecurityGroups, DescribeNetworkInterfaces } = world;
    const sizes = [megabytesOf(world), megabytesOf({ DescribeSecurityGroups, DescribeNetworkInterfaces })];
    console.log(`| ${[name, ...counts, ...sizes].join(' | ')} |`);
  }
}

function megabytesOf(body: object): string {
  return (Buffer.byteLength(JSON.stringify(body)) / 1e6).toFixed(1);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const names = process.argv.slice(2);
  printShapes(names.length > 0 ? names : Object.keys(WORLDS));
}
