// Officers stand by name to what they did.

import type { Answer } from '../../../domain/audit/questions/question.ts';
import type { Officer } from '../../../domain/staff/officer.ts';
import type { PageNeeds } from '../../needs.ts';

/** Names of the officers who stand in an answer, by id. */
export async function readOfficers(
  { staff }: Pick<PageNeeds, 'staff'>,
  { tables }: Pick<Answer, 'tables'>,
): Promise<ReadonlyMap<string, Officer['name']>> {
  const cells = tables.flatMap(({ columns, rows }) => {
    const places = columns.flatMap(({ kind }, at) => (kind === 'actor' ? [at] : []));
    return rows.flatMap((row) => places.map((at) => row.cells[at]));
  });
  const refs = new Set(cells.flatMap((cell) => (typeof cell === 'string' ? [cell.split(' ').at(-1) ?? ''] : [])));
  const ids = [...refs].filter((ref) => /^[\da-f-]{36}$/.test(ref));
  const found = await Promise.all(ids.map(async (id) => staff.findOfficer(id)));
  return new Map(found.filter((officer) => officer !== undefined).map(({ id, name }) => [id, name]));
}
