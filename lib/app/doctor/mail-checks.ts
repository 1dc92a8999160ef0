import type { Deployment } from '../desk/deployment.ts';
import { missing, ok, unknown, type Check } from './check.ts';
import type { HubFacts } from './facts.ts';

/** Whether the weekly mail gets to those who are to have it. Where it does not, it goes to the topic as a text. */
export function mailChecks({ account, region }: Deployment, { mail }: HubFacts): readonly Check[] {
  if (mail === undefined) return [];
  const at = `${account}/${region}`;
  const { from, sender } = mail;
  return [
    sendingCheck({ what: 'SES', at }, mail),
    identityCheck({ what: 'SES identity', at }, from, sender, region),
    ...mail.recipients.map(({ address, isVerified }) =>
      identityCheck({ what: 'SES sandbox', at }, address, isVerified, region),
    ),
  ];
}

type MailFacts = NonNullable<HubFacts['mail']>;

/** https://docs.aws.amazon.com/ses/latest/dg/request-production-access.html */
function sendingCheck(
  subject: { readonly what: string; readonly at: string },
  { account }: MailFacts,
): Check {
  if (!account.told) return unknown(subject, account);
  const { isProduction, isSending } = account.value;
  if (!isSending)
    return missing(subject, 'sending is switched off for this account: no mail leaves', {
      remedy: 'The console of SES says why, and lets it go on',
    });
  if (isProduction) return ok(subject, 'it is out of the sandbox and sends');
  return ok(
    subject,
    'it is in its sandbox: it sends 200 mails a day, to verified addresses only, which are checked below',
  );
}

function identityCheck(
  subject: { readonly what: string; readonly at: string },
  address: string,
  isVerified: MailFacts['sender'],
  region: string,
): Check {
  if (!isVerified.told) return unknown(subject, isVerified);
  if (isVerified.value === true) return ok(subject, `${address}, or its domain, is verified`);
  const make = `aws sesv2 create-email-identity --region ${region} --email-identity ${address}`;
  return isVerified.value === false
    ? missing(subject, `${address} is an identity and not verified yet`, {
        remedy:
          'Whoever reads its mail has a link to follow, which is good for a day; of a domain, its DNS needs the records that SES names',
      })
    : missing(subject, `neither ${address} nor its domain is an identity in ${region}`, {
        remedy: 'Make it one, and follow the link in the mail that comes',
        run: [make],
      });
}
