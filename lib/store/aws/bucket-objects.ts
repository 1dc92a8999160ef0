import { GetObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import type { ObjectStore } from '../contracts.ts';
import { gunzipText, gzipText } from '../gzip-text.ts';
import { KeyReused } from '../key-reused.ts';
import { errorName } from './error-name.ts';
import { objectKey } from './object-key.ts';
import { BELOW_RETRY, retryConflicts } from './retry-conflicts.ts';

/** One object a key. How it is encrypted is the bucket's default, which no request here changes. */
export function bucketObjects(s3: S3Client, bucket: string): ObjectStore {
  const get = async (key: string): Promise<string | undefined> => {
    const bytes = await bytesOf(s3, bucket, key);
    return bytes === undefined ? undefined : gunzipText(bytes, key);
  };
  return {
    get,
    put: async (key, text) => {
      const command = new PutObjectCommand({
        Bucket: bucket,
        Key: objectKey(key),
        Body: await gzipText(text),
        // a report is opened by a browser, which shows a file of another type as text
        ContentType: key.endsWith('.html') ? 'text/html; charset=utf-8' : 'application/json',
        ContentEncoding: 'gzip',
        // Only if there is none: S3 decides it. https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html
        IfNoneMatch: '*',
      });
      command.middlewareStack.add(retryConflicts, BELOW_RETRY);
      try {
        await s3.send(command);
      } catch (error) {
        if (errorName(error) !== 'PreconditionFailed') throw failure('written', key, bucket, error);
        const held = await get(key);
        if (held === undefined) throw failure('written', key, bucket, error);
        if (held !== text) throw new KeyReused(key);
      }
    },
  };
}

async function bytesOf(s3: S3Client, bucket: string, key: string): Promise<Uint8Array | undefined> {
  try {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: objectKey(key) }));
    return await Body?.transformToByteArray();
  } catch (error) {
    if (errorName(error) === 'NoSuchKey') return undefined;
    throw failure('read', key, bucket, error);
  }
}

function failure(what: 'read' | 'written', key: string, bucket: string, cause: unknown): Error {
  // Whoever may not list a bucket is told AccessDenied of a key that is not there.
  // https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html
  const advice = errorName(cause).startsWith('AccessDenied')
    ? ' The role needs s3:GetObject and s3:PutObject on its objects and s3:ListBucket on the bucket, and the use of its key.'
    : '';
  return new Error(
    `The object ${JSON.stringify(key)} could not be ${what} in the bucket ${bucket}: ${errorName(cause)}.${advice}`,
    { cause },
  );
}
