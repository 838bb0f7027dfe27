// What it costs to turn entries into facts: CPU, the time for which an act of at most 250 entries keeps others waiting, and bytes.

import Database from 'better-sqlite3';
import { projectionLimit } from '../../src/domain/audit/facts.ts';
import { systemRandom } from '../../src/domain/kernel/ids.ts';
import { sealEvent } from '../../src/domain/ledger/event.ts';
import type { EventDraft, SealedEvent } from '../../src/domain/ledger/event.ts';
import { sequenceAll } from '../../src/domain/ledger/sequence.ts';
import { openSqlite } from '../../src/storage/sqlite.ts';
import { createSigner } from '../../tests/support/ledger-samples.ts';
import { openDatabase } from '../../tests/support/opened-database.ts';

const signIns = 3000;
const levels = { acr: 'urn:huwiya:loa:substantial', amr: ['user', 'swk'] };

/** A first sign-in and its release. */
function toSignIn(turn: number): readonly SealedEvent[] {
  const clock = { now: () => Date.UTC(2026, 0, 1) + turn * 1000 };
  const [person, service] = [`person-${turn % 700}`, `service-${turn % 40}`];
  const about = { personRef: person, actor: { kind: 'person', ref: null }, service } as const;
  const decided = {
    ...about,
    purpose: 'renewal',
    purposeVersion: 1,
    record: `record-${turn}`,
    attributes: ['given_name', 'birthdate', 'email'],
  } as const;
  const basis = { basis: 'consent', expires_at: clock.now() + 1e10, language: 'ar', level: 'substantial', person_kind: 'citizen' };
  const drafts: readonly EventDraft[] = [
    { ...about, type: 'session.started', payload: { ...levels, device: 'Chrome, Android' } },
    { ...decided, type: 'consent.requested', payload: { language: 'ar', notice_sha256: `notice-${turn % 40}` } },
    { ...decided, type: 'consent.given', payload: { ...basis, notice_sha256: `notice-${turn % 40}` } },
    { ...about, type: 'service.entered', record: `record-${turn}`, payload: levels },
    { ...decided, type: 'data.released', payload: { endpoint: 'userinfo', forms: { birthdate: 'full' }, record_version: 1 } },
  ];
  return drafts.map((draft) => sealEvent({ clock, random: systemRandom }, draft));
}

function readBytes(file: string, tables: string): number {
  const database = new Database(file, { readonly: true });
  const text = `SELECT sum(payload) + sum(ncell) * 4 FROM dbstat WHERE name IN (SELECT name FROM sqlite_schema WHERE tbl_name LIKE ?)`;
  const bytes = Number(database.prepare<[string], unknown>(text).pluck().get(tables));
  database.close();
  return bytes;
}

/** The file MUST be migrated and empty. */
export async function measureProjection(file: string): Promise<void> {
  const { storage, append, close } = await openDatabase(openSqlite(file), async () => undefined);
  for (let turn = 0; turn < signIns; turn += 1) {
    await append(toSignIn(turn));
  }
  const { size } = await sequenceAll({ store: storage.ledger, clock: { now: () => Date.now() }, signer: createSigner('bench.example') });
  const acts: number[] = [];
  const before = process.cpuUsage();
  for (let made = 0; made < size;) {
    const begun = performance.now();
    made = (await storage.facts.projectFacts(projectionLimit)).size;
    acts.push(performance.now() - begun);
  }
  const { user, system } = process.cpuUsage(before);
  const [median, longest] = [acts.toSorted((a, b) => a - b)[Math.floor(acts.length / 2)] ?? 0, Math.max(...acts)];
  console.log(
    `projection of ${size} entries: ${((user + system) / size).toFixed(0)} µs CPU each; acts of ${projectionLimit}: median ${median.toFixed(0)} ms, longest ${longest.toFixed(0)} ms`,
  );
  await close();
  const marked = readBytes(file, 'audit_%') / size;
  console.log(`facts take ${marked.toFixed(0)} bytes an entry, indexes included\n`);
}
