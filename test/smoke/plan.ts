import type { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import type { EC2Client } from '@aws-sdk/client-ec2';
import type { TargetKey } from '#store';
import type { NoticeEventPorts } from '../../lib/app/watch/notice-event.ts';
import { testAlert } from '#notify';
import type { CredentialsProvider } from '#sources/aws';
import { heartbeats } from '../../lib/app/watch/heartbeats.ts';
import { changesSince } from '../../lib/app/watch/noted-change.ts';
import { oweAlerts } from '../../lib/app/watch/outbox.ts';
import { rulesThatWakeNobody } from './event-targets.ts';
import { openUnusedGroup } from './security-group.ts';
import { stackInstances, standEverywhere } from './stack-set.ts';
import { resourcesOf, standing, type DeployedStack } from './stack.ts';
import { NothingToProve, waitFor, type Step } from './steps.ts';

const LOOK_EVERY_MS = 5_000;
/** A queue waits half a minute, a cold start takes seconds, and a busy target waits a minute between two passes. */
const PASS_MS = 5 * 60_000;
const DELIVERY_MS = 3 * 60_000;
/** Schedule, table and trail have clocks of their own. */
const CLOCKS_MS = 60_000;

export type Parts = {
  /** `postern-<stage>`. */
  readonly name: string;
  readonly target: TargetKey;
  readonly stack: DeployedStack;
  readonly cloudformation: CloudFormationClient;
  readonly credentials: CredentialsProvider;
  readonly ec2: EC2Client;
  /** The deployment's stores, queues and configuration, with the credentials of whoever runs this. */
  readonly ports: NoticeEventPorts;
  readonly waitMs: number;
  readonly sleep: (ms: number) => Promise<void>;
  readonly undo: (() => Promise<string>)[];
};

/** The steps, those that only read first. */
export function planOf(parts: Parts): readonly Step[] {
  const { name, target, stack, cloudformation, credentials, ec2, ports, waitMs, sleep, undo } = parts;
  const { notes, state, clock } = ports;
  const wait = { everyMs: LOOK_EVERY_MS, now: () => clock().getTime(), sleep };
  let group: string | undefined;
  let heardAt: string | undefined;
  return [
    {
      name: 'the stack',
      proves: 'that CloudFormation takes the template, and with it every property, role and policy in it',
      writes: false,
      run: () =>
        standing(stack)
          ? Promise.resolve(`${name} is ${stack.status}`)
          : Promise.reject(new Error(`${name} is ${stack.status}`)),
    },
    {
      name: 'event-source mappings',
      proves: 'that Lambda took them. That they poll is proved by the pass and the test message below',
      writes: false,
      run: async () => {
        const mappings = await Promise.resolve(resourcesOf(stack, 'AWS::Lambda::EventSourceMapping'));
        if (mappings.size < 4) throw new Error(`there are ${String(mappings.size)}, and it should be four`);
        return `${String(mappings.size)} are there`;
      },
    },
    {
      name: 'EventBridge rules and targets',
      proves: 'that each rule is on and wakes notice',
      writes: false,
      run: async () => {
        const { asleep, all } = await rulesThatWakeNobody(target.region, name, credentials);
        if (asleep.length > 0) throw new Error(`off, or without notice as a target: ${asleep.join(', ')}`);
        return `${String(all)} rules, on both buses`;
      },
    },
    {
      name: "the forwarders' StackSet",
      proves:
        "that its roles work, and that CloudFormation takes the forwarder in each of the account's Regions",
      writes: false,
      run: async () => {
        if (resourcesOf(stack, 'AWS::CloudFormation::StackSet').size === 0)
          throw new NothingToProve('the setting forwardRegions names no Region');
        return standEverywhere(await stackInstances(cloudformation, `${name}-forwarder`));
      },
    },
    {
      name: 'forwarders',
      proves:
        'the way from the default bus of another Region or account to the hub: rule, role, bus policy, rule, notice',
      writes: false,
      run: async () => {
        const heard = [...(await heartbeats(notes))];
        if (heard.length === 0) throw new NothingToProve('no forwarder was heard of. A new one takes a day');
        return heard.map(([where, last]) => `${where} last heard of ${last}`).join('\n');
      },
    },
    {
      name: 'a change is noticed',
      proves:
        'the way of a change: CloudTrail, EventBridge rule, its target, the role of the function, the table',
      writes: true,
      run: async () => {
        const start = clock();
        const id = await openUnusedGroup(ec2, `${name}-smoke-${String(start.getTime())}`, undo);
        group = id;
        const since = new Date(start.getTime() - CLOCKS_MS);
        const noted = await waitFor(
          `the table has no note of ${id}`,
          async () => (await changesSince(notes, target, since)).find(({ ids }) => ids.includes(id)),
          { ...wait, forMs: waitMs },
        );
        heardAt = noted.arrivedAt;
        const seconds = Math.round((Date.parse(noted.arrivedAt) - Date.parse(noted.time)) / 1000);
        return `${noted.call} on ${id} by ${noted.who} was heard of ${String(seconds)} s after it was made`;
      },
    },
    {
      name: 'a pass sees it',
      proves:
        "the queue's event-source mapping, the permissions of refresh, and that the bucket and the table take a run",
      writes: true,
      run: async () => {
        const heard = heardAt;
        if (heard === undefined || group === undefined)
          throw new Error('no change was noticed, so no pass was asked for');
        const head = await waitFor(
          'no pass was committed',
          async () => {
            const found = await state.head(target);
            return found !== undefined && found.readAt > heard ? found : undefined;
          },
          { ...wait, forMs: PASS_MS },
        );
        return `read at ${head.readAt}, committed at ${head.committedAt} as version ${String(head.version)}`;
      },
    },
    {
      name: 'a test message',
      proves:
        "delivery by the deployed function: the channel queues' mappings, its permissions, the keys, and that each channel said yes",
      writes: true,
      run: async () => {
        const alert = testAlert({ ...target, time: clock().toISOString() });
        await oweAlerts(alert.id, target, [alert], ports);
        const item = await waitFor(
          "a channel has not said yes; its queue's dead letters and the log of deliver say why",
          async () => {
            const found = await state.owedItem(alert.id);
            return found?.deliveries.every(({ deliveredAt }) => deliveredAt !== undefined) === true
              ? found
              : undefined;
          },
          { ...wait, forMs: DELIVERY_MS },
        );
        const channels = item.deliveries.map(({ channel }) => channel).join(', ');
        return `${channels} took ${alert.id}. Look whether it arrived, and how it looks: that only you can see`;
      },
    },
  ];
}
