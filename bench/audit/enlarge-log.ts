// A log many times as long as that of a made-up country, made from it: each entry stands so many times in a row, each time of another person and
// record. Entries, commitments, tiles and the last checkpoint are true and verify; people and consents are those of the country alone.

import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { readKeys } from '../../src/config/read-keys.ts';
import { createLogSigner, createSharedCheckpoint } from '../../src/domain/ledger/checkpoint.ts';
import { toCommitment, toLeafHash } from '../../src/domain/ledger/event.ts';
import type { TreeState } from '../../src/domain/ledger/store.ts';
import { extendTiles, toRoot } from '../../src/domain/ledger/tiles.ts';
import { toTileRow } from '../../src/storage/ledger-rows.ts';

type Extent = { readonly from: string; readonly to: string; readonly times: number };

const issuer = 'http://localhost:3000';
const files = ['checkpoint-ed25519.json', 'cookies.json', 'data.json', 'dpop-nonce.json', 'receipt-ed25519.json'];

function copyFiles({ from, to }: Extent): void {
  mkdirSync(join(to, 'keys'), { recursive: true, mode: 0o700 });
  ['huwiya.db', 'huwiya.env', 'anomalies.json'].forEach((name) => copyFileSync(join(from, name), join(to, name)));
  files.forEach((name) => copyFileSync(join(from, 'keys', name), join(to, 'keys', name)));
}

const digits = '0123456789abcdef';

/** Another id for each time; the first is the very one. */
const shift = (id: string, time: number): string => id.slice(0, -1) + (digits[(digits.indexOf(id.slice(-1)) + time) % 16] ?? '');
const shiftText = (column: string): string =>
  `substr(${column}, 1, 35) || substr('${digits}', ((instr('${digits}', substr(${column}, 36, 1)) - 1 + k.k) % 16) + 1, 1)`;

type Stored = {
  readonly id: string;
  readonly body: string;
  readonly commitment: string;
  readonly salt: string | null;
  readonly person: string | null;
  readonly [column: string]: string | number | null;
};

const selectStored = `SELECT e.id, e.type, e.at, e.service, e.purpose, e.attributes, e.body, e.commitment, e.log_index AS place,
  s.salt, s.person_ref AS person FROM source.entries e LEFT JOIN source.entry_secrets s ON s.entry_id = e.id
  WHERE e.log_index >= ? AND e.log_index < ? ORDER BY e.log_index`;

const recordIn = /"record":"([0-9a-f-]{36})"/u;

/** An entry whose secret was destroyed keeps its commitment, under another id. */
function toCopy(stored: Stored, time: number): Stored {
  const id = shift(stored.id, time);
  const record = recordIn.exec(stored.body)?.[1];
  const named = stored.body.replace(stored.id, id);
  const body = record === undefined ? named : named.replaceAll(record, shift(record, time));
  const person = stored.person === null ? null : shift(stored.person, time);
  const { salt } = stored;
  const commitment = salt === null ? stored.commitment : toCommitment({ body, salt, personRef: person });
  return { ...stored, id, body, person, commitment };
}

type Insert = Database.Statement<(string | number | null)[]>;
type Inserts = Readonly<Record<'entry' | 'secret' | 'tile' | 'checkpoint', Insert>>;
type Tree = Pick<TreeState, 'size' | 'edge'>;

const toText = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url');

const columns = ['id', 'type', 'at', 'service', 'purpose', 'attributes', 'body', 'commitment'] as const;

function insertCopies(inserts: Inserts, copies: Iterable<Stored>, tree: Tree): Tree {
  const hashes: Uint8Array[] = [];
  for (const copy of copies) {
    const hash = toLeafHash(copy);
    inserts.entry.run(...columns.map((name) => copy[name] ?? null), tree.size + hashes.length, toText(hash));
    if (copy.salt !== null) {
      inserts.secret.run(copy.id, copy.person, copy.salt);
    }
    hashes.push(hash);
  }
  const grown = extendTiles(tree, hashes);
  grown.changed.map(toTileRow).forEach(({ level, tileIndex, hashes: text }) => inserts.tile.run(level, tileIndex, text));
  return grown;
}

function* toCopies(rows: readonly Stored[], times: number): Generator<Stored> {
  for (const stored of rows) {
    yield stored;
    for (let time = 1; time < times; time += 1) {
      yield toCopy(stored, time);
    }
  }
}

const copied = [
  'entries',
  'entry_secrets',
  'ledger_tiles',
  'checkpoints',
  'audit_terms',
  'audit_facts',
  'audit_marks',
  'audit_blocks',
  'audit_days',
];

type Definition = { readonly type: string; readonly name: string; readonly sql: string };

/** Indexes and triggers stand aside while rows come, and come back as they were. */
function takeAside(database: Database.Database): () => void {
  const tables = copied.map((name) => `'${name}'`).join(', ');
  const text = `SELECT type, name, sql FROM main.sqlite_schema WHERE tbl_name IN (${tables}) AND type IN ('index', 'trigger') AND sql IS NOT NULL`;
  const definitions = database.prepare<[], Definition>(text).all();
  definitions.forEach(({ type, name }) => database.exec(`DROP ${type} main.${name}`));
  copied.forEach((name) => database.exec(`DELETE FROM main.${name}`));
  return () => definitions.forEach(({ sql }) => database.exec(sql));
}

/** Term numbers of people and records of each time lie beyond all of the time before. */
const toFacts = (times: number): readonly string[] => [
  'CREATE TEMP TABLE ks (k integer NOT NULL PRIMARY KEY)',
  `INSERT INTO ks WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ${times}) SELECT i FROM n`,
  'CREATE TEMP TABLE most AS SELECT max(id) + 1 AS n FROM source.audit_terms',
  'INSERT INTO main.audit_terms SELECT * FROM source.audit_terms',
  `INSERT INTO main.audit_terms SELECT t.id + k.k * (SELECT n FROM most), t.kind, ${shiftText('t.term')}, t.state
    FROM ks k CROSS JOIN source.audit_terms t WHERE k.k > 0 AND t.kind IN ('person', 'record')`,
  `INSERT INTO main.audit_facts SELECT f.log_index * ${times} + k.k, f.at, f.type, f.service, f.purpose, f.purpose_version, f.reason,
    f.person + k.k * (SELECT n FROM most), f.record + k.k * (SELECT n FROM most), f.actor_kind, f.actor, f.acted_by, f.ends_at, f.elapsed
    FROM source.audit_facts f CROSS JOIN ks k ORDER BY f.log_index, k.k`,
  `INSERT INTO main.audit_marks SELECT m.term, m.log_index * ${times} + k.k FROM source.audit_marks m CROSS JOIN ks k ORDER BY m.term, m.log_index, k.k`,
  'INSERT INTO main.audit_blocks SELECT log_index / 1024, min(at), max(at) FROM main.audit_facts GROUP BY 1',
  `INSERT INTO main.audit_days (day, type, service, purpose, purpose_version, mark, n)
    SELECT day, type, service, purpose, purpose_version, mark, n * ${times} FROM source.audit_days`,
];

const step = 2000;

function copyEntries(database: Database.Database, { times }: Extent): Tree {
  const prepare = (text: string): Insert => database.prepare(text);
  const inserts = {
    entry: prepare('INSERT INTO main.entries VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)'),
    secret: prepare('INSERT INTO main.entry_secrets VALUES (?, ?, ?)'),
    tile: prepare('INSERT OR REPLACE INTO main.ledger_tiles VALUES (?, ?, ?)'),
    checkpoint: prepare('INSERT INTO main.checkpoints VALUES (?, ?, ?, ?)'),
  };
  const select = database.prepare<[number, number], Stored>(selectStored);
  const size = Number(database.prepare<[], number>('SELECT max(size) FROM source.checkpoints').pluck().get());
  let tree: Tree = { size: 0, edge: [] };
  for (let from = 0; from < size; from += step) {
    const rows = select.all(from, from + step);
    database.transaction(() => (tree = insertCopies(inserts, toCopies(rows, times), tree)))();
    process.stderr.write(`\rentries ${tree.size}`);
  }
  return tree;
}

/** Makes the folder `to`. `times` is at most 16. */
export function enlargeLog(extent: Extent): void {
  copyFiles(extent);
  const keys = readKeys(join(extent.to, 'keys'));
  if (!keys.ok || extent.times > 16) {
    throw new RangeError('audit enlarge takes the folder of a made-up country, another folder, and at most 16 times');
  }
  const database = new Database(join(extent.to, 'huwiya.db'));
  ['foreign_keys=OFF', 'synchronous=OFF', 'journal_mode=DELETE', 'journal_mode=OFF', 'cache_size=-600000', 'temp_store=FILE'].forEach(
    (text) => database.pragma(text),
  );
  database.exec(`ATTACH '${join(extent.from, 'huwiya.db').replaceAll("'", "''")}' AS source`);
  const putBack = takeAside(database);
  toFacts(extent.times).forEach((text) => database.exec(text));
  const tree = copyEntries(database, extent);
  const root = toRoot(tree);
  const text = createSharedCheckpoint([createLogSigner(issuer, keys.value.checkpoint.privateKey)], { size: tree.size, root });
  const at = Number(database.prepare<[], number>('SELECT max(at) FROM source.checkpoints').pluck().get());
  database.prepare('INSERT INTO main.checkpoints VALUES (?, ?, ?, ?)').run(tree.size, toText(root), text, at);
  putBack();
  database.exec('DETACH source');
  database.pragma('journal_mode=WAL');
  database.close();
}
