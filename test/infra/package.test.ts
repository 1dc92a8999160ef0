import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { named, ofType, type PartMap } from './intrinsics.ts';
import { FUNCTIONS, packaged } from './packaged.ts';
import { zipEntries } from './zip-entries.ts';

const { folder, template } = packaged();
const functions = ofType(template, 'AWS::Lambda::Function');
const idOf = (name: string): string => `${name[0]!.toUpperCase()}${name.slice(1)}LambdaFunction`;

/** Seconds and megabytes, as the design has them. */
const SIZES: Readonly<Record<string, readonly [number, number]>> = {
  schedule: [300, 256],
  notice: [10, 256],
  refresh: [300, 1769],
  deliver: [60, 256],
  digest: [300, 1769],
};

it('deploys the functions that the design names, and no other', () => {
  expect(FUNCTIONS.toSorted()).toEqual(Object.keys(SIZES).toSorted());
  expect([...functions.keys()].toSorted()).toEqual(FUNCTIONS.map(idOf).toSorted());
});

describe.each(FUNCTIONS)('%s', (name) => {
  const properties = functions.get(idOf(name))!;
  const archive = join(folder, `${name}.zip`);
  const home = `dist/functions/${name}`;

  it('is an archive under 1.5 MB that holds its code and the configuration, and nothing else', () => {
    expect(statSync(archive).size).toBeLessThan(1_500_000);
    expect([...zipEntries(archive).keys()].toSorted()).toEqual([`${home}/index.mjs`, `${home}/postern.yml`]);
  });

  it('is what Lambda is told to run', async () => {
    const { S3Key } = properties['Code'] as { S3Key: string };
    expect(basename(S3Key)).toBe(`${name}.zip`);
    expect(properties['Handler']).toBe(`${home}/index.handler`);

    // Loaded where there is no node_modules above it: whatever it needs is in the file.
    const alone = mkdtempSync(join(tmpdir(), 'postern-bundle-'));
    onTestFinished(() => rmSync(alone, { recursive: true, force: true }));
    const file = join(alone, 'index.mjs');
    writeFileSync(file, zipEntries(archive).get(`${home}/index.mjs`)!);
    const { handler } = (await import(pathToFileURL(file).href)) as { handler?: unknown };
    expect(handler).toBeTypeOf('function');
  });

  it('runs on arm64 and Node 24 with its time and memory', () => {
    const [Timeout, MemorySize] = SIZES[name]!;
    expect(properties).toMatchObject({
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      Timeout,
      MemorySize,
    });
  });

  it('is told where everything is', () => {
    const { Variables } = properties['Environment'] as { Variables: PartMap };
    const references = Object.fromEntries(
      Object.entries(Variables).flatMap(([key, value]) =>
        typeof value === 'object' && !('Fn::If' in (value as PartMap)) ? [[key, named(value)]] : [],
      ),
    );
    expect(references).toMatchObject({
      TABLE_NAME: 'Table',
      BUCKET_NAME: 'Bucket',
      REFRESH_QUEUE_URL: 'RefreshQueue',
      ROUNDS_QUEUE_URL: 'RoundsQueue',
      SNS_QUEUE_URL: 'SnsQueue',
      SLACK_QUEUE_URL: 'SlackQueue',
      EVENTBRIDGE_QUEUE_URL: 'EventbridgeQueue',
      SECURITYHUB_QUEUE_URL: 'SecurityhubQueue',
      TOPIC_ARN: 'AlertsTopic',
      BUS_NAME: 'HubBus.Name',
      READER_ROLE_NAME: 'ReaderRoleName',
    });
    expect(Variables).toMatchObject({
      POSTERN_STAGE: 'prod',
      POWERTOOLS_SERVICE_NAME: 'postern-prod',
      POWERTOOLS_METRICS_NAMESPACE: 'Postern',
    });
    expect(Variables).toHaveProperty('EXTERNAL_ID');
  });
});
