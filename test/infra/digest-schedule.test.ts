import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { serverless, serviceFolder } from '../support/serverless.ts';
import type { Template } from './intrinsics.ts';

const CONFIG =
  'digest: { from: postern@shop.example, recipients: [a@shop.example], weekday: FRI, hour: 0, timeZone: Asia/Kolkata }';

/** What it takes where there is none is in resources.test.ts, which packages without one. */
it('the stack takes when, where and by whom from postern.yml', { timeout: 300_000 }, () => {
  const service = serviceFolder();
  writeFileSync(join(service.folder, 'postern.yml'), CONFIG);
  serverless(service, ['package', '--package', 'package']);
  const file = join(service.folder, 'package/cloudformation-template-update-stack.json');
  const { Parameters } = JSON.parse(readFileSync(file, 'utf8')) as Template;
  expect(Parameters).toMatchObject({
    DigestFrom: { Default: 'postern@shop.example' },
    DigestWeekday: { Default: 'FRI' },
    DigestHour: { Default: 0 },
    DigestTimeZone: { Default: 'Asia/Kolkata' },
  });
});
