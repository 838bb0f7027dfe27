// Cases behind "it was not me" in the database: notices that carry a case number.

import type { CaseList, CasesAsked, ProtectionStore } from '../domain/protection/store.ts';
import type { SecurityNotice } from '../domain/protection/notice.ts';
import { appendEvents } from './append-events.ts';
import type { Engine } from './engine.ts';
import { findAll, findOne, selectFrom } from './statements.ts';

type Cases = Pick<ProtectionStore, 'readCases' | 'findCase' | 'listOpenCases' | 'saveCaseStep'>;

const takeStep =
  'UPDATE security_notices SET case_closed_at = CAST(? AS bigint) WHERE case_number = ? AND case_closed_at IS NULL RETURNING id';

export function createCases(engine: Engine): Cases {
  return {
    readCases: async (asked) => readCases(engine, asked),
    listOpenCases: async (personId) =>
      findAll(
        engine,
        selectFrom(engine.tables.securityNotices, `WHERE person_id = ? AND disowned_at IS NOT NULL AND case_closed_at IS NULL`, [personId]),
      ),
    findCase: async (caseNumber) => findOne(engine, selectFrom(engine.tables.securityNotices, 'WHERE case_number = ?', [caseNumber])),
    saveCaseStep: async ({ caseNumber, closedAt, event }) =>
      engine.atomic(function* () {
        const taken = yield { text: takeStep, values: [closedAt, caseNumber] };
        if (taken.length === 0) {
          return false;
        }
        yield* appendEvents(engine.tables, [event]);
        return true;
      }),
  };
}

async function readCases(engine: Engine, { isOpen, after, limit }: CasesAsked): Promise<CaseList> {
  const [sign, order] = isOpen ? (['>', 'ASC'] as const) : (['<', 'DESC'] as const);
  const further = after === null ? '' : ` AND (disowned_at, id) ${sign} (CAST(? AS bigint), ?)`;
  const tail = `WHERE case_number IS NOT NULL AND case_closed_at IS ${isOpen ? '' : 'NOT '}NULL${further}
    ORDER BY disowned_at ${order}, id ${order} LIMIT ?`;
  const values = [...(after === null ? [] : [after.disownedAt, after.id]), limit + 1];
  const found: readonly SecurityNotice[] = await findAll(engine, selectFrom(engine.tables.securityNotices, tail, values));
  const last = found.length > limit ? found[limit - 1] : undefined;
  return { cases: found.slice(0, limit), next: last === undefined ? null : { disownedAt: last.disownedAt ?? 0, id: last.id } };
}
