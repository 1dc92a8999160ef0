import type { z } from 'zod';
import type { Row } from './table.ts';

/** A row in its shape. @throws if it is not as Postern writes it: somebody else did, or a later version of Postern */
export function readRow<T>(row: Row, shape: z.ZodType<T>): T {
  const read = shape.safeParse(row);
  if (read.success) return read.data;
  throw new Error(
    `The item ${JSON.stringify({ pk: row.pk, sk: row.sk })} of the table is not as this version of Postern writes it. ` +
      'Was it changed by hand, or by a later version? Put it right, or delete it if nothing in it is owed.',
    { cause: read.error },
  );
}
