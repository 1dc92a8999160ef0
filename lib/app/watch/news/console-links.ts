import type { Alert, Finding } from '#findings';
import { consoleHost } from '../../console-host.ts';

/** Where to look first: the group that lets it in, else the interface that it is about. */
export function consoleLinks(findings: readonly Finding[], region: string): Alert['links'] {
  const host = consoleHost(region);
  if (host === undefined) return [];
  const urlOf = (page: string, id: string): string =>
    `https://${host}/ec2/home?region=${region}#${page}=${id}`;
  const group = findings.flatMap(({ culprits }) => culprits.map(({ policy }) => policy)).find(isGroup);
  const card = findings.flatMap(({ endpoints }) => endpoints.map(({ id }) => id as string)).find(isCard);
  if (group !== undefined)
    return [{ text: 'the group in the console', url: urlOf('SecurityGroup:groupId', group) }];
  if (card !== undefined)
    return [
      {
        text: 'the interface in the console',
        url: urlOf('NetworkInterface:networkInterfaceId', card),
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
