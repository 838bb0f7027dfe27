// Codes of registrars, and who was found within a case.

import type { CaseLink, CaseLinkStore } from '../domain/audit/case-link.ts';
import { appendEvents } from './append-events.ts';
import type { RowOf, Tables } from './dialect.ts';
import { undo } from './engine.ts';
import type { Act, Engine } from './engine.ts';
import type { Value } from './row.ts';
import { findOne, insertInto, selectFrom } from './statements.ts';

const unused = 'WHERE digest = ? AND case_number = ? AND used_at IS NULL AND expires_at > ?';

export function createCaseLinkStore(engine: Engine): CaseLinkStore {
  const { caseLinks } = engine.tables;
  return {
    saveLink: async (link, event) =>
      engine.atomic(function* () {
        const { personRef: personId, ...columns } = link;
        const drop = 'DELETE FROM case_links WHERE person_id = ? AND case_number = ? AND used_at IS NULL';
        yield { text: drop, values: [personId, link.caseNumber] };
        yield insertInto(caseLinks, { ...columns, personId, usedAt: null });
        yield* appendEvents(engine.tables, [event]);
      }),
    findLink: async (digest, { caseNumber, now }) => {
      const row = await findOne(engine, selectFrom(caseLinks, unused, [digest, caseNumber, now]));
      return row && toLink(row);
    },
    saveFound: async (saved) => engine.atomic(() => saveFound(engine, saved)),
  };
}

function toLink({ personId, usedAt: _used, ...row }: RowOf<Tables['caseLinks']>): CaseLink {
  return { ...row, personRef: personId };
}

type Found = Parameters<CaseLinkStore['saveFound']>[0];

const insertFound = `INSERT INTO audit_case_people (case_id, pseudonym, person_id, found_at, found_by, found_way)
  SELECT CAST(? AS text), CAST(? AS text), CAST(? AS text), CAST(? AS bigint), CAST(? AS text), CAST(? AS text)
  WHERE EXISTS (SELECT 1 FROM people WHERE id = ? AND status <> 'closed')
  ON CONFLICT (person_id, case_id) DO UPDATE SET
    found_at = coalesce(audit_case_people.found_at, excluded.found_at), found_by = coalesce(audit_case_people.found_by, excluded.found_by),
    found_way = coalesce(audit_case_people.found_way, excluded.found_way) RETURNING pseudonym`;

const lockGoing = 'UPDATE audit_cases SET number = number WHERE id = ? AND closed_at IS NULL AND ends_at > ? RETURNING number';
const take = `UPDATE case_links SET used_at = ? ${unused} AND person_id = ? RETURNING digest`;

function* saveFound(engine: Engine, { person, codeDigest, event }: Found): Act<'saved' | 'audit/case-ended' | 'audit/code-unknown'> {
  const { personRef } = person;
  const [open] = yield { text: lockGoing, values: [person.caseId, event.at] };
  if (open === undefined) {
    yield undo;
    return 'audit/case-ended';
  }
  const number = String(open['number']);
  const taken = codeDigest === null ? [open] : yield { text: take, values: [event.at, codeDigest, number, event.at, personRef] };
  const kept = taken.length === 0 ? [] : yield { text: insertFound, values: toFoundValues(person) };
  if (kept.length === 0) {
    yield undo;
    return 'audit/code-unknown';
  }
  yield* appendEvents(engine.tables, [event]);
  return 'saved';
}

function toFoundValues({ caseId, pseudonym, personRef, found }: Found['person']): readonly Value[] {
  const how = found === null ? [null, null, null] : [found.at, found.by, found.way];
  return [caseId, pseudonym, personRef, ...how, personRef];
}
