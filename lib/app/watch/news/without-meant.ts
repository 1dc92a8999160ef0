import { gains, type Diff } from '#engine';
import { intentFor, type IntentSettings } from '#findings';

/**
 * What of a difference is news, without exposures that gained only what somebody has said is meant, or comes from a trusted range. That web ports of
 * load balancers are meant is nobody's word: that one opened is told.
 */
export function withoutMeant(news: Diff, meant: IntentSettings): Diff {
  if (meant.exposures.length + meant.trusted.length === 0) return news;
  const { unmeant } = intentFor({ ...meant, frontDoorsAreMeant: false }, news.after.network);
  const { endpoints } = news.after.network;
  return {
    ...news,
    exposures: news.exposures.filter(({ endpoint: id, before, after }) => {
      const endpoint = endpoints.get(id);
      return (
        endpoint === undefined ||
        gains(unmeant(endpoint, before?.possible ?? []), unmeant(endpoint, after?.possible ?? []))
      );
    }),
  };
}
