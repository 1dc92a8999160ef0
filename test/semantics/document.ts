import { CASES } from '../peers/cases.ts';
import { testName, type Case } from '../peers/case.ts';
import { ACL_RULES } from './acls.ts';
import { GROUP_RULES } from './groups.ts';
import { INTERFACE_RULES } from './interfaces.ts';
import { LOAD_BALANCER_RULES } from './load-balancers.ts';
import { PATH_RULES } from './paths.ts';
import { ROUTING_RULES } from './routing.ts';
import type { Rule } from './rule.ts';

const SECTIONS: Readonly<Record<string, readonly Rule[]>> = {
  'Security groups': GROUP_RULES,
  'Network ACLs': ACL_RULES,
  'Interfaces and addresses': INTERFACE_RULES,
  Routing: ROUTING_RULES,
  'Load balancers and other front doors': LOAD_BALANCER_RULES,
  'Ways through several hosts': PATH_RULES,
};

export const RULES: readonly Rule[] = Object.values(SECTIONS).flat();

/** Files and names of the tests that prove a rule. */
export function testsOf({ id, tests }: Rule): readonly (readonly [file: string, name: string])[] {
  const ofPeers = Object.entries(CASES).flatMap(([file, cases]) =>
    cases.filter((asked) => asked.id === id).map((asked) => [file, nameOf(asked)] as const),
  );
  return [...tests, ...ofPeers];
}

function nameOf(asked: Case): string {
  return testName(asked, asked.mistakes[0]);
}

/** Where the table stands in lib/sources/aws/README.md. */
export const BEGIN =
  '<!-- semantics: made from test/semantics by `UPDATE_CASES=1 npx vitest run test/semantics`; do not edit -->';
export const END = '<!-- end of semantics -->';

/** What of AWS is modelled, and what people are told where it is not: a part of lib/sources/aws/README.md. */
export function semantics(): string {
  return [
    'One line for each rule by which AWS lets packets pass. _Modelled_: the answers are what the page says, and the tests prove',
    'it. _Unknown_: a blind spot of that code is listed, and answers that it touches are unknown unless it only narrows. The ids',
    'are those in names of tests, in comments and in [what others get wrong](../../../docs/compared.md).',
    ...Object.entries(SECTIONS).flatMap(([title, rules]) => [
      '',
      `### ${title}`,
      '',
      '| id | rule | here | tests | AWS |',
      '| --- | --- | --- | --- | --- |',
      ...rules.map(
        (rule) =>
          `| ${[rule.id, cell(rule.rule), hereOf(rule), testsOf(rule).map(linkOf).join('; '), pagesOf(rule)].join(' | ')} |`,
      ),
    ]),
    '',
  ].join('\n');
}

function hereOf(rule: Rule): string {
  const { unknown, note } = rule;
  const parts = [
    ...(testsOf(rule).length > 0 && !isWhollyUnknown(rule) ? ['modelled'] : []),
    ...(unknown === undefined
      ? []
      : [`unknown: ${cell(unknown.what)} (${unknown.codes.map((code) => `\`${code}\``).join(', ')})`]),
    ...(note === undefined ? [] : [cell(note)]),
  ];
  return parts.join('. ');
}

function pagesOf({ page, more = [], unconfirmed }: Rule): string {
  const pages = [page, ...more].map((each) => `[page](${each})`).join(', ');
  return unconfirmed === undefined ? pages : `${pages}. Not confirmed by a page: ${cell(unconfirmed)}`;
}

/** Where the tests prove that it is told as unknown, and nothing else. */
function isWhollyUnknown({ isModelled }: Rule): boolean {
  return isModelled === false;
}

function linkOf([file, name]: readonly [file: string, name: string]): string {
  return `[${cell(name)}](../../../${file})`;
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('$', '\\$');
}
