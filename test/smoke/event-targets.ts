import { EventBridgeClient, ListTargetsByRuleCommand, type Target } from '@aws-sdk/client-eventbridge';
import type { CredentialsProvider } from '#sources/aws';
import { busRules, defaultBusRules } from '../../lib/app/doctor/collect/rules.ts';
import type { Told } from '../../lib/app/doctor/told.ts';

/** Which of the hub's rules do not wake `notice`, on either bus, of how many. @throws Error if they cannot be listed, or there are none */
export async function rulesThatWakeNobody(
  region: string,
  name: string,
  credentials: CredentialsProvider,
): Promise<{ readonly asleep: readonly string[]; readonly all: number }> {
  const client = new EventBridgeClient({ region, credentials });
  const onDefault = given(await defaultBusRules(region, `${name}-`, credentials));
  const onHub = given(await busRules(region, name, credentials)) ?? [];
  const rules = [
    ...onDefault.map((rule) => ({ ...rule, bus: 'default' })),
    ...onHub.map((rule) => ({ ...rule, bus: name })),
  ];
  if (onDefault.length === 0 || onHub.length === 0) throw new Error(`a bus has no rule ${name}-…`);
  const asleep: string[] = [];
  for (const { name: rule, isEnabled, bus } of rules) {
    const { Targets: targets = [] } = await client.send(
      new ListTargetsByRuleCommand({ Rule: rule, EventBusName: bus }),
    );
    if (!isEnabled || !wakes(targets, `${name}-notice`)) asleep.push(`${rule} on ${bus}`);
  }
  return { asleep, all: rules.length };
}

/** Whether one of a rule's targets is this function. */
export function wakes(targets: readonly Target[], functionName: string): boolean {
  return targets.some(({ Arn: arn = '' }) => arn.split(':function:')[1]?.split(':')[0] === functionName);
}

function given<T>(answer: Told<T>): T {
  if (answer.told) return answer.value;
  throw new Error(`${answer.why}. ${answer.remedy}`);
}
