// Deletes what has long been dead: every read already refuses it. Never touches consents, evidence, or the sessions whose end must still be known.

import { dayMs } from '../domain/kernel/clock.ts';
import { undo } from './engine.ts';
import type { Engine } from './engine.ts';

const rowsPerTable = 500;

/** Gone as soon as nobody is shown it any more, or it counts for nothing. */
const withoutGrace: ReadonlySet<string> = new Set(['ceremonies', 'traces', 'trace_counts', 'limit_counts']);

/** A tombstone outlives whatever could still be in flight, and every token that rests on its session. */
const graceMs = dayMs;

/** What was used by a name is refused by its time afterwards; no two nodes are further apart than that (RX-03). */
const replayGraceMs = 60_000;

function toGrace(table: string): number {
  if (table === 'replays') {
    return replayGraceMs;
  }
  return withoutGrace.has(table) ? 0 : graceMs;
}

/** The row of a session says whose passkey its offline tokens rest on. */
const kept: Readonly<Record<string, string>> = {
  sessions: ' AND NOT EXISTS (SELECT 1 FROM artefacts WHERE artefacts.session_uid = sessions.uid AND artefacts.is_offline)',
};

const tables = [
  { name: 'artefacts', key: 'key' },
  { name: 'replays', key: 'key' },
  { name: 'ceremonies', key: 'id' },
  { name: 'invitations', key: 'digest' },
  { name: 'spare_offers', key: 'digest' },
  { name: 'level_codes', key: 'digest' },
  { name: 'contact_changes', key: 'id' },
  { name: 'contact_codes', key: 'id' },
  { name: 'former_addresses', key: 'id' },
  { name: 'recovery_codes', key: 'digest' },
  { name: 'sessions', key: 'uid' },
  { name: 'officer_invitations', key: 'digest' },
  { name: 'staff_sessions', key: 'digest' },
  { name: 'service_sessions', key: 'id' },
  { name: 'outbox', key: 'id' },
  { name: 'traces', key: 'id' },
  { name: 'trace_counts', key: 'id' },
  { name: 'limit_counts', key: 'key' },
] as const;

/** Anybody can begin one, and nothing rests on it: what was left lying goes with its time, so that its number is bounded by what may be begun (RX-01, RX-02). */
const lyingRequests = `SELECT key FROM artefacts WHERE model IN ('Interaction', 'PushedAuthorizationRequest') AND expires_at < ? LIMIT ${rowsPerTable}`;

/** At most a few hundred rows of each table, so that nobody waits for it. */
export async function removeExpired(engine: Engine, now: number): Promise<number> {
  return engine.atomic(function* () {
    let count = 0;
    for (const { name, key } of tables) {
      const expired = `SELECT ${key} FROM ${name} WHERE expires_at < ?${kept[name] ?? ''} LIMIT ${rowsPerTable}`;
      const removed = yield { text: `DELETE FROM ${name} WHERE ${key} IN (${expired}) RETURNING ${key}`, values: [now - toGrace(name)] };
      count += removed.length;
    }
    const lying = yield { text: `DELETE FROM artefacts WHERE key IN (${lyingRequests}) RETURNING key`, values: [now] };
    count += lying.length;
    if (count === 0) {
      yield undo;
    }
    return count;
  });
}
