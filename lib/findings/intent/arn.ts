import type { Endpoint, Role } from '#model';

/** Whose endpoints a service's ARNs name, where names repeat between services. */
const ROLES: ReadonlyMap<string, readonly Role[]> = new Map<string, readonly Role[]>([
  ['rds', ['database']],
  ['redshift', ['database']],
  ['elasticache', ['cache']],
  ['elasticfilesystem', ['file-system']],
  ['elasticloadbalancing', ['load-balancer']],
  ['es', ['search']],
  ['lambda', ['function']],
]);

/**
 * Whether an ARN is that of what stands behind an endpoint: the same account and Region, and the resource's name or id is that of its
 * workload, its host or the endpoint itself. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
 */
export function isArnOf(arn: string, endpoint: Endpoint): boolean {
  const [, , service = '', region = '', account = '', ...rest] = arn.split(':');
  const { workload, host, id, role, at } = endpoint;
  if (account !== endpoint.account || (region !== '' && region !== at.region)) return false;
  if (ROLES.get(service)?.includes(role) === false) return false;
  const name = rest.join(':').replace(/^[a-z-]+[:/]/, '');
  return [workload.id.replace(/^[^:]*:[^/]*\/[^/]*\//, ''), workload.name, host, id].includes(name);
}
