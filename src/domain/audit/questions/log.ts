// What is asked of the log itself: whether it only grew, and a sample that anybody can draw again.

import { createHash } from 'node:crypto';
import { isConsistent } from '../../ledger/merkle-verify.ts';
import type { Entry, StoredCheckpoint } from '../../ledger/store.ts';
import { getConsistencyPath, getRoot } from '../../ledger/tiles.ts';
import { isTailWhole } from '../../ledger/verify-tail.ts';
import { toPurposeCell } from './list.ts';
import type { ColumnName, FigureName, TableName } from './names.ts';
import { emptyAnswer, needed, optional, standing } from './question.ts';
import type { Answer, Asking, CellKind, Figure, Finding, Question, Row, Table } from './question.ts';

type Ledger = Asking['ports']['ledger'];

const toHash = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'base64url'));

/** Against the signed checkpoints themselves, not against what tiles say today of their roots. */
async function hasOnlyGrown(ledger: Ledger, first: number, second: number): Promise<boolean> {
  const [before, after] = [await ledger.findCheckpointOfSize(first), await ledger.findCheckpointOfSize(second)];
  if (before === undefined || after === undefined) {
    return false;
  }
  const path = first === 0 || first === second ? [] : await getConsistencyPath(ledger, first, second);
  return isConsistent({
    first: { size: first, root: toHash(before.root) },
    second: { size: second, root: toHash(after.root) },
    path,
  });
}

const toTable = (name: TableName, [column, kind]: readonly [ColumnName, CellKind], values: readonly string[]): Table => ({
  name,
  columns: [
    { name: 'place', kind: 'number' },
    { name: column, kind },
  ],
  rows: values.map((value, at) => ({ cells: [at + 1, value], entries: null })),
  chart: null,
  isCut: false,
});

/** The hashes with which anybody holds two signed checkpoints against each other (RFC 9162 §2.1.4). */
async function readProof(ledger: Ledger, first: number, second: number): Promise<readonly Table[]> {
  const path = first === 0 || first === second ? [] : await getConsistencyPath(ledger, first, second);
  const hashes = path.map((hash) => Buffer.from(hash).toString('base64'));
  return hashes.length === 0 ? [] : [toTable('consistency', ['hash', 'code'], hashes)];
}

/** Of the log, and of each witness beneath it (C2SP signed-note). */
function toSignatures(witnessed: Pick<StoredCheckpoint, 'text'> | undefined): readonly Table[] {
  const lines = (witnessed?.text ?? '').split('\n').filter((line) => line.startsWith('— '));
  return lines.length === 0 ? [] : [toTable('signatures', ['line', 'code'], lines)];
}

/** A log that is smaller than a checkpoint was cut. A size of which it holds none is said to be that: whoever kept one compares it themselves. */
async function compareWith(ledger: Ledger, { size, below }: { readonly size: number; readonly below: number }): Promise<Finding> {
  const isHeld = size === 0 || size > below || (await ledger.findCheckpointOfSize(size)) !== undefined;
  return isHeld
    ? { name: 'only-grown', holds: size <= below && (await hasOnlyGrown(ledger, size, below)) }
    : { name: 'checkpoint-held', holds: false };
}

async function isRootOf(ledger: Ledger, size: number): Promise<boolean> {
  const checkpoint = await ledger.findCheckpointOfSize(size);
  return checkpoint !== undefined && Buffer.from(await getRoot(ledger, size)).equals(Buffer.from(checkpoint.root, 'base64url'));
}

const figure = (name: FigureName, value: number, mustBeZero: boolean): Figure => ({
  name,
  kind: 'number',
  value,
  mustBeZero,
  entries: null,
});

type Witnessed = Pick<Answer, 'figures' | 'findings' | 'tables'>;

/** Whether the log as it stood and what witnesses signed are two stages of one log. Of nobody where nobody outside cosigns. */
async function holdAgainstWitnesses({ ports, sight }: Asking): Promise<Witnessed> {
  if (ports.findWitnessed === undefined) {
    return { figures: [], findings: [], tables: [] };
  }
  const witnessed = await ports.findWitnessed();
  const { below } = sight;
  const size = witnessed?.size ?? 0;
  const own = witnessed === undefined ? undefined : await ports.ledger.findCheckpointOfSize(size);
  const [first, second] = [Math.min(size, below), Math.max(size, below)];
  const isOurs = own !== undefined && own.root === witnessed?.root;
  return {
    figures: [figure('witnessed-size', size, false), figure('unwitnessed', Math.max(0, below - size), false)],
    findings: [{ name: 'as-witnessed', holds: isOurs && (await hasOnlyGrown(ports.ledger, first, second)) }],
    tables: toSignatures(witnessed),
  };
}

/** Entries at the end that are computed anew for an answer; the whole log is for the night, and `audit verify`. */
const recomputed = 1000;

/** Nights that an answer shows. */
const nightsShown = 7;

type Nights = { readonly findings: readonly Finding[]; readonly tables: readonly Table[] };

/** What nodes found that computed all of it anew, each night (whole-verification.ts); of nights when the log was no longer than it is here. */
async function readNights({ ports, sight }: Asking): Promise<Nights> {
  const ended = await ports.verifications.listVerifications(nightsShown);
  const known = ended.filter(({ size }) => size <= sight.below);
  const [newest] = known;
  const table: Table = {
    name: 'verified',
    columns: [
      { name: 'at', kind: 'time' },
      { name: 'elapsed', kind: 'millis' },
      { name: 'count', kind: 'number' },
      { name: 'flaw', kind: 'code' },
    ],
    rows: known.map(({ endedAt, begunAt, size, firstFault }) => ({ cells: [endedAt, endedAt - begunAt, size, firstFault], entries: null })),
    chart: null,
    isCut: false,
  };
  return newest === undefined
    ? { findings: [], tables: [] }
    : { findings: [{ name: 'verified-whole', holds: newest.faults === 0 }], tables: [table] };
}

/** Of the whole log, whatever is in sight: how many entries there are says nothing of anybody. */
async function answerWhole(asking: Asking): Promise<Answer> {
  const { ledger, facts } = asking.ports;
  const { below } = asking.sight;
  const { size = below } = asking.values;
  const first = Math.min(size, below);
  const counted = await facts.countEntries(below);
  const from = Math.max(0, below - recomputed);
  const witnessed = await holdAgainstWitnesses(asking);
  const nights = await readNights(asking);
  const proof = await readProof(ledger, first, below);
  const findings: readonly Finding[] = [
    { name: 'root-matches', holds: below === 0 || (await isRootOf(ledger, below)) },
    await compareWith(ledger, { size, below }),
    { name: 'no-gap', holds: counted === below },
    { name: 'tail-whole', holds: await isTailWhole(ledger, { from, to: below }) },
    ...witnessed.findings,
    ...nights.findings,
  ];
  return {
    ...emptyAnswer,
    tables: [...nights.tables, ...proof, ...witnessed.tables],
    figures: [
      figure('size', below, false),
      figure('earlier-size', first, false),
      figure('gaps', below - counted, true),
      figure('recomputed', below - from, false),
      ...witnessed.figures,
    ],
    findings,
  };
}

/** The same seed over the same log gives the same places: SHA-256 of seed, size and place in the row, as a whole number, modulo the size. */
export function* drawPlaces(seed: number, size: number): Generator<number> {
  const drawn = new Set<number>();
  for (let at = 0; drawn.size < size; at += 1) {
    const digest = createHash('sha256').update(`huwiya-sample/1 ${seed} ${size} ${at}`).digest();
    const place = Number(digest.readBigUInt64BE(0) % BigInt(size));
    if (!drawn.has(place)) {
      drawn.add(place);
      yield place;
    }
  }
}

function isInSight({ sight }: Asking, { service, personRef }: Entry): boolean {
  const { services, personRefs } = sight;
  return (
    (services === null || (service !== null && services.includes(service))) &&
    (personRefs === null || (personRef !== null && personRefs.includes(personRef)))
  );
}

/** Draws beyond what is asked for, where only a part of the log is in sight. */
const drawsPerEntry = 40;

async function drawEntries(asking: Asking): Promise<readonly Entry[]> {
  const { seed = 0, count = 50 } = asking.values;
  const found: Entry[] = [];
  let draws = 0;
  for (const place of drawPlaces(seed, asking.sight.below)) {
    const [entry] = await asking.ports.ledger.readEntries(place, place + 1);
    found.push(...(entry !== undefined && isInSight(asking, entry) ? [entry] : []));
    draws += 1;
    if (found.length >= count || draws >= count * drawsPerEntry) {
      break;
    }
  }
  return found;
}

function toSampleRow(asking: Asking, { index, at, type, service, purpose, attributes, personRef }: Entry): Row {
  return { cells: [at, type, service, toPurposeCell(service, purpose), [...attributes], asking.toPerson(personRef), index], entries: null };
}

async function answerSample(asking: Asking): Promise<Answer> {
  const drawn = await drawEntries(asking);
  const table: Table = {
    name: 'sample',
    columns: [
      { name: 'at', kind: 'time' },
      { name: 'type', kind: 'type' },
      { name: 'service', kind: 'service' },
      { name: 'purpose', kind: 'purpose' },
      { name: 'attributes', kind: 'attributes' },
      { name: 'person', kind: 'person' },
      { name: 'entry', kind: 'index' },
    ],
    rows: drawn.map((entry) => toSampleRow(asking, entry)),
    chart: null,
    isCut: false,
  };
  return { ...emptyAnswer, figures: [figure('drawn', drawn.length, false), figure('size', asking.sight.below, false)], tables: [table] };
}

const log = { group: 'log', needsCase: false } as const;

export const logQuestions: readonly Question[] = [
  { ...log, name: 'is-the-log-whole', number: 23, rules: ['clock-back'], parameters: [optional('size')], answer: answerWhole },
  { ...log, name: 'random-sample', number: 26, rules: [], parameters: [needed('seed'), standing('count', 50)], answer: answerSample },
];
