// Whole verifications in the database: one row a night, which the node that verifies begins and ends.

import { brokenOffMs } from '../domain/ledger/whole-verification.ts';
import type { VerificationStore, WholeVerification } from '../domain/ledger/whole-verification.ts';
import type { Act, Engine } from './engine.ts';
import { findAll, selectFrom } from './statements.ts';

export function createVerificationStore(engine: Engine): VerificationStore {
  return {
    beginNight: async (night, now) => engine.atomic(() => begin(night, now)),
    endNight: async (verification) => engine.atomic(() => end(verification)),
    listVerifications: async (limit) => {
      const tail = 'WHERE ended_at IS NOT NULL ORDER BY night DESC LIMIT ?';
      const rows = await findAll(engine, selectFrom(engine.tables.wholeVerifications, tail, [limit]));
      return rows.map(({ endedAt, size, faults, ...row }) => ({
        ...row,
        endedAt: endedAt ?? row.begunAt,
        size: size ?? 0,
        faults: faults ?? 0,
      }));
    },
  };
}

function* begin(night: string, now: number): Act<boolean> {
  const begun = yield {
    text: `INSERT INTO whole_verifications (night, begun_at) VALUES (?, ?)
      ON CONFLICT (night) DO UPDATE SET begun_at = excluded.begun_at
      WHERE whole_verifications.ended_at IS NULL AND whole_verifications.begun_at < ? RETURNING night`,
    values: [night, now, now - brokenOffMs],
  };
  return begun.length > 0;
}

function* end({ night, begunAt, endedAt, size, root, faults, firstFault }: WholeVerification): Act<void> {
  yield {
    text: `UPDATE whole_verifications SET ended_at = ?, size = ?, root = ?, faults = ?, first_fault = ?
      WHERE night = ? AND begun_at = ? AND ended_at IS NULL`,
    values: [endedAt, size, root, faults, firstFault, night, begunAt],
  };
}
