import { testName, type Case, type Mistake } from './case.ts';
import { PEERS, type Peer } from './peer.ts';

/** A mistake whose test has passed, with the file that the test is in. */
export type Shown = { readonly asked: Case; readonly mistake: Mistake; readonly file: string };

const CONSEQUENCES: readonly Mistake['consequence'][] = [
  'misses an exposure',
  'false alarm',
  'fails the run',
  'silent',
];

/** docs/compared.md, from the tests that passed. */
export function compared(shown: readonly Shown[]): string {
  const present = PEERS.filter((peer) => shown.some(({ mistake }) => mistake.peer === peer));
  return [
    '<!-- Made from test/peers by `UPDATE_CASES=1 npx vitest run test/peers`; do not edit. -->',
    '',
    '# Compared with others',
    '',
    'Each line is a mistake that we read in the code of another tool at one commit, and a test on a small account in which',
    "Postern's answer is the one that AWS documents. A line is here only while its test passes. The tools were read and not",
    'run, but where a line says so; they may have changed since, and what they do that Postern does not is listed as well.',
    '',
    ...table(
      ['tool', 'commit', ...CONSEQUENCES],
      present.map((peer) => [
        `[${peer.name}](#${anchorOf(peer)})`,
        `[${peer.commit}](${repositoryOf(peer)}/tree/${peer.commit})`,
        ...CONSEQUENCES.map((consequence) =>
          String(
            shown.filter(({ mistake }) => mistake.peer === peer && mistake.consequence === consequence)
              .length,
          ),
        ),
      ]),
    ),
    '',
    '_Misses an exposure_: a way is open and the tool does not say so. _False alarm_: it says so and the way is closed. _Fails',
    'the run_: one odd thing in the account ends the whole. _Silent_: its answers take no notice of the thing.',
    ...present.flatMap((peer) => sectionOf(peer, shown)),
    '',
  ].join('\n');
}

function sectionOf(peer: Peer, shown: readonly Shown[]): string[] {
  const rows = shown.filter(({ mistake }) => mistake.peer === peer);
  return [
    '',
    `## ${peer.name}`,
    '',
    'What it does that Postern does not:',
    '',
    ...peer.more.map((text) => `- ${text}`),
    '',
    ...table(
      ['rule', 'what its code does', 'so it', "Postern's test", 'AWS says'],
      rows.map(({ asked, mistake, file }) => [
        asked.id === 'watch'
          ? 'watch'
          : `[${asked.id}](../lib/sources/aws/README.md#what-of-aws-is-modelled)`,
        `${cell(mistake.mistake)} ([code](${repositoryOf(peer)}/blob/${peer.commit}/${pathOf(mistake)})${mistake.wasRun ? ', was run' : ''})`,
        effectOf(mistake),
        `[${cell(testName(asked, mistake))}](../${file})`,
        `[page](${asked.page})`,
      ]),
    ),
  ];
}

function effectOf({ consequence }: Mistake): string {
  return consequence === 'silent'
    ? 'is silent'
    : consequence === 'false alarm'
      ? 'raises a false alarm'
      : consequence;
}

function pathOf({ peer, source }: Mistake): string {
  return [peer.folder, source].filter((part) => part !== undefined).join('/');
}

function repositoryOf({ repository }: Peer): string {
  return `https://github.com/${repository}`;
}

function anchorOf({ name }: Peer): string {
  return name.toLowerCase().replaceAll(' ', '-');
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}
