// Public figures in the database: each edition is written once, together with its entry. Triggers keep what was given out as it was.

import type { FiguresStore, PeopleAsked, PublishedFigures } from '../domain/audit/figures/store.ts';
import type { SealedEvent } from '../domain/ledger/event.ts';
import { appendEvents } from './append-events.ts';
import { undo } from './engine.ts';
import type { Act, Engine } from './engine.ts';
import { groupFacts } from './facts-groups.ts';
import { findProjected } from './project-facts.ts';
import type { Row, Value } from './row.ts';
import { findAll, findOne, insertInto, selectColumns, selectFrom } from './statements.ts';

/** `reader` counts: a month of a country takes long, and nobody who signs in waits for it. */
export function createFiguresStore(engine: Engine, reader: Pick<Engine, 'read'>): FiguresStore {
  const { publishedFigures } = engine.tables;
  const order = { tail: 'ORDER BY month, edition', values: [] };
  return {
    listEditions: async () => findAll(engine, selectColumns(publishedFigures, ['month', 'edition', 'publishedAt', 'digest'], order)),
    findFigures: async (month, edition) => {
      const [tail, values]: readonly [string, readonly Value[]] =
        edition === undefined
          ? ['WHERE month = ? ORDER BY edition DESC LIMIT 1', [month]]
          : ['WHERE month = ? AND edition = ?', [month, edition]];
      return findOne(engine, selectFrom(publishedFigures, tail, values));
    },
    saveFigures: async (published, event) => engine.atomic(() => saveFigures(engine, published, event)),
    countUncovered: async (asked) => countUncovered({ ...engine, read: reader.read }, asked),
    countPeople: async (asked) => countPeople({ ...engine, read: reader.read }, asked),
  };
}

function* saveFigures(engine: Engine, published: PublishedFigures, event: SealedEvent): Act<'saved' | 'figures/published'> {
  const { publishedFigures } = engine.tables;
  const { month, edition } = published;
  const known = yield { text: 'SELECT month FROM published_figures WHERE month = ? AND edition = ?', values: [month, edition] };
  const written = known.length > 0 ? [] : yield insertInto(publishedFigures, published, 'ON CONFLICT DO NOTHING RETURNING month');
  if (written.length === 0) {
    yield undo;
    return 'figures/published';
  }
  yield* appendEvents(engine.tables, [event]);
  return 'saved';
}

const marks = (values: readonly unknown[]): string => values.map(() => '?').join(', ');

/** What was numbered before the month began need not be looked at: a checkpoint of that time says how much it was. */
async function findStart(engine: Engine, from: number): Promise<number> {
  const [row] = await engine.read({ text: 'SELECT coalesce(max(size), 0) AS size FROM checkpoints WHERE at < ?', values: [from] });
  return Number(row?.['size'] ?? 0);
}

async function countInFacts(engine: Engine, { types, services, from, to, below }: PeopleAsked): Promise<number> {
  const filter = { types, from, to, below, ...(services === null ? {} : { services }) };
  const [all] = await groupFacts(engine, filter, { by: [], people: true, limit: 1 });
  return all?.people ?? 0;
}

/** Facts are found by service and type; where they are behind the log, or do not say it, its entries are gone through. */
async function countPeople(engine: Engine, asked: PeopleAsked): Promise<number> {
  const { types, services, inTime, below } = asked;
  if (types.length === 0 || services?.length === 0) {
    return 0;
  }
  const isInFacts = inTime !== true && (await findProjected(engine)) >= below;
  return isInFacts ? countInFacts(engine, asked) : countInEntries(engine, asked);
}

const rowsAtOnce = 2000;

/** Few people are uncovered in a month; an entry names its case, and the case says over which agency it is. */
async function countUncovered(engine: Engine, asked: Uncovering): Promise<ReadonlyMap<string | null, number>> {
  const cases = await engine.read({ text: "SELECT number, agency_id FROM audit_cases WHERE scope = 'agency'", values: [] });
  const agencies = new Map(cases.map((row) => [String(row['number']), String(row['agency_id'])]));
  const people = new Map<string | null, Set<string>>();
  for (let after = (await findStart(engine, asked.from)) - 1; ;) {
    const rows = await readUncovered(engine, asked, after);
    for (const row of rows) {
      const agency = agencies.get(findCaseNumber(String(row['body']))) ?? null;
      const own = people.get(agency) ?? new Set();
      people.set(agency, own.add(String(row['person_ref'])));
    }
    const last = rows.at(-1);
    if (last === undefined) {
      return new Map([...people].map(([agency, own]) => [agency, own.size]));
    }
    after = Number(last['log_index']);
  }
}

type Uncovering = Parameters<FiguresStore['countUncovered']>[0];

async function readUncovered(engine: Engine, { types, from, to, below }: Uncovering, after: number): Promise<readonly Row[]> {
  return engine.read({
    text: `SELECT entries.log_index, entries.body, entry_secrets.person_ref FROM entries JOIN entry_secrets ON entry_secrets.entry_id = entries.id
      WHERE entries.log_index > ? AND entries.log_index < ? AND entries.at >= ? AND entries.at < ? AND entries.type IN (${marks(types)})
        AND entry_secrets.person_ref IS NOT NULL ORDER BY entries.log_index LIMIT ${rowsAtOnce}`,
    values: [after, below, from, to, ...types],
  });
}

function findCaseNumber(body: string): string {
  const read: unknown = JSON.parse(body);
  const payload: unknown = typeof read === 'object' && read !== null && 'payload' in read ? read.payload : null;
  return typeof payload === 'object' && payload !== null && 'case' in payload && typeof payload.case === 'string' ? payload.case : '';
}

// A body is canonical: no text that somebody typed can hold a quotation mark without a stroke before it.
const answeredInTime = ` AND entries.body LIKE '%"in_time":"yes"%'`;

function toNarrower({ inTime, services }: PeopleAsked): string {
  return `${services === null ? '' : ` AND entries.service IN (${marks(services)})`}${inTime === true ? answeredInTime : ''}`;
}

async function countInEntries(engine: Engine, asked: PeopleAsked): Promise<number> {
  const { types, services, from, to, below } = asked;
  const [row] = await engine.read({
    text: `SELECT count(DISTINCT entry_secrets.person_ref) AS people FROM entries JOIN entry_secrets ON entry_secrets.entry_id = entries.id
      WHERE entries.log_index >= ? AND entries.log_index < ? AND entries.at >= ? AND entries.at < ? AND entries.type IN (${marks(types)})${toNarrower(asked)}`,
    values: [await findStart(engine, from), below, from, to, ...types, ...(services ?? [])],
  });
  return Number(row?.['people'] ?? 0);
}
