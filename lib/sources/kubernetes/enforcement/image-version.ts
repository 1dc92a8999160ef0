/** A release: major, minor, patch. */
export type Version = readonly [number, number, number];

/** The release that an image's tag says: `quay.io/cilium/cilium:v1.15.3@sha256:…` is 1.15.3. `undefined` for `latest` and the like. */
export function versionOf(image: string): Version | undefined {
  const tag = /:v?(\d+)\.(\d+)(?:\.(\d+))?(?:[-+@]|$)/.exec(image.slice(image.lastIndexOf('/') + 1));
  if (tag === null) return undefined;
  return [Number(tag[1]), Number(tag[2]), Number(tag[3] ?? '0')];
}

export function isBefore(version: Version, major: number, minor: number): boolean {
  return version[0] < major || (version[0] === major && version[1] < minor);
}

/** `Cilium 1.15.3`, or the name alone. */
export function withVersion(name: string, version: Version | undefined): string {
  return version === undefined ? name : `${name} ${version.join('.')}`;
}
