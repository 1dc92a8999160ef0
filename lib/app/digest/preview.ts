import { renderDigest, type Digest, type RenderedDigest } from '#report';
import { intentOf } from '../config/intent-of.ts';
import { VERSION } from '../version.ts';
import { addCommands } from './add-commands.ts';
import { DEMO_NOW, demoStory, STALE_MS } from './demo-story.ts';
import { gatherDigest } from './gather.ts';
import { makeDigest } from './make-digest.ts';

export type DigestPreview = RenderedDigest & { readonly digest: Digest };

/** The digest that a service would send that has watched the bundled account for twelve weeks. @throws QuestionError if it is not here */
export async function previewDemo(): Promise<DigestPreview> {
  const { stores, config } = await demoStory();
  const input = await gatherDigest(DEMO_NOW, { stores, config, engine: VERSION, staleAfterMs: STALE_MS });
  const digest = await addCommands(makeDigest(input).digest, intentOf(config), stores);
  return { ...(await renderDigest(digest)), digest };
}
