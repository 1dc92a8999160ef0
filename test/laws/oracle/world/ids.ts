/** Ids in the form that AWS gives out: a kind, a dash and seventeen hexadecimal digits. */
export function idOf(kind: string, number: number): string {
  return `${kind}-0${number.toString(16).padStart(16, '0')}`;
}
