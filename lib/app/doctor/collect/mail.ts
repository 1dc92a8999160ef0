import { GetAccountCommand, GetEmailIdentityCommand, SESv2Client } from '@aws-sdk/client-sesv2';
import type { CredentialsProvider } from '#sources/aws';
import type { Config } from '../../config/config.ts';
import type { MailFacts } from '../facts.ts';
import { told, type Told } from '../told.ts';
import { ask, askFor } from './ask.ts';

/** Whether the weekly mail can be sent. `undefined` where nobody is to get one. */
export async function mailFacts(
  { from, recipients }: Config['digest'],
  { region, credentials }: { readonly region: string; readonly credentials: CredentialsProvider },
): Promise<MailFacts | undefined> {
  if (from === undefined || recipients.length === 0) return undefined;
  const client = new SESv2Client({ region, credentials });
  const verified = (identity: string): Promise<Told<boolean | undefined>> =>
    askFor('ses:GetEmailIdentity', async () => {
      const { VerifiedForSendingStatus } = await client.send(
        new GetEmailIdentityCommand({ EmailIdentity: identity }),
      );
      return VerifiedForSendingStatus === true;
    });
  const account = await ask('ses:GetAccount', async () => {
    const { ProductionAccessEnabled, SendingEnabled } = await client.send(new GetAccountCommand({}));
    return { isProduction: ProductionAccessEnabled === true, isSending: SendingEnabled !== false };
  });
  const isSandbox = account.told && !account.value.isProduction;
  return {
    from,
    account,
    sender: await eitherOf(from, verified),
    recipients: await Promise.all(
      (isSandbox ? recipients : []).map(async (address) => ({
        address,
        isVerified: await eitherOf(address, verified),
      })),
    ),
  };
}

/** The address itself, or else its whole domain. `undefined` where neither is an identity. */
async function eitherOf(
  address: string,
  verified: (identity: string) => Promise<Told<boolean | undefined>>,
): Promise<Told<boolean | undefined>> {
  const own = await verified(address);
  if (!own.told || own.value === true) return own;
  const domain = await verified(address.slice(address.lastIndexOf('@') + 1));
  return domain.told ? told(domain.value ?? own.value) : domain;
}
