import type { Network, Policy, PolicyId } from '#model';

/** Who keeps a group, by the marks that it carries. */
export type OwnerMark = {
  readonly policy: PolicyId;
  /** What keeps it. */
  readonly tool:
    'cloudformation' | 'service-catalog' | 'cdk' | 'terraform' | 'pulumi' | 'kubernetes' | 'service';
  /** One sentence without a full stop. Holds untrusted text: to be escaped for where it is shown. */
  readonly text: string;
};

type Marked = Pick<OwnerMark, 'tool' | 'text'>;

/** The marks of these groups, one for each group: the one that says most of where to change it. */
export function ownersOf({ policies }: Network, ids: readonly PolicyId[]): readonly OwnerMark[] {
  return [...new Set(ids)].flatMap((id) => {
    const policy = policies.get(id);
    const mark = policy && markOf(policy);
    return mark === undefined ? [] : [{ policy: id, ...mark }];
  });
}

function markOf(policy: Policy): Marked | undefined {
  for (const read of READERS) {
    const mark = read(policy);
    if (mark !== undefined) return mark;
  }
  return undefined;
}

const READERS: readonly ((policy: Policy) => Marked | undefined)[] = [
  cloudFormation,
  serviceCatalog,
  cdk,
  kubernetes,
  terraform,
  byName,
];

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-resource-tags.html */
function cloudFormation({ at, tags }: Policy): Marked | undefined {
  const stack = tags.get('aws:cloudformation:stack-name') ?? stackOf(tags.get('aws:cloudformation:stack-id'));
  if (stack === undefined) return undefined;
  const logical = tags.get('aws:cloudformation:logical-id');
  const resource = logical === undefined ? '' : `, resource ${logical}`;
  const kept = [...tags.keys()].some(isCdk) ? 'written with the CDK' : '';
  return {
    tool: kept === '' ? 'cloudformation' : 'cdk',
    text: `${at.id} belongs to the CloudFormation stack ${stack}${resource}${kept === '' ? '' : `, ${kept}`}: change it there; a change by hand drifts, and the stack may undo it`,
  };
}

/** The name in `arn:aws:cloudformation:REGION:ACCOUNT:stack/NAME/ID`. */
function stackOf(arn: string | undefined): string | undefined {
  return arn === undefined ? undefined : (/:stack\/([^/]+)/.exec(arn)?.[1] ?? arn);
}

function serviceCatalog({ at, tags }: Policy): Marked | undefined {
  const product = [...tags].find(([key]) => key.startsWith('aws:servicecatalog:'))?.[1];
  return product === undefined
    ? undefined
    : {
        tool: 'service-catalog',
        text: `${at.id} was made by the Service Catalog product ${product}: change it there; a change by hand drifts`,
      };
}

function isCdk(key: string): boolean {
  return key === 'aws:cdk:path' || key.startsWith('aws-cdk:');
}

function cdk({ at, tags }: Policy): Marked | undefined {
  const mark = [...tags].find(([key]) => isCdk(key));
  return mark === undefined
    ? undefined
    : {
        tool: 'cdk',
        text: `${at.id} carries the CDK's mark ${mark[0]}=${mark[1]}: change it there; a change by hand drifts`,
      };
}

/**
 * Controllers put their rules back within minutes.
 *
 * https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/deploy/security_groups
 */
function kubernetes({ at, tags }: Policy): Marked | undefined {
  const controller = tags.get('elbv2.k8s.aws/cluster');
  if (controller !== undefined)
    return {
      tool: 'kubernetes',
      text: `${at.id} is kept by the load balancer controller of the cluster ${controller}: change the Service or Ingress there; a change by hand is undone`,
    };
  for (const [key, value] of tags) {
    const cluster =
      /^kubernetes\.io\/cluster\/(.+)$/.exec(key)?.[1] ??
      (key === 'aws:eks:cluster-name' ? value : undefined);
    // `shared` only says that the cluster may use it
    if (cluster === undefined || value === 'shared') continue;
    return {
      tool: 'kubernetes',
      text: `${at.id} belongs to the Kubernetes cluster ${cluster}: change it there; a change by hand may be undone`,
    };
  }
  return undefined;
}

/** Nothing of Terraform's is in the account but what its users write: these tags are usual. */
const MANAGERS = /^(?:managed[-_ ]?by|provisioner|provisioned[-_ ]?by|created[-_ ]?(?:by|with)|iac|tool)$/i;

function terraform({ at, name, tags }: Policy): Marked | undefined {
  for (const [key, value] of tags) {
    const isSaid =
      (/^terraform(?:[-_:]|$)/i.test(key) && !/^(?:false|no|0)$/i.test(value)) ||
      (MANAGERS.test(key) && /\b(?:terraform|terragrunt|opentofu|tofu)\b/i.test(value));
    if (isSaid) return kept(at.id, `its tag ${key}=${value}`);
    if (MANAGERS.test(key) && /\bpulumi\b/i.test(value))
      return {
        tool: 'pulumi',
        text: `${at.id} is kept by Pulumi, by its tag ${key}=${value}: change it there; a change by hand is undone by the next update`,
      };
  }
  // what Terraform calls a group that nobody gave a name
  return /^(?:terraform-\d{20,}|tf-.+)$/.test(name) ? kept(at.id, `its name ${name}`) : undefined;
}

function kept(id: string, by: string): Marked {
  return {
    tool: 'terraform',
    text: `${id} is kept by Terraform, by ${by}: change it there; the next apply undoes a change by hand`,
  };
}

/** Groups that services make for themselves, by how they are called. */
const SERVICE_GROUPS: readonly (readonly [RegExp, string])[] = [
  [/^eks-cluster-sg-/, 'EKS made it for its cluster'],
  [/^(?:eks-remoteAccess|eks-remote-access)-/i, 'EKS made it for a node group'],
  [/^k8s-(?:elb|traffic)-/, 'a Kubernetes controller made it for a load balancer'],
  [/^ElasticMapReduce-/, 'EMR made it'],
  [/^awseb-/, 'Elastic Beanstalk made it'],
  [/^aws-cloud9-/, 'Cloud9 made it'],
  [/^d-[0-9a-f]{10}_/, 'Directory Service or WorkSpaces made it'],
  [/^default_elb_/, 'Elastic Load Balancing made it'],
];

function byName({ at, name }: Policy): Marked | undefined {
  const known = SERVICE_GROUPS.find(([pattern]) => pattern.test(name));
  return known === undefined
    ? undefined
    : {
        tool: 'service',
        text: `${known[1]} (${at.id}, ${name}): change it by the service where it can be; the service may undo a change by hand`,
      };
}
