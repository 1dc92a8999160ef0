import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import type { Clients } from './clients.ts';
import { BrokenAnswer, failureOf, type Failure } from './failure.ts';
import { withinLimits, type ReadLimits } from './limits.ts';

/** The account of the credentials, or why it could not be asked. */
export type Identity =
  { readonly ok: true; readonly account: string } | { readonly ok: false; readonly failure: Failure };

/** STS answers this to any valid credentials: no permission is needed. */
export async function readIdentity(clients: Clients, limits: ReadLimits): Promise<Identity> {
  try {
    const { Account: account } = await withinLimits(limits, (abortSignal) =>
      clients.sts.send(new GetCallerIdentityCommand({}), { abortSignal }),
    );
    if (account === undefined) throw new BrokenAnswer('malformed', 'the answer holds no Account');
    return { ok: true, account };
  } catch (error) {
    return { ok: false, failure: failureOf(error) };
  }
}
