import { oneLine } from './one-line.ts';

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  EACCES: 'permission is denied',
  EPERM: 'permission is denied',
  EROFS: 'the disk is read-only',
  EISDIR: 'it is a folder',
  ENOTDIR: 'a part of the path is not a folder',
  ENAMETOOLONG: 'the name is longer than the disk takes',
  ELOOP: 'its links lead round in a circle',
  ENOSPC: 'the disk is full',
};

/** Why the operating system refused a file, in words that go after "cannot read account.json: ". */
export function fileReason(error: unknown): string {
  if (!(error instanceof Error)) return 'for an unknown reason';
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return REASONS[code] ?? oneLine(error.message);
}
