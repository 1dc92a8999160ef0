import {
  AuthorizeSecurityGroupIngressCommand,
  CreateSecurityGroupCommand,
  DeleteSecurityGroupCommand,
  DescribeVpcsCommand,
  RevokeSecurityGroupIngressCommand,
  type EC2Client,
} from '@aws-sdk/client-ec2';

/** A block that nobody has: https://datatracker.ietf.org/doc/html/rfc5737 */
const DOCUMENTATION_BLOCK = '192.0.2.0/24';
const RULE = { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: DOCUMENTATION_BLOCK }] };

/** Makes a group that nothing carries, with one rule, and says in `undo` how both go away. Gives the group's id. */
export async function openUnusedGroup(
  ec2: EC2Client,
  name: string,
  undo: (() => Promise<string>)[],
): Promise<string> {
  const { Vpcs: [vpc] = [] } = await ec2.send(
    new DescribeVpcsCommand({ Filters: [{ Name: 'is-default', Values: ['true'] }] }),
  );
  if (vpc?.VpcId === undefined)
    throw new Error('this Region has no default VPC, so nothing was made. Try a Region that has one');
  const { GroupId: group } = await ec2.send(
    new CreateSecurityGroupCommand({
      GroupName: name,
      Description: 'Postern smoke test: nothing carries it, and it may be deleted',
      VpcId: vpc.VpcId,
    }),
  );
  if (group === undefined) throw new Error('EC2 did not say which group it made');
  undo.push(async () => {
    await ec2.send(new DeleteSecurityGroupCommand({ GroupId: group }));
    return `security group ${group}`;
  });
  await ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId: group, IpPermissions: [RULE] }));
  undo.push(async () => {
    await ec2.send(new RevokeSecurityGroupIngressCommand({ GroupId: group, IpPermissions: [RULE] }));
    return `its rule tcp 22 from ${DOCUMENTATION_BLOCK}`;
  });
  return group;
}
