import { SendEmailCommand, type SESv2Client } from '@aws-sdk/client-sesv2';
import { awsFailure } from '../aws-failure.ts';
import type { Mail } from './mail.ts';
import { mimeOf } from './mime.ts';

/** A way to send a mail. */
export type MailSender = {
  /** Once it returns, the mail is taken; `id` is what it is called there. @throws ChannelFailure if it was not taken */
  readonly send: (mail: Mail) => Promise<{ readonly id: string }>;
};

/**
 * Sends by SES. It knows no token by which it would tell a mail that is sent again from another one, so whoever sends keeps that in mind.
 *
 * @param client made with {@link CHANNEL_CLIENT}
 */
export function sesSender({
  client,
  configurationSet,
}: {
  readonly client: SESv2Client;
  readonly configurationSet?: string;
}): MailSender {
  return {
    send: async (mail) => {
      const command = new SendEmailCommand({
        FromEmailAddress: mail.from,
        Destination: { ToAddresses: [...mail.to] },
        Content: { Raw: { Data: await mimeOf(mail) } },
        ...(configurationSet !== undefined && { ConfigurationSetName: configurationSet }),
      });
      try {
        const { MessageId: id = '' } = await client.send(command);
        return { id };
      } catch (error) {
        throw awsFailure(error, { what: `SES for ${mail.from}`, remedies: REMEDIES });
      }
    },
  };
}

const VERIFY =
  'Verify the address or its domain as an identity in this Region; while SES is in its sandbox, every recipient too. postern doctor says what is missing.';

/** https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_SendEmail.html */
const REMEDIES: Readonly<Record<string, string>> = {
  MessageRejected: VERIFY,
  MailFromDomainNotVerifiedException: VERIFY,
  NotFoundException: 'Make the configuration set in this Region, or take it out of postern.yml.',
  AccountSuspendedException:
    'AWS has suspended sending for this account: its case in the support centre says why.',
  SendingPausedException:
    'Sending is paused, for the account or the configuration set: let it go on in the SES console.',
  AccessDeniedException:
    'Allow ses:SendEmail on the identity of the sender to the role that sends. In the sandbox SES asks for it on the identities of recipients as well.',
  AccessDenied:
    'Allow ses:SendEmail on the identity of the sender to the role that sends. In the sandbox SES asks for it on the identities of recipients as well.',
  LimitExceededException: 'The quota of SES is used up: it is 200 mails a day in the sandbox.',
};
