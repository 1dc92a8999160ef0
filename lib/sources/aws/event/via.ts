import { member, textOf, truthOf, type Loose } from './fields.ts';

/** The kind of tool that a call came from. */
export type Via = 'cloudformation' | 'terraform' | 'console' | 'cli' | 'sdk' | 'unknown';

const CLOUDFORMATION = 'cloudformation.';
const CONSOLE_AGENT = /^\[?(?:[a-z0-9-]*console\b|(?:[a-z0-9-]+\.)*signin\.)/i;
const BROWSER = /^\[?(?:Mozilla|Opera)\//;
/** What the services themselves say when they call each other, a console's back end among them. */
const AWS_INTERNAL = /^\[?aws[- ]internal/i;
const CLI = /\baws-cli\//i;
const SDK = /aws-?sdk|boto(?:3|core)?\b/i;

/** Classes a call by the first of these that fits. An agent is only what the caller says of itself. */
export function viaOf(detail: Loose): Via {
  const agent = textOf(member(detail, 'userAgent'));
  const invokedBy = textOf(member(member(detail, 'userIdentity'), 'invokedBy'));
  const address = textOf(member(detail, 'sourceIPAddress'));
  if ([invokedBy, agent, address].some((text) => text.startsWith(CLOUDFORMATION))) return 'cloudformation';
  if (/terraform/i.test(agent)) return 'terraform';
  const isFromConsole = truthOf(member(detail, 'sessionCredentialFromConsole')) === true;
  if (isFromConsole || CONSOLE_AGENT.test(agent) || BROWSER.test(agent)) return 'console';
  if (CLI.test(agent)) return 'cli';
  return SDK.test(agent) && !AWS_INTERNAL.test(agent) ? 'sdk' : 'unknown';
}

/** The tool as people are told of it: `Terraform`, `the console`, `aws-cli/2.22.12`. Untrusted text, '' if the record says none. */
export function toolOf(detail: Loose): string {
  const via = viaOf(detail);
  switch (via) {
    case 'cloudformation':
      return 'CloudFormation';
    case 'terraform':
      return 'Terraform';
    case 'console':
      return 'the console';
    case 'cli':
    case 'sdk':
    case 'unknown': {
      const agent = textOf(member(detail, 'userAgent'));
      return AWS_INTERNAL.test(agent) ? 'AWS itself' : (agent.split(' ')[0] ?? '');
    }
  }
}
