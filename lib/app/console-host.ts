/** The console's host in each partition, by the beginning of a Region's name. */
const HOSTS: readonly (readonly [prefix: string, host: string])[] = [
  ['cn-', 'console.amazonaws.cn'],
  ['us-gov-', 'console.amazonaws-us-gov.com'],
  ['', 'console.aws.amazon.com'],
];

/** The host of a Region's console; `undefined` of what is not the name of a Region, since it goes into an address. */
export function consoleHost(region: string): string | undefined {
  if (!/^[a-z]{2}(?:-[a-z]+)+-\d{1,2}$/.test(region)) return undefined;
  const host = HOSTS.find(([prefix]) => region.startsWith(prefix))?.[1] ?? '';
  return host === 'console.aws.amazon.com' ? `${region}.${host}` : host;
}
