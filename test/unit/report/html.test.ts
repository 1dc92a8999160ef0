import { createHash } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { analyse, analyseTogether } from '#engine';
import { intentFor, NOTHING_SAID } from '#findings';
import { toHtml, type ReportSide } from '#report';
import { translate, type AwsSnapshot } from '#sources/aws';
import type { PageData } from '../../../lib/report/html/page/data.ts';
import { HOSTILE_NAMES } from '../../bench/world/hostile-names.ts';
import { demoAccount, SSH_WORLD } from '../../support/demo.ts';
import { reportOf } from '../../support/report.ts';

const DEMO = demoAccount();
const OPENED = demoAccount([SSH_WORLD]);

function htmlOf(snapshot: AwsSnapshot): string {
  const analysis = analyse(translate([snapshot]));
  return toHtml({
    report: reportOf([snapshot]),
    analysis,
    intent: intentFor(NOTHING_SAID, analysis.network),
  });
}

function changeOf(before: AwsSnapshot, after: AwsSnapshot): PageData {
  const [old, now] = analyseTogether([translate([before]), translate([after])] as const);
  const earlier: ReportSide = { report: reportOf([before]), analysis: old };
  return dataOf(
    toHtml({
      report: reportOf([after]),
      analysis: now,
      intent: intentFor(NOTHING_SAID, now.network),
      before: earlier,
    }),
  );
}

/** The data as a browser finds it: up to the first end of the element. */
function dataOf(html: string): PageData {
  const [, rest = ''] = html.split('<script type="application/json" id="data">');
  return JSON.parse(rest.slice(0, rest.indexOf('</script'))) as PageData;
}

/** Who reaches whom between groups, by their names. */
function waysIn({ ways, sources, groups, texts }: PageData, state: number): string[] {
  return ways
    .filter((way) => way[4] === state)
    .flatMap(([to, flows, from]) => {
      const named: number[] = [];
      let next = 0;
      for (const [i, value] of (sources[from] ?? []).entries()) {
        if (i % 2 === 1) for (let n = 0; n < value; n += 1) named.push(next + n);
        next += value;
      }
      return named.map(
        (group) => `${groups[group]?.name ?? ''} > ${groups[to]?.name ?? ''} ${texts[flows] ?? ''}`,
      );
    })
    .sort();
}

describe('the page', () => {
  it('holds the code and style that the sources say: if not, run `npm run page`', () => {
    expect(() =>
      execFileSync(process.execPath, ['infra/build/page.mjs', '--check'], { stdio: 'pipe' }),
    ).not.toThrow();
  });

  it('lets run and style what is in it and nothing else, by their hashes', () => {
    const html = htmlOf(DEMO);
    const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1] ?? '';
    const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
    const script = /<script>(.*)<\/script>/s.exec(html)?.[1] ?? '';
    const style = /<style>(.*?)<\/style>/s.exec(html)?.[1] ?? '';
    expect(policy.split('; ')).toEqual([
      "default-src 'none'",
      `script-src ${hashOf(script)}`,
      `style-src ${hashOf(style)}`,
      "base-uri 'none'",
      "form-action 'none'",
    ]);
  });

  it('names no other place: nothing in it is loaded from anywhere', () => {
    const [head = ''] = htmlOf(DEMO).split('<script type="application/json"');
    expect(head).not.toMatch(/\b(src|href|url\()\s*=?\s*["'(]?(https?:|\/\/)/);
  });

  it('is the same for the same account', () => {
    expect(htmlOf(demoAccount())).toBe(htmlOf(DEMO));
  });

  it.each(HOSTILE_NAMES.concat('</script><script>', '<!--<script>', '\u2028'))(
    'gives %j back as it was, with no character of HTML',
    (name) => {
      const hostile = demoAccount([SSH_WORLD], (document) => {
        for (const group of document.DescribeSecurityGroups.SecurityGroups)
          Object.assign(group, { GroupName: name });
      });
      const html = htmlOf(hostile);
      const [, rest = ''] = html.split('id="data">');
      const json = rest.slice(0, rest.indexOf('</script'));
      expect(json).not.toMatch(/[<>&\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/);
      const { rules } = dataOf(html);
      if (name !== '') expect(rules.some(({ policyName }) => policyName === name)).toBe(true);
    },
  );
});

describe('who reaches whom', () => {
  it('is told by groups of like endpoints', () => {
    const ways = waysIn(dataOf(htmlOf(DEMO)), 0);
    expect(ways).toContain('api > shop-orders tcp 5432');
    expect(ways).toContain('bastion > api tcp 22');
    expect(ways.filter((way) => way.startsWith('shop-orders >'))).toEqual([]);
  });

  it('is explained: each step of the path that opened names what lets it through', () => {
    const { paths, hops, explanations, steps } = changeOf(DEMO, OPENED);
    const found = paths.find(({ isFound }) => isFound);
    const told = (found?.hops ?? []).map((place) => {
      const [, , , after = -1] = hops[place] ?? [];
      const { verdict = '', steps: own = [] } = explanations[after] ?? {};
      return [
        verdict,
        own.map((step) => [steps[step]?.text, ...(steps[step]?.below ?? [])].join(' ')).join(' '),
      ];
    });
    expect(told.map(([verdict]) => verdict)).toEqual(['allowed', 'allowed', 'allowed']);
    expect(told[0]?.[1]).toContain('sgr-0f09f7b6d875c1203 allows tcp 22 from 0.0.0.0/0');
    expect(told[2]?.[1]).toContain('allows tcp 5432');
  });

  it('tells opened from closed, in either direction of time', () => {
    const opened = changeOf(DEMO, OPENED);
    const closed = changeOf(OPENED, DEMO);
    expect(waysIn(opened, 1)).toEqual(waysIn(closed, 2));
    expect(waysIn(opened, 1).length).toBeGreaterThan(0);
    expect(waysIn(opened, 2)).toEqual([]);
    expect(opened.findings.filter(({ state }) => state === 'opened')).toHaveLength(4);
    expect(closed.findings.filter(({ state }) => state === 'closed')).toHaveLength(4);
  });

  it('does not call closed what a wider rule lets in as well', () => {
    const { doors, texts } = changeOf(DEMO, OPENED);
    const told = doors.flatMap(({ from, state }) =>
      state === undefined ? [] : [`${texts[from] ?? ''} ${state}`],
    );
    expect(told).toHaveLength(2);
    expect(told).toContain('198.51.100.0/25 before');
    expect(told.some((text) => text.endsWith('opened'))).toBe(true);
  });
});

describe('a fix', () => {
  const finding = reportOf([OPENED]).findings[0]!;
  const fixOf = (fix: Partial<(typeof finding.fixes)[number]>, unsolved?: string) => {
    const analysis = analyse(translate([OPENED]));
    const told = {
      ...finding,
      fixes: [{ kind: 'aws-cli' as const, commands: ['aws ec2 x'], isProven: true, ...fix }],
      ...(unsolved !== undefined && { unsolved }),
    };
    const report = { ...reportOf([OPENED]), findings: [told] };
    const html = toHtml({ report, analysis, intent: intentFor(NOTHING_SAID, analysis.network) });
    return dataOf(html).findings[0]?.fixes[0];
  };

  it('says whose template keeps the resource, what to do, and what else it shuts', () => {
    const flow = { from: 'a', fromName: 'web', to: 'b', toName: 'db', flows: 'tcp 5432', pairs: 1 };
    const alsoCloses = { count: 1, isWhole: true, needed: 0, flows: [flow] };
    expect(fixOf({ owners: ['stack shop-net keeps it'], what: 'take it out', alsoCloses })).toEqual({
      owners: ['stack shop-net keeps it'],
      what: 'take it out',
      commands: ['aws ec2 x'],
      proof: 'Tried on the model: the finding goes, nothing opens; also shuts web → tcp 5432 → db.',
    });
  });

  it('that is not proven says why', () => {
    expect(fixOf({ isProven: false }, 'two rules have to go at once')?.proof).toBe(
      'To begin with: two rules have to go at once. Look before you do it.',
    );
  });
});
