import type { SecurityHubClient } from '@aws-sdk/client-securityhub';
import { awsFailure, ChannelFailure, type Channel } from '#notify';
import { asffProblems, type AsffOwner } from '#report';
import { alertFindings } from './alert-findings.ts';
import { importInBatches } from './import-findings.ts';

const REMEDIES: Readonly<Record<string, string>> = {
  InvalidAccessException:
    'Turn Security Hub on in this account and Region, or the channel off in postern.yml.',
  AccessDeniedException:
    "Allow securityhub:BatchImportFindings on the account's own product to the role of the function that delivers.",
};

/**
 * Keeps the findings in the Security Hub of the account that Postern runs in: one that opens is imported, and archived under the same Id once it
 * is resolved.
 *
 * @param client made with {@link CHANNEL_CLIENT}
 */
export function securityHubChannel({
  client,
  owner,
  name = 'securityhub',
}: {
  readonly client: SecurityHubClient;
  readonly owner: AsffOwner;
  readonly name?: string;
}): Channel {
  const what = `Security Hub of ${owner.account} in ${owner.region}`;
  return {
    name,
    send: async (alert) => {
      const findings = alertFindings(alert, owner);
      const wrong = findings.flatMap(asffProblems);
      if (wrong.length > 0)
        throw new ChannelFailure(`${what} would not take this: ${wrong.slice(0, 3).join('; ')}`, {
          mayRecover: false,
        });
      const refused = await importInBatches(client, findings).catch((error: unknown) => {
        throw awsFailure(error, { what, remedies: REMEDIES });
      });
      const [first] = refused;
      if (first !== undefined)
        throw new ChannelFailure(
          `${what} refused ${String(refused.length)} of ${String(findings.length)} findings: ${first.id}: ${first.why}. It is tried again later.`,
        );
      return {};
    },
  };
}
