import type { OpenedDatabase } from '../support/opened-database.ts';

/** Events stored so far, numbered or not. */
export async function countEntries({ engine }: OpenedDatabase): Promise<number> {
  const [row] = await engine.read({ text: 'SELECT count(*) AS total FROM entries', values: [] });
  return Number(row?.['total']);
}
