/** Writes one world to a file: `npx tsx test/bench/world/write.ts M out.json [--no-transit-gateways]`. */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { isWorldName, WORLDS } from './sizes.ts';
import { buildWorld } from './world.ts';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  allowNegative: true,
  options: {
    'transit-gateways': { type: 'boolean', default: true },
    'rule-records': { type: 'boolean', default: true },
  },
});
const [name, file] = positionals;
if (name === undefined || file === undefined || !isWorldName(name)) {
  console.error(
    `usage: write.ts ${Object.keys(WORLDS).join('|')} FILE [--no-transit-gateways] [--no-rule-records]`,
  );
  process.exitCode = 2;
} else {
  const world = buildWorld(WORLDS[name], {
    transitGateways: values['transit-gateways'],
    ruleRecords: values['rule-records'],
  });
  writeFileSync(file, JSON.stringify(world));
}
