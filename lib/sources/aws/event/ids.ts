import { isMasked, member, textOf } from './fields.ts';
import { textsOf, type HeldText } from './walk.ts';

/** Kinds of EC2 resources that stand between packets and hosts. Images, volumes, templates and the like are none of them. */
const KINDS = [
  'sg|sgr|eni|eni-attach|i|vpc|subnet|acl|aclassoc|pl',
  'rtb|rtbassoc|rs|rse|rsp|igw|eigw|nat|cagw|vgw|cgw|vpn|pcx|eipalloc|eipassoc',
  'tgw|tgw-attach|tgw-rtb|tgw-ptb|tgw-connect-peer|lgw|lgw-rtb|lgw-vpc-assoc',
  'vpce|vpce-svc|eice|cvpn-endpoint|cvpn-assoc|vae|vagr|vpcbpa-exclude',
].join('|');
const ID_FORM = '(?:[0-9a-f]{8}|[0-9a-f]{17})';
const EC2_ID = new RegExp(`^(?:${KINDS})-${ID_FORM}$`);
/** Whatever else EC2's request names by its id is what it is about … */
const OTHER_ID = new RegExp(`^[a-z]+(?:-[a-z]+){0,4}-${ID_FORM}$`);
/** … but for what a host is launched from and where its block comes from. */
const INGREDIENT = /^(?:ami|aki|ari|lt|snap|vol|key|r|sir|h|cr|pg|dopt|ipam-pool)-[0-9a-f]+$/;
const EC2_ARN = /^arn:aws[a-z-]*:ec2:[^:]*:[^:]*:[a-z-]+\/([^/:]+)$/;
/** Load balancers, target groups, databases, proxies. Listeners, snapshots, parameter groups and others are none. */
const RESOURCE_ARN =
  /^arn:aws[a-z-]*:(?:elasticloadbalancing:[a-z0-9-]*:\d{12}:(?:loadbalancer|targetgroup)\/|rds:[a-z0-9-]*:\d{12}:(?:db|cluster|db-proxy|db-proxy-endpoint):)[^\s*]+$/;

const EC2 = 'ec2.amazonaws.com';
const ELB = 'elasticloadbalancing.amazonaws.com';
/** Members that hold names of load balancers, target groups, databases or proxies, by the service whose records have them. */
const NAME_KEYS: ReadonlyMap<string, RegExp> = new Map([
  [ELB, /^(?:loadBalancerNames?|targetGroupNames?)$/i],
  ['autoscaling.amazonaws.com', /^loadBalancerNames$/i],
  ['ecs.amazonaws.com', /^loadBalancerName$/i],
  [
    'rds.amazonaws.com',
    /^(?:.*DB(?:Instance|Cluster)Identifiers?|readReplicaIdentifiers|(?:new)?DBProxy(?:Endpoint)?Name)$/i,
  ],
]);
/** Calls of ELB whose request says just `name`. */
const ELB_CREATES: ReadonlySet<string> = new Set(['CreateLoadBalancer', 'CreateTargetGroup']);
const NAME = /^[A-Za-z0-9][A-Za-z0-9-]{0,254}$/;

/**
 * The ids of what a call is about, in ascending order: EC2 ids, and names and ARNs of load balancers, target groups, databases and
 * proxies, as its request and response write them, wherever they stand. EC2 ids have 8 or 17 lower-case hexadecimal digits; what is
 * in an id's place and has another form (a placeholder, a masked id) is left out.
 *
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/resource-ids.html
 */
export function idsOf(source: string, name: string, request: unknown, response: unknown): readonly string[] {
  const ids = new Set<string>();
  for (const held of textsOf(request)) {
    for (const id of idsIn(source, held)) ids.add(id);
    if (source === EC2 && isOtherId(held)) ids.add(held.text);
  }
  for (const held of textsOf(response)) for (const id of idsIn(source, held)) ids.add(id);
  if (source === ELB && ELB_CREATES.has(name)) {
    const own = textOf(member(request, 'name'));
    if (isName(own)) ids.add(own);
  }
  return [...ids].sort();
}

function* idsIn(source: string, { key, text }: HeldText): Generator<string> {
  if (RESOURCE_ARN.test(text)) yield text;
  const inArn = EC2_ARN.exec(text)?.[1];
  const id = inArn ?? text;
  // A name is whatever its owner liked, even if it looks like an id.
  if (EC2_ID.test(id) && (inArn !== undefined || !/names?$/i.test(key))) yield id;
  if (NAME_KEYS.get(source)?.test(key) === true && isName(text)) yield text;
}

function isOtherId({ key, text }: HeldText): boolean {
  return /ids?$/i.test(key) && OTHER_ID.test(text) && !INGREDIENT.test(text);
}

function isName(text: string): boolean {
  return NAME.test(text) && !isMasked(text);
}
