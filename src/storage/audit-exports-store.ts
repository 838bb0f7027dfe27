// Auditors' exports in the database. From which state a step goes out is asked in the statement that writes, so that of several at once one gets through.

import { aloneSpanMs } from '../domain/audit/exports/export.ts';
import type { AuditExport } from '../domain/audit/exports/export.ts';
import type { ExportStep, ExportsStore } from '../domain/audit/exports/store.ts';
import { appendEvents } from './append-events.ts';
import type { RowOf, Tables } from './dialect.ts';
import { undo } from './engine.ts';
import type { Act, Engine } from './engine.ts';
import { findAll, findOne, insertInto, selectFrom } from './statements.ts';

type Row = RowOf<Tables['auditExports']>;

const toExport = ({ matching: rows, ...row }: Row): AuditExport => ({ ...row, rows });
const toRow = ({ rows: matching, ...asked }: AuditExport): Row => ({ ...asked, matching });

const replaceProgress =
  'ON CONFLICT (export_id) DO UPDATE SET step = excluded.step, read_rows = excluded.read_rows, told_at = excluded.told_at';

export function createAuditExportsStore(engine: Engine): ExportsStore {
  const { auditExportProgress, auditExports } = engine.tables;
  return {
    findExport: async (id) => {
      const row = await findOne(engine, selectFrom(auditExports, 'WHERE id = ?', [id]));
      return row && toExport(row);
    },
    listExports: async (caseId) => {
      const tail = 'WHERE case_id = ? ORDER BY asked_at DESC, id DESC LIMIT 100';
      return (await findAll(engine, selectFrom(auditExports, tail, [caseId]))).map(toExport);
    },
    saveExport: async (saving) => engine.atomic(() => saveExport(engine, saving)),
    saveProgress: async (exportId, progress) => {
      const row = { exportId, ...progress };
      await engine.atomic(function* save(): Act<void> {
        yield insertInto(auditExportProgress, row, replaceProgress);
      });
    },
    findProgress: async (id) => {
      const row = await findOne(engine, selectFrom(auditExportProgress, 'WHERE export_id = ?', [id]));
      return row && { step: row.step, rows: row.rows, at: row.at };
    },
    saveStep: async (step) => engine.atomic(() => saveStep(engine, step)),
  };
}

type Saving = Parameters<ExportsStore['saveExport']>[0];

const lockGoing = 'UPDATE audit_cases SET number = number WHERE id = ? AND closed_at IS NULL AND ends_at > ? RETURNING id';

/** Whatever was called off counts too, as far as it could have been fetched before. The row of the case is locked meanwhile. */
const takenAlone = `SELECT coalesce(sum(matching), 0) AS taken FROM audit_exports
  WHERE case_id = ? AND asked_by = ? AND asked_at > ? AND state IN ('open', 'cancelled') AND matching <= ?`;

function* isBeyondAlone({ aloneLimit, asked }: Saving): Act<boolean> {
  if (asked.state !== 'open') {
    return false;
  }
  const [row] = yield { text: takenAlone, values: [asked.caseId, asked.askedBy, asked.askedAt - aloneSpanMs, aloneLimit] };
  return Number(row?.['taken'] ?? 0) + asked.rows > aloneLimit;
}

function* saveExport(engine: Engine, saving: Saving): Act<'saved' | 'audit/case-ended' | 'beyond-alone'> {
  const { asked, event } = saving;
  const going = yield { text: lockGoing, values: [asked.caseId, asked.askedAt] };
  if (going.length === 0) {
    yield undo;
    return 'audit/case-ended';
  }
  if (yield* isBeyondAlone(saving)) {
    yield undo;
    return 'beyond-alone';
  }
  yield insertInto(engine.tables.auditExports, toRow(asked));
  yield* appendEvents(engine.tables, [event]);
  return 'saved';
}

/** Another person decides on what waits; whoever asked calls off what has not ended. */
const conditions = {
  approved: "state = 'waiting' AND asked_by <> ?",
  denied: "state = 'waiting' AND asked_by <> ?",
  cancelled: "state IN ('open', 'waiting', 'approved') AND asked_by = ?",
} as const;

function* saveStep(engine: Engine, { by, endsAt, event, id, state }: ExportStep): Act<'saved' | 'audit/export-settled'> {
  const settled = yield {
    text: `UPDATE audit_exports SET state = ?, decided_by = ?, decided_at = ?, ends_at = ?
      WHERE id = ? AND ends_at > ? AND ${conditions[state]} RETURNING id`,
    values: [state, by, event.at, endsAt, id, event.at, by],
  };
  if (settled.length === 0) {
    yield undo;
    return 'audit/export-settled';
  }
  yield* appendEvents(engine.tables, [event]);
  return 'saved';
}
