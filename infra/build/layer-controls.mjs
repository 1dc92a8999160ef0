/**
 * One forbidden import for each layer rule. A rule that lets its control pass guards nothing, so `npm run layers` fails.
 * Each: the rule, the file that breaks it, and what that file imports. The files are made in a scratch folder.
 */
export const controls = [
  ['no-cycle', 'lib/model/left.ts', './right.ts'],
  ['no-unresolved', 'lib/model/lost.ts', './nowhere.ts'],
  ['no-dev-dependency', 'lib/app/tested.ts', 'fast-check'],
  ['through-the-index', 'lib/engine/shortcut.ts', '../netset/right.ts'],
  ['functions-through-the-index', 'functions/shortcut.ts', '../lib/app/right.ts'],
  ['netset-imports', 'lib/netset/up.ts', '#model'],
  ['model-imports', 'lib/model/up.ts', '#engine'],
  ['engine-imports', 'lib/engine/up.ts', '#findings'],
  ['findings-imports', 'lib/findings/up.ts', '#report'],
  ['sources-imports', 'lib/sources/aws/up.ts', '#engine'],
  ['sources-imports', 'lib/sources/shared/up.ts', '#findings'],
  ['sources-apart', 'lib/sources/shared/aside.ts', '#sources/aws'],
  ['terraform-imports', 'lib/sources/terraform/live.ts', '../aws/collect/right.ts'],
  ['report-imports', 'lib/report/up.ts', '#notify'],
  ['notify-imports', 'lib/notify/down.ts', '#engine'],
  ['store-imports', 'lib/store/down.ts', '#engine'],
  ['app-imports', 'lib/app/up.ts', '../cli/right.ts'],
  ['cli-imports', 'lib/cli/down.ts', '#engine'],
  ['functions-imports', 'functions/down.ts', '#engine'],
  ['netset-outside', 'lib/netset/parsed.ts', 'zod'],
  ['model-outside', 'lib/model/read.ts', 'node:fs'],
  ['engine-outside', 'lib/engine/timed.ts', 'node:perf_hooks'],
  ['findings-outside', 'lib/findings/read.ts', 'node:fs'],
  ['sources-outside', 'lib/sources/aws/translate/read.ts', 'node:fs'],
  ['report-outside', 'lib/report/read.ts', 'node:fs'],
  ['sdk-at-the-edge', 'lib/cli/live.ts', '@aws-sdk/client-ec2'],
  ['terminal-in-cli', 'lib/app/coloured.ts', 'picocolors'],
  ['middy-in-functions', 'lib/app/wrapped.ts', '@middy/core'],
].map(([rule, file, imports]) => ({ rule, file, imports }));

/** Imports that the table allows: a rule that catches one of these is too wide. */
export const permitted = [
  ['lib/netset/ok.ts', 'ipaddr.js'],
  ['lib/engine/ok.ts', '#netset'],
  ['lib/findings/ok.ts', 'node:crypto'],
  ['lib/sources/aws/ok.ts', '#sources/shared'],
  ['lib/sources/aws/translate/ok.ts', 'zod'],
  ['lib/sources/aws/collect/ok.ts', '@aws-sdk/client-ec2'],
  ['lib/sources/terraform/ok.ts', '../aws/translate/right.ts'],
  ['lib/report/ok.ts', '#findings'],
  ['lib/report/ok-schema.ts', 'zod'],
  ['lib/notify/ok.ts', '@aws-sdk/client-sns'],
  ['lib/app/ok.ts', '#store'],
  ['lib/cli/ok.ts', '#app'],
  ['lib/cli/ok-colours.ts', 'picocolors'],
  ['functions/ok.ts', '#app'],
].map(([file, imports]) => ({ file, imports }));
