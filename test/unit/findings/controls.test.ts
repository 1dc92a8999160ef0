import { describe, expect, it } from 'vitest';
import { analyse } from '#engine';
import {
  audit,
  controlsFor,
  controlsOf,
  controlText,
  facetsOf,
  FRAMEWORK_IDS,
  FRAMEWORKS,
  type CheckId,
  type Control,
  type Finding,
} from '#findings';
import type { ControlSet } from '../../../lib/findings/controls/control.ts';
import { CONTROL_SETS } from '../../../lib/findings/controls/control-sets.ts';
import { networkOf } from '../../support/network.ts';

const SETS = Object.entries(CONTROL_SETS as Readonly<Record<string, ControlSet>>);
const MAPPINGS = SETS.flatMap(([check, set]) => ('none' in set ? [] : set.map((one) => ({ check, ...one }))));

/** The finding of one check on a host with these addresses and rules. */
function findingOf(check: CheckId, at: readonly string[], rules: readonly string[]): Finding {
  const network = networkOf({
    groups: { a: [...rules, 'out all to any'] },
    hosts: { a: { at, groups: ['a'] } },
  });
  const found = audit(analyse(network)).find((finding) => finding.check === check);
  if (found === undefined) throw new Error(`no ${check}`);
  return found;
}

const V4 = '10.0.0.10=203.0.113.10';
const V6 = '2600:1::10=2600:1::10';

function idsOf(controls: readonly Control[], framework: string): string[] {
  return controls.filter((control) => control.framework === framework).map(({ id }) => id);
}

describe('the table of controls', () => {
  it.each(SETS)('%s has controls, or says why not', (_, set) => {
    if ('none' in set) expect(set.none).not.toBe('');
    else expect(set.length).toBeGreaterThan(0);
  });

  it.each(MAPPINGS)('$check: $framework $ids have the form of their framework', ({ framework, ids }) => {
    expect(ids.length).toBeGreaterThan(0);
    for (const id of ids) expect(id).toMatch(FRAMEWORKS[framework].form);
  });

  it('every framework has a version, a source and a date', () => {
    for (const { version, url, date, title, short } of Object.values(FRAMEWORKS)) {
      expect(url).toMatch(/^https:\/\//);
      expect(date).toMatch(/^20\d\d(-\d\d)?(-\d\d)?$/);
      for (const text of [version, title, short]) expect(text).not.toBe('');
    }
  });

  it.each(['1.3.1.19', 'SC-7(24)b', 'sc_7_24_b', 'T21', 'EC2-13', 'A.4.1'])(
    '%s has the form of no framework: rows of other people are not requirements',
    (id) => {
      expect(FRAMEWORK_IDS.filter((framework) => FRAMEWORKS[framework].form.test(id))).toEqual([]);
    },
  );

  it('names no technique that ATT&CK 19 revoked, and each framework somewhere', () => {
    expect(MAPPINGS.flatMap(({ ids }) => ids).filter((id) => id.startsWith('T1562'))).toEqual([]);
    expect([...new Set(MAPPINGS.map(({ framework }) => framework))].toSorted()).toEqual(
      FRAMEWORK_IDS.toSorted(),
    );
  });

  it('marks as ours what no published mapping says', () => {
    const isOurs = (check: CheckId, framework: string, id: string): boolean | undefined =>
      controlsFor(check, [
        'ipv4',
        'ipv6',
        'remote-admin',
        'ssh',
        'rdp',
        'ssh-or-rdp',
        'smb',
        'high-risk',
      ]).find((control) => control.framework === framework && control.id === id)?.isOurs;
    expect(isOurs('admin-port-exposed', 'nist-800-53-r5', 'SC-7(5)')).toBe(true);
    expect(isOurs('admin-port-exposed', 'nist-800-53-r5', 'SC-7(24)(b)')).toBe(false);
    expect(isOurs('admin-port-exposed', 'mitre-attack', 'T1133')).toBe(true);
    expect(isOurs('admin-port-exposed', 'mitre-attack', 'T1046')).toBe(false);
    expect(isOurs('admin-port-exposed', 'aws-security-hub', 'EC2.53')).toBe(true);
    expect(isOurs('admin-port-exposed', 'aws-security-hub', 'EC2.13')).toBe(false);
    expect(isOurs('default-group-in-use', 'nist-800-53-r5', 'SC-7(5)')).toBe(false);
    expect(controlsFor('lateral-path', []).every((control) => control.isOurs)).toBe(true);
  });
});

describe('the controls of a finding', () => {
  it.each<{
    check?: CheckId;
    at: readonly string[];
    rule: string;
    cis7: string[];
    cis14: string[];
    hub: string[];
  }>([
    {
      at: [V4],
      rule: 'in tcp/22 from 0.0.0.0/0',
      cis7: ['6.3', '6.2'],
      cis14: ['5.2', '5.1'],
      hub: ['EC2.13', 'EC2.53', 'EC2.21', 'EC2.19'],
    },
    {
      at: [V4, V6],
      rule: 'in tcp/22 from ::/0',
      cis7: ['6.4', '6.2'],
      cis14: ['5.1'],
      hub: ['EC2.13', 'EC2.54', 'EC2.21', 'EC2.19'],
    },
    {
      at: [V4, V6],
      rule: 'in tcp/22 from any',
      cis7: ['6.3', '6.4', '6.2'],
      cis14: ['5.2', '5.1'],
      hub: ['EC2.13', 'EC2.53', 'EC2.54', 'EC2.21', 'EC2.19'],
    },
    // a host that is dialled by one family only
    {
      at: [V4],
      rule: 'in tcp/3389 from any',
      cis7: ['6.3', '6.2'],
      cis14: ['5.2', '5.1'],
      hub: ['EC2.14', 'EC2.53', 'EC2.21', 'EC2.19'],
    },
    {
      check: 'database-exposed',
      at: [V4],
      rule: 'in tcp/445 from 0.0.0.0/0',
      cis7: ['6.1.2'],
      cis14: [],
      hub: ['EC2.19'],
    },
    {
      check: 'database-exposed',
      at: [V4],
      rule: 'in tcp/6379 from 0.0.0.0/0',
      cis7: [],
      cis14: [],
      hub: [],
    },
  ])('$rule at $at', ({ check = 'admin-port-exposed', at, rule, cis7, cis14, hub }) => {
    const controls = controlsOf(findingOf(check, at, [rule]));
    expect(idsOf(controls, 'cis-aws-7.0').toSorted()).toEqual(cis7.toSorted());
    expect(idsOf(controls, 'cis-aws-1.4').toSorted()).toEqual(cis14.toSorted());
    expect(idsOf(controls, 'aws-security-hub').toSorted()).toEqual(hub.toSorted());
    expect(idsOf(controls, 'pci-dss-4.0.1')).toContain('1.3.1');
  });

  it('are named once each, framework by framework', () => {
    const controls = controlsOf(findingOf('admin-port-exposed', [V4, V6], ['in tcp/1-65535 from any']));
    const keys = controls.map(({ framework, id }) => `${framework} ${id}`);
    expect(new Set(keys).size).toBe(keys.length);
    const order = controls.map(({ framework }) => FRAMEWORK_IDS.indexOf(framework));
    expect(order).toEqual(order.toSorted((a, b) => a - b));
  });

  it('whose rules do not tell the family count for both', () => {
    expect(facetsOf({ endpoints: [], culprits: [] })).toEqual(['ipv4', 'ipv6']);
  });
});

describe('the controls that an alert names', () => {
  it.each<[CheckId, readonly string[], string]>([
    [
      'admin-port-exposed',
      ['in tcp/22 from 0.0.0.0/0'],
      'CIS 7.0 6.3 · PCI 1.3.1, 1.4.2 · NIST SC-7(5) · ATT&CK T1133',
    ],
    ['database-exposed', ['in tcp/6379 from 0.0.0.0/0'], 'PCI 1.3.1, 1.4.2 · NIST SC-7(5) · ATT&CK T1190'],
    ['unintended-exposure', ['in tcp/8081 from 0.0.0.0/0'], 'PCI 1.3.1, 1.4.2 · NIST SC-7(5) · ATT&CK T1190'],
    [
      'all-traffic-group',
      ['in all from 0.0.0.0/0'],
      'CIS 7.0 6.3 · PCI 1.3.1, 1.4.2 · NIST SC-7(5) · ATT&CK T1190',
    ],
  ])('%s %j', (check, rules, text) => {
    expect(controlText(controlsOf(findingOf(check, [V4], rules)))).toBe(text);
  });

  it('of a path are those of segmentation', () => {
    expect(controlText(controlsFor('lateral-path', []))).toBe(
      'PCI 1.4.4, 1.3.1 · NIST SC-7(5) · ATT&CK T1021',
    );
  });

  it('are none where there are none', () => {
    expect(controlText([])).toBe('');
  });

  it('are of the newest version that has one', () => {
    const controls: readonly Control[] = [
      { framework: 'cis-aws-3.0', id: '5.2', isOurs: false },
      { framework: 'cis-aws-5.0', id: '5.3', isOurs: false },
    ];
    expect(controlText(controls)).toBe('CIS 5.0 5.3');
  });
});
