/**
 * `npm run layers`: checks the imports of lib and functions against .dependency-cruiser.mjs.
 *
 * Green means three things: every TypeScript file was seen (with a compiler that it cannot load, dependency-cruiser
 * finds no module and no fault); every rule catches its control; and no rule catches a permitted import.
 */
import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { controls, permitted } from './layer-controls.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const configuration = '.dependency-cruiser.mjs';

/** What dependency-cruiser says of the named folders below `folder`: its modules and violations. */
function cruise(folder, folders) {
  const bin = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const text = execFileSync(
    process.execPath,
    [bin, '--config', configuration, '--output-type', 'json', '--ts-config', 'tsconfig.json', ...folders],
    { cwd: folder, encoding: 'utf8', maxBuffer: 2 ** 30 },
  );
  const { modules, summary } = JSON.parse(text);
  return { modules, violations: summary.violations };
}

function typescriptFiles(folders) {
  return folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.tsx?$/.test(name) && !name.endsWith('.d.ts'))
      .map((name) => `${folder}/${name}`),
  );
}

/** A scratch tree with every layer's index, and the controls and permitted imports in it. */
function buildScratch() {
  const scratch = mkdtempSync(join(tmpdir(), 'postern-layers-'));
  const write = (file, text) => {
    mkdirSync(dirname(join(scratch, file)), { recursive: true });
    writeFileSync(join(scratch, file), text);
  };
  for (const file of [configuration, 'package.json', 'tsconfig.json'])
    cpSync(join(root, file), join(scratch, file));
  symlinkSync(join(root, 'node_modules'), join(scratch, 'node_modules'));
  const layers = [
    'netset',
    'model',
    'engine',
    'findings',
    'sources/aws',
    'sources/shared',
    'report',
    'notify',
    'store',
  ];
  for (const layer of [...layers, 'app', 'cli']) {
    write(`lib/${layer}/index.ts`, 'export const here = 1;\n');
    write(`lib/${layer}/right.ts`, 'export const right = 1;\n');
  }
  write('lib/model/right.ts', "import './left.ts';\nexport const right = 1;\n");
  write('lib/sources/aws/collect/right.ts', 'export const right = 1;\n');
  write('lib/sources/aws/translate/right.ts', 'export const right = 1;\n');
  for (const file of ['right', 'data']) write(`lib/report/html/page/${file}.ts`, 'export const right = 1;\n');
  for (const { file, imports } of [...controls, ...permitted]) write(file, `import '${imports}';\n`);
  return scratch;
}

/** The rules that do not catch what they are there to catch, or catch what is permitted. */
function faultyRules(ruleNames) {
  const scratch = buildScratch();
  try {
    const { violations } = cruise(scratch, ['lib', 'functions']);
    const broken = (rule, file) => violations.some((v) => v.rule.name === rule && v.from === file);
    return [
      ...ruleNames
        .filter((name) => !controls.some(({ rule }) => rule === name))
        .map((name) => `rule ${name} has no control in infra/build/layer-controls.mjs`),
      ...controls
        .filter(({ rule, file }) => !broken(rule, file))
        .map(
          ({ rule, file, imports }) =>
            `rule ${rule} does not catch its control: ${file} importing ${imports}`,
        ),
      ...permitted.flatMap(({ file, imports }) =>
        violations
          .filter((v) => v.from === file)
          .map((v) => `rule ${v.rule.name} forbids what is permitted: ${file} importing ${imports}`),
      ),
    ];
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

const { default: rules } = await import(join(root, configuration));
const comments = new Map(rules.forbidden.map(({ name, comment }) => [name, comment]));
const folders = ['lib', 'functions'].filter((folder) => existsSync(join(root, folder)));
const { modules, violations } = cruise(root, folders);
const seen = new Set(modules.map(({ source }) => source));
const files = typescriptFiles(folders);
const unseen = files.filter((file) => !seen.has(file));

const faults = [
  ...violations.map((v) => `${v.from} → ${v.to}\n    ${v.rule.name}: ${comments.get(v.rule.name)}`),
  ...(files.length === 0 ? ['no TypeScript file found: nothing was checked'] : []),
  ...unseen.map(
    (file) => `${file} was not seen by dependency-cruiser: does the installed TypeScript suit it?`,
  ),
  ...faultyRules([...comments.keys()]),
];
for (const fault of faults) console.error(`  ${fault}`);
const sight = `${files.length - unseen.length} of ${files.length} files seen, ${comments.size} rules`;
console.log(`layers: ${sight}, ${controls.length} controls, ${faults.length} faults`);
process.exitCode = faults.length === 0 ? 0 : 1;
