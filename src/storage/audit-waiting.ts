// Decisions that wait for one auditor, over all cases of which they are a member: unmaskings, breach lists, exports.

import { waitingKinds } from '../domain/audit/waiting.ts';
import type { WaitingDecision, WaitingKind } from '../domain/audit/waiting.ts';
import type { Millis } from '../domain/kernel/clock.ts';
import type { Engine } from './engine.ts';
import type { Row } from './row.ts';

type Columns = {
  readonly table: string;
  readonly state: string;
  readonly askedBy: string;
  readonly askedAt: string;
  readonly until: string;
};

const twoPeople = { state: 'asked', askedBy: 'requested_by', askedAt: 'requested_at', until: 'open_until' } as const;

const columnsOf: Readonly<Record<WaitingKind, Columns>> = {
  unmask: { table: 'unmaskings', ...twoPeople },
  breach: { table: 'breach_lists', ...twoPeople },
  suspension: { table: 'suspensions', ...twoPeople },
  export: { table: 'audit_exports', state: 'waiting', askedBy: 'asked_by', askedAt: 'asked_at', until: 'ends_at' },
};

function toSelect(kind: WaitingKind): string {
  const { table, state, askedBy, askedAt, until } = columnsOf[kind];
  return `SELECT '${kind}' AS kind, asked.id AS id, asked.case_id AS case_id, audit_cases.number AS number,
    asked.${askedBy} AS asked_by, asked.${askedAt} AS asked_at, asked.${until} AS open_until
  FROM audit_case_members JOIN audit_cases ON audit_cases.id = audit_case_members.case_id JOIN ${table} AS asked ON asked.case_id = audit_cases.id
  WHERE audit_case_members.officer_id = ? AND audit_cases.closed_at IS NULL AND audit_cases.ends_at > ?
    AND asked.state = '${state}' AND asked.${until} > ? AND asked.${askedBy} <> ?`;
}

const text = `${waitingKinds.map(toSelect).join(' UNION ALL ')} ORDER BY asked_at, id LIMIT 50`;

function toWaiting(row: Row): WaitingDecision {
  const read = (name: string): string => String(row[name]);
  return {
    kind: waitingKinds.find((kind) => kind === row['kind']) ?? 'unmask',
    id: read('id'),
    caseId: read('case_id'),
    caseNumber: read('number'),
    askedBy: read('asked_by'),
    askedAt: Number(row['asked_at']),
    openUntil: Number(row['open_until']),
  };
}

export async function listWaiting(engine: Engine, officerId: string, now: Millis): Promise<readonly WaitingDecision[]> {
  const values = waitingKinds.flatMap(() => [officerId, now, now, officerId]);
  return (await engine.read({ text, values })).map(toWaiting);
}
