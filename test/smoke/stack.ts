import type { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import {
  DescribeStacksCommand,
  paginateListStackResources,
  type StackResourceSummary,
} from '@aws-sdk/client-cloudformation';

export type DeployedStack = {
  readonly status: string;
  readonly outputs: ReadonlyMap<string, string>;
  readonly resources: readonly StackResourceSummary[];
};

export async function readStack(client: CloudFormationClient, name: string): Promise<DeployedStack> {
  const { Stacks: [stack] = [] } = await client.send(new DescribeStacksCommand({ StackName: name }));
  const resources: StackResourceSummary[] = [];
  for await (const page of paginateListStackResources({ client }, { StackName: name }))
    resources.push(...(page.StackResourceSummaries ?? []));
  const outputs = (stack?.Outputs ?? []).flatMap(({ OutputKey: key, OutputValue: value }) =>
    key === undefined || value === undefined ? [] : [[key, value] as const],
  );
  return { status: stack?.StackStatus ?? 'unknown', outputs: new Map(outputs), resources };
}

/** The stack stands: its last creation or update went through. */
export function standing({ status }: Pick<DeployedStack, 'status'>): boolean {
  return status === 'CREATE_COMPLETE' || status === 'UPDATE_COMPLETE';
}

/** The physical ids of the resources of one type, by their logical ids. @throws Error if one did not become what it was to be */
export function resourcesOf(
  { resources }: Pick<DeployedStack, 'resources'>,
  type: string,
): ReadonlyMap<string, string> {
  const found = resources.filter(({ ResourceType }) => ResourceType === type);
  const broken = found.filter(({ ResourceStatus: status }) => status?.endsWith('_COMPLETE') !== true);
  if (broken.length > 0)
    throw new Error(
      broken
        .map(({ LogicalResourceId: id, ResourceStatus: status }) => `${id ?? '?'} is ${status ?? '?'}`)
        .join(', '),
    );
  return new Map(
    found.flatMap(({ LogicalResourceId: id, PhysicalResourceId: physical }) =>
      id === undefined || physical === undefined ? [] : [[id, physical] as const],
    ),
  );
}

/** @throws Error if the stack does not say it */
export function output({ outputs }: Pick<DeployedStack, 'outputs'>, key: string): string {
  const value = outputs.get(key);
  if (value === undefined) throw new Error(`the stack has no output ${key}`);
  return value;
}
