import { EventBridgeClient, ListRulesCommand, type Rule } from '@aws-sdk/client-eventbridge';
import type { CredentialsProvider } from '#sources/aws';
import type { EventRule } from '../facts.ts';
import type { Told } from '../told.ts';
import { ask, askFor } from './ask.ts';
import { clientConfig } from './client-config.ts';

/** The rules on a Region's default bus whose names begin so. */
export function defaultBusRules(
  region: string,
  prefix: string,
  credentials: CredentialsProvider,
): Promise<Told<readonly EventRule[]>> {
  return ask('events:ListRules', () => listed(region, credentials, { NamePrefix: prefix }));
}

/** The rules on a bus; `undefined` if there is no such bus. */
export function busRules(
  region: string,
  bus: string,
  credentials: CredentialsProvider,
): Promise<Told<readonly EventRule[] | undefined>> {
  return askFor('events:ListRules', () => listed(region, credentials, { EventBusName: bus }));
}

async function listed(
  region: string,
  credentials: CredentialsProvider,
  input: { readonly NamePrefix?: string; readonly EventBusName?: string },
): Promise<readonly EventRule[]> {
  const client = new EventBridgeClient(clientConfig(region, credentials));
  const rules: EventRule[] = [];
  let NextToken: string | undefined;
  do {
    const page = await client.send(
      new ListRulesCommand({ ...input, ...(NextToken !== undefined && { NextToken }) }),
    );
    rules.push(...(page.Rules ?? []).flatMap(ruleOf));
    ({ NextToken } = page);
  } while (NextToken !== undefined);
  return rules;
}

/** A rule that takes in what reads, too, is turned on as well; it is only dearer. */
function ruleOf({ Name: name, State: state }: Rule): readonly EventRule[] {
  return name === undefined ? [] : [{ name, isEnabled: state?.startsWith('ENABLED') === true }];
}
