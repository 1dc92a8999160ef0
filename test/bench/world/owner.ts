/** The account and Region that every world is in; the account number is one AWS keeps for examples. */
export const ACCOUNT = '111122223333';
export const REGION = 'eu-west-1';
export const CREATED_AT = '2026-02-03T09:00:00.000Z';
export const CAPTURED_AT = '2026-03-01T08:00:00Z';

export function zoneName(zone: number): string {
  return `${REGION}${'abcd'.charAt(zone)}`;
}

/** `subnet`, `subnet-0…` → the resource's full name. */
export function arnOf(resource: string, id: string, service = 'ec2'): string {
  return `arn:aws:${service}:${REGION}:${ACCOUNT}:${resource}/${id}`;
}

export function nameTag(name: string): { Key: string; Value: string }[] {
  return [{ Key: 'Name', Value: name }];
}
