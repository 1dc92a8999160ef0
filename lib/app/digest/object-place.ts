import { consoleHost } from '../console-host.ts';

/** Where an object of the bucket lies, for people who may read it: nothing here lets anybody in. */
export type ObjectPlace = {
  /** `s3://bucket/key`. */
  readonly uri: string;
  /** Its page in the S3 console; absent where the Region is none that is known. */
  readonly url?: string;
};

/** Names where objects of a bucket lie. A link leads to the console, which asks for a sign-in: it is no link of its own right. */
export function placesIn(bucket: string, region: string): (key: string) => ObjectPlace {
  const host = consoleHost(region);
  return (key) => ({
    uri: `s3://${bucket}/${key}`,
    ...(host !== undefined && {
      url: `https://${host}/s3/object/${bucket}?region=${region}&prefix=${encodeURIComponent(key)}`,
    }),
  });
}
