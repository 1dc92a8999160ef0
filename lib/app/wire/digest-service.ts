import { SESv2Client } from '@aws-sdk/client-sesv2';
import { SNSClient } from '@aws-sdk/client-sns';
import { CHANNEL_CLIENT, publishText, sesSender } from '#notify';
import type { DeliverDigestPorts } from '../digest/deliver-digest.ts';
import { placesIn } from '../digest/object-place.ts';
import type { SendDigestPorts } from '../digest/send-digest.ts';
import { VERSION } from '../version.ts';
import { baseOn } from './base.ts';
import type { Environment } from './settings.ts';

/** What the weekly mail needs, on AWS. For the arguments and errors see `baseOn`. */
export async function digestService(
  environment: Environment,
  configFile: string,
): Promise<SendDigestPorts & DeliverDigestPorts> {
  const base = await baseOn(environment, configFile);
  const { region, topicArn, bucket, busName, staleAfterMs } = base.settings;
  const { configurationSet } = base.config.digest;
  const aws = { region, ...CHANNEL_CLIENT };
  const sns = new SNSClient(aws);
  return {
    ...base,
    stores: base,
    engine: VERSION,
    staleAfterMs,
    placeOf: placesIn(bucket, region),
    thread: `weekly.${busName}`,
    fetchCommand: (key) =>
      `aws s3 cp s3://${bucket}/${key} - --region ${region} | gunzip > postern-weekly.html`,
    mail: sesSender({
      client: new SESv2Client(aws),
      ...(configurationSet !== undefined && { configurationSet }),
    }),
    publish: (text) => publishText({ client: sns, topicArn }, text),
  };
}
