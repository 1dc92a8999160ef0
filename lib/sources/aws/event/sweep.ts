/** EC2 ids: a prefix of words, then 8 or 17 hexadecimal digits. */
const EC2_ID = /^[a-z]{1,12}(?:-[a-z]{1,12}){0,3}-(?:[0-9a-f]{8}|[0-9a-f]{17})$/;
/** Names and ARNs of load balancers, target groups, databases and proxies. */
const RESOURCE_ARN =
  /^arn:aws[a-z-]*:(?:elasticloadbalancing|rds|ec2|lambda|elasticache):[a-z0-9-]*:\d{0,12}:.+$/;
/** Members whose text says nothing about what was changed. */
const IGNORED = new Set([
  'tagset',
  'tagspecificationset',
  'tags',
  'description',
  'useragent',
  'clienttoken',
  'requestid',
]);
const DEEPEST = 40;

/** The ids that a change event names in its request and response, wherever they stand, in ascending order. */
export function sweepIds(...parts: readonly unknown[]): readonly string[] {
  const ids = new Set<string>();
  for (const part of parts) sweep(part, ids, 0);
  return [...ids].sort();
}

function sweep(value: unknown, ids: Set<string>, depth: number): void {
  if (depth > DEEPEST) return;
  if (typeof value === 'string') {
    for (const word of value.split(',')) {
      const id = word.trim();
      if (EC2_ID.test(id) || RESOURCE_ARN.test(id)) ids.add(id);
    }
  } else if (Array.isArray(value)) {
    for (const item of value) sweep(item, ids, depth + 1);
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, item] of Object.entries(value))
      if (!IGNORED.has(key.toLowerCase())) sweep(item, ids, depth + 1);
  }
}
