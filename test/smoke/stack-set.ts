import {
  paginateListStackInstances,
  type CloudFormationClient,
  type StackInstanceSummary,
} from '@aws-sdk/client-cloudformation';

/** The instances of a StackSet, one for each Region. */
export async function stackInstances(
  client: CloudFormationClient,
  name: string,
): Promise<readonly StackInstanceSummary[]> {
  const instances: StackInstanceSummary[] = [];
  for await (const page of paginateListStackInstances({ client }, { StackSetName: name }))
    instances.push(...(page.Summaries ?? []));
  return instances;
}

/** Says where the instances stand. @throws Error that names those that do not, since the deployment goes through in spite of them */
export function standEverywhere(instances: readonly StackInstanceSummary[]): string {
  if (instances.length === 0) throw new Error('the StackSet has no instance');
  const failed = instances.filter(({ Status: status }) => status !== 'CURRENT');
  if (failed.length > 0)
    throw new Error(
      failed
        .map(
          ({ Region: region, Status: status, StatusReason: why }) =>
            `${region ?? '?'} is ${status ?? '?'}: ${why ?? 'no reason is given'}`,
        )
        .join('\n'),
    );
  return `${String(instances.length)} Regions: ${instances.map(({ Region: region }) => region ?? '?').join(', ')}`;
}
