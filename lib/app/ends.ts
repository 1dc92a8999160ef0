import { firstIpOf, IpSet, parseCidr, parseIp, sameIp, type Cidr, type Ip } from '#netset';
import type { Endpoint, Network } from '#model';
import type { Analysis, End } from '#engine';
import { plain } from '#report';
import { edits } from './edits.ts';
import { QuestionError } from './question-error.ts';

const KIND = /\[[A-Za-z]+\]/;
/** As many characters as a tag's value may have; nobody slips in more. */
const LONGEST_NAME = 256;

/** What somebody means by a name: the internet, some addresses outside, or the endpoints of one thing. */
export type Named =
  | { readonly kind: 'internet' }
  | { readonly kind: 'outside'; readonly ips: IpSet; readonly first: Ip }
  | {
      readonly kind: 'endpoints';
      readonly endpoints: readonly Endpoint[];
      /** Set where a public address was named, which is another one than the endpoint's own. */
      readonly dialled?: Ip;
    };

/**
 * Finds what a text names: `internet`, an endpoint's id, its host's id, an address, a block of outside addresses, or a
 * name, of a pod's workload also without its kind and namespace.
 *
 * @throws QuestionError if it names nothing, or several different things; then the candidates are listed
 */
export function findNamed(network: Network, text: string): Named {
  if (text === 'internet') return { kind: 'internet' };
  const endpoints = [...network.endpoints.values()];
  const byId = endpoints.filter(({ id, host }) => (id as string) === text || (host as string) === text);
  if (byId.length > 0) return { kind: 'endpoints', endpoints: byId };
  const cidr = parseCidr(text);
  if (cidr !== undefined) return byAddress(endpoints, text, cidr);
  const exact = endpoints.filter(
    ({ kind, name, workload }) =>
      name === text || workload.name === text || (kind === 'workload' && isShortFor(text, name)),
  );
  const hosts = new Set(exact.map(({ host }) => host));
  if (hosts.size === 1 || new Set(exact.map(({ workload }) => workload.id)).size === 1)
    return { kind: 'endpoints', endpoints: exact };
  if (hosts.size > 1)
    throw new QuestionError(
      `"${plain(text)}" names ${String(hosts.size)} things; take an id:\n${candidates(exact)}`,
    );
  const near = namedNearly(endpoints, text);
  throw new QuestionError(
    `nothing here is called "${plain(text)}"${near.length > 0 ? `; did you mean\n${candidates(near)}` : `. Names are ${namesOf(endpoints)}, or internet; see: postern list`}`,
  );
}

/** What things go by here. */
function namesOf(endpoints: readonly Endpoint[]): string {
  const cluster = 'workloads as namespace/name, or by name alone';
  if (endpoints.every(({ kind }) => kind === 'interface')) return 'ids, addresses, Name tags';
  return endpoints.every(({ kind }) => kind === 'workload')
    ? cluster
    : `ids, addresses, Name tags, ${cluster}`;
}

/** What is said of two ends that are both nobody's here: what passes between them, this network does not decide. */
export function notDecidedHere(from: string, to: string): QuestionError {
  return new QuestionError(
    `neither ${plain(from)} nor ${plain(to)} is a thing in this network, so what passes between them it does not decide: name one that is; see: postern list`,
  );
}

/** Whose name holds the text; else whose name, or whose short one, is a slip of the finger away: one edit for each four characters. */
function namedNearly(endpoints: readonly Endpoint[], text: string): readonly Endpoint[] {
  const wanted = text.toLowerCase();
  const holding = endpoints.filter(({ name }) => name.toLowerCase().includes(wanted));
  const most = Math.ceil(wanted.length / 4);
  if (holding.length > 0 || wanted.length > LONGEST_NAME) return holding;
  return endpoints
    .map((endpoint) => {
      const name = endpoint.name.toLowerCase();
      return { endpoint, far: Math.min(edits(name, wanted), edits(shortOf(name), wanted)) };
    })
    .filter(({ far }) => far <= most)
    .sort((a, b) => a.far - b.far)
    .map(({ endpoint }) => endpoint);
}

/** `finance/db` and `db` for the workload `finance/db[StatefulSet]`. */
function isShortFor(text: string, name: string): boolean {
  return text === name.replace(KIND, '') || text === shortOf(name);
}

/** The name of a pod's workload without its kind and namespace. */
function shortOf(name: string): string {
  const whole = name.replace(KIND, '');
  return whole.slice(whole.indexOf('/') + 1);
}

function byAddress(endpoints: readonly Endpoint[], text: string, cidr: Cidr): Named {
  const ip = parseIp(text);
  if (ip !== undefined) {
    const owners = endpoints.filter(
      (endpoint) =>
        endpoint.addresses.some(({ publicIp }) => publicIp !== undefined && sameIp(publicIp, ip)) ||
        holds(endpoint, ip),
    );
    const [owner] = owners;
    if (owner !== undefined && owners.length === 1)
      return { kind: 'endpoints', endpoints: owners, ...(!holds(owner, ip) && { dialled: ip }) };
    if (owners.length > 1)
      throw new QuestionError(
        `${text} is an address of several interfaces; take an id:\n${candidates(owners)}`,
      );
  }
  return { kind: 'outside', ips: IpSet.of(cidr), first: firstIpOf(cidr) };
}

function holds({ addresses }: Endpoint, ip: Ip): boolean {
  return addresses.some(
    ({ first, last }) => first.family === ip.family && first.value <= ip.value && ip.value <= last.value,
  );
}

/**
 * An end for the engine's explanations; the internet is represented by one public address of each family, a block by one address of each part
 * in which all answers are the same.
 */
export function endsOf(named: Named, { planes }: Analysis): readonly End[] {
  switch (named.kind) {
    case 'internet':
      return [
        { kind: 'outside', ip: { family: 4, value: 0x08080808 } },
        { kind: 'outside', ip: { family: 6, value: 0x2606_4700n << 96n } },
      ];
    case 'outside':
      return planes.flatMap(({ axis }) =>
        axis.representativesOf(named.ips).map((ip) => ({ kind: 'outside' as const, ip })),
      );
    case 'endpoints':
      return named.endpoints.map(({ id }) => ({ kind: 'endpoint', id }));
  }
}

function candidates(endpoints: readonly Endpoint[]): string {
  return endpoints
    .slice(0, 10)
    .map(({ id, name, role, network }) => `  ${plain(id)}  ${plain(name)}  ${role}  in ${plain(network)}`)
    .join('\n');
}
