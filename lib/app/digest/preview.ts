import { ChannelFailure } from '#notify';
import { renderDigest, type Digest, type RenderedDigest } from '#report';
import type { Stores } from '#store';
import type { Config } from '../config/config.ts';
import { intentOf } from '../config/intent-of.ts';
import { loadConfig } from '../config/load-config.ts';
import { deskOf, type DeskOptions } from '../desk/desk.ts';
import { deployedStores } from '../desk/deployed-stores.ts';
import { QuestionError } from '../question-error.ts';
import { VERSION } from '../version.ts';
import { addCommands } from './add-commands.ts';
import { mailOf } from './deliver-digest.ts';
import { DEMO_NOW, demoStory, STALE_MS } from './demo-story.ts';
import { gatherDigest, type GatherPorts } from './gather.ts';
import { placesIn } from './object-place.ts';
import { makeDigest } from './make-digest.ts';

export type PreviewOptions = DeskOptions & {
  /** A deployment; without it, the bundled account after twelve weeks. */
  readonly stage?: string;
  readonly table?: string;
  readonly bucket?: string;
  readonly config?: string;
};

export type DigestPreview = RenderedDigest & {
  readonly digest: Digest;
  /** Whose week it is, in words. */
  readonly whose: string;
};

/**
 * The digest as it would be sent now. Nothing is kept and nobody is told.
 *
 * @throws QuestionError if the configuration, the deployment or the bundled account cannot be read
 */
export async function previewOf(options: PreviewOptions): Promise<DigestPreview> {
  const { stage, config: file } = options;
  if (stage === undefined) {
    const story = await demoStory();
    const made = await madeOf(DEMO_NOW, story.stores, story.config);
    return {
      ...made,
      whose: 'the bundled account after twelve weeks; --stage prod shows that of a deployment',
    };
  }
  const clock = (): Date => new Date();
  const { config } = await loadConfig(file);
  const { stores, table, bucket } = await deployedStores({ ...options, stage, clock });
  const placeOf = placesIn(bucket, deskOf(options).region);
  return { ...(await madeOf(clock().toISOString(), stores, config, placeOf)), whose: `the table ${table}` };
}

async function madeOf(
  now: string,
  stores: Stores,
  config: Config,
  placeOf?: GatherPorts['placeOf'],
): Promise<Omit<DigestPreview, 'whose'>> {
  const input = await gatherDigest(now, {
    stores,
    config,
    engine: VERSION,
    staleAfterMs: STALE_MS,
    ...(placeOf && { placeOf }),
  });
  const digest = await addCommands(makeDigest(input).digest, intentOf(config), stores);
  return { ...(await renderDigest(digest)), digest };
}

/**
 * Sends a preview to one address, marked as a test, by SES and with the credentials of a desk.
 *
 * @throws QuestionError if it was not taken, with what to do
 */
export async function sendTestDigest(
  { subject, html, text, csv, digest }: DigestPreview,
  address: string,
  options: PreviewOptions,
): Promise<{ readonly what: string }> {
  if (!/^[^\s@<>(),:;"[\]\\]+@[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?$/.test(address))
    throw new QuestionError(`--send-test ${address}: an address is like ops@example.com`);
  const { config } = await loadConfig(options.config);
  const { from, configurationSet, unsubscribe } = config.digest;
  if (from === undefined)
    throw new QuestionError(
      'who sends it? Set digest.from in postern.yml to an address that is verified in SES in this Region',
    );
  const { region, credentials } = deskOf(options);
  // the SDK takes long to load
  const [{ SESv2Client }, { CHANNEL_CLIENT, sesSender }] = await Promise.all([
    import('@aws-sdk/client-sesv2'),
    import('#notify'),
  ]);
  const client = new SESv2Client({ region, credentials, ...CHANNEL_CLIENT });
  const sender = sesSender({ client, ...(configurationSet !== undefined && { configurationSet }) });
  const { week, until } = digest;
  const mail = mailOf(
    {
      schema: 1,
      week,
      at: until,
      subject: `[test] ${subject}`,
      text,
      csv,
      html: '',
      summary: '',
      body: html,
    },
    { from, to: [address], thread: 'weekly-test.postern', unsubscribe },
  );
  try {
    const { id } = await sender.send({ ...mail, date: new Date().toISOString() });
    return { what: `SES took it for ${address}: ${id}. It bounces, or it is there in a minute` };
  } catch (error) {
    if (error instanceof ChannelFailure) throw new QuestionError(error.message);
    throw error;
  }
}
