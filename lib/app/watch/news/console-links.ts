import type { Alert, Finding } from '#findings';

/** The console's host in each partition, by the beginning of a Region's name. */
const HOSTS: readonly (readonly [prefix: string, host: string])[] = [
  ['cn-', 'console.amazonaws.cn'],
  ['us-gov-', 'console.amazonaws-us-gov.com'],
  ['', 'console.aws.amazon.com'],
];

/** Where to look first: the group that lets it in, else the interface that it is about. */
export function consoleLinks(findings: readonly Finding[], region: string): Alert['links'] {
  if (!/^[a-z]{2}(?:-[a-z]+)+-\d{1,2}$/.test(region)) return [];
  const group = findings.flatMap(({ culprits }) => culprits.map(({ policy }) => policy)).find(isGroup);
  const card = findings.flatMap(({ endpoints }) => endpoints.map(({ id }) => id as string)).find(isCard);
  if (group !== undefined)
    return [{ text: 'the group in the console', url: urlOf(region, 'SecurityGroup:groupId', group) }];
  if (card !== undefined)
    return [
      {
        text: 'the interface in the console',
        url: urlOf(region, 'NetworkInterface:networkInterfaceId', card),
      },
    ];
  return [];
}

function isGroup(id: string): boolean {
  return /^sg-[0-9a-f]+$/.test(id);
}

function isCard(id: string): boolean {
  return /^eni-[0-9a-f]+$/.test(id);
}

function urlOf(region: string, page: string, id: string): string {
  const host = HOSTS.find(([prefix]) => region.startsWith(prefix))?.[1] ?? '';
  const own = host === 'console.aws.amazon.com' ? `${region}.${host}` : host;
  return `https://${own}/ec2/home?region=${region}#${page}=${id}`;
}
