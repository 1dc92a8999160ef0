import { describe, expect, it } from 'vitest';
import { run } from '../../support/run-cli.ts';

const SHOP = 'examples/kubernetes-shop';

async function audited(format: string): Promise<string> {
  const { out, code } = await run(['audit', '--kubernetes', SHOP, '--format', format]);
  expect(code).toBe(1);
  return out;
}

type Sarif = {
  readonly runs: readonly {
    readonly results: readonly {
      readonly ruleId: string;
      readonly locations: readonly {
        readonly physicalLocation: {
          readonly artifactLocation: { readonly uri: string };
          readonly region: { readonly startLine: number };
        };
      }[];
    }[];
  }[];
};

describe('an audit of a cluster in the formats of others', () => {
  it.each(['text', 'markdown', 'junit', 'sarif', 'ocsf'])('%s speaks of no account', async (format) => {
    const told = await audited(format);
    expect(told).not.toMatch(/\d interfaces?|\d groups?\b|AWS Account|\bin examples\/kubernetes-shop \W/);
    expect(told).not.toContain('no description');
  });

  it('points into the manifest, where code scanning shows it', async () => {
    const { runs } = JSON.parse(await audited('sarif')) as Sarif;
    const found = runs[0]!.results.find(({ ruleId }) => ruleId === 'open-to-cluster');
    expect(found!.locations[0]!.physicalLocation).toEqual({
      artifactLocation: { uri: 'examples/kubernetes-shop/finance.yaml' },
      region: { startLine: 62 },
    });
    const other = runs[0]!.results.find(({ ruleId }) => ruleId === 'egress-from-crown-jewel');
    expect(other!.locations[0]!.physicalLocation.artifactLocation.uri).toBe(
      'kubernetes/examples%2Fkubernetes-shop/finance%2Fpayments-db%5BStatefulSet%5D',
    );
  });

  it('counts workloads and policies', async () => {
    expect(await audited('markdown')).toContain(
      'Read 4 workloads and 4 policies in examples/kubernetes-shop.',
    );
  });

  it('leaves out whose cloud it is in, which nobody read', async () => {
    const events = JSON.parse(await audited('ocsf')) as readonly object[];
    expect(events.length).toBeGreaterThan(0);
    for (const event of events) expect(event).not.toHaveProperty('cloud');
  });

  it('refuses a format that only accounts have, and says which to take', async () => {
    const { out, err, code } = await run(['audit', '--kubernetes', SHOP, '--format', 'asff']);
    expect([out, code]).toEqual(['', 2]);
    expect(err).toMatch(/Security Hub.*no account was read.*sarif, ocsf, junit or markdown/);
  });
});
