/**
 * Members that hold a secret, wherever they stand: VPN keys and the configuration file that contains them, an OIDC client
 * secret in a listener's action, passwords to be, and what an instance is started with.
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_VpnConnection.html
 */
const SECRET_MEMBERS: ReadonlySet<string> = new Set([
  'CustomerGatewayConfiguration',
  'PreSharedKey',
  'ClientSecret',
  'MasterUserPassword',
  'MasterUserSecret',
  'PendingModifiedValues',
  'AuthToken',
  'UserData',
]);

/** Parts of an SDK answer that tell of the transport and not of the network. */
const TRANSPORT_MEMBERS: ReadonlySet<string> = new Set([
  '$metadata',
  'ResponseMetadata',
  'NextToken',
  'NextMarker',
  'Marker',
]);

/**
 * An answer as a snapshot may keep it: without secrets and page tokens, times as ISO 8601 text, nothing undefined.
 * Both a live answer and one from a file come in by here. The value must not be nested deeply (parseJson sees to it).
 */
export function arrive(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(arrive);
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
  if (typeof value !== 'object' || value === null) return value;
  const kept: Record<string, unknown> = {};
  for (const [member, inner] of Object.entries(value)) {
    if (inner === undefined || member === '__proto__') continue;
    if (SECRET_MEMBERS.has(member) || TRANSPORT_MEMBERS.has(member)) continue;
    kept[member] = arrive(inner);
  }
  return kept;
}
