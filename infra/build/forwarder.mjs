/**
 * `node infra/build/forwarder.mjs`: writes the patterns of infra/events/patterns.json into infra/stacksets/forwarder.yml. That
 * template is deployed by itself, so it cannot include them.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { parseDocument } from 'yaml';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const template = join(root, 'infra/stacksets/forwarder.yml');
const patterns = JSON.parse(readFileSync(join(root, 'infra/events/patterns.json'), 'utf8'));

// CloudFormation's own tags are left as they are, so the warnings about them mean nothing.
const document = parseDocument(readFileSync(template, 'utf8'), { logLevel: 'error' });
for (const [key, pattern] of Object.entries(patterns)) {
  const rule = `${key[0].toUpperCase()}${key.slice(1)}Rule`;
  if (!document.hasIn(['Resources', rule]))
    throw new Error(`infra/stacksets/forwarder.yml has no ${rule} for the pattern ${key}`);
  document.setIn(['Resources', rule, 'Properties', 'EventPattern'], document.createNode(pattern));
}

const text = document.toString({ lineWidth: 0, flowCollectionPadding: true });
writeFileSync(
  template,
  await format(text, { ...(await resolveConfig(template)), filepath: template, parser: 'yaml' }),
);
