// Entries about one person, newest first. The index on the person holds their entries in the order of their ids, which begin with the time (RFC 9562 §5.7):
// so a page is read from where it begins and costs nothing that the entry did not cost when it was written.

import type { LastRelease, OwnEntries, OwnEntriesAsked, OwnEntry, OwnEntryFilter } from '../domain/home/store.ts';
import { createUuid } from '../domain/kernel/ids.ts';
import type { RowOf, Tables } from './dialect.ts';
import type { Engine } from './engine.ts';
import { toNames } from './ledger-rows.ts';
import type { Value } from './row.ts';
import { selectFrom } from './statements.ts';

const nothing = { bytes: (size: number) => new Uint8Array(size) };

// Greater than every id: ids are lower-case hexadecimal.
const afterEveryId = 'g';

/** Every id made from this moment on is greater, and every earlier one less. */
const toFirstId = (at: number): string => createUuid(nothing, Math.max(0, at)).slice(0, 13);

// What a court ordered to be told later is not there until it is told. The order of these tables is fixed: whichever has the few rows of one person is walked, and the other looked up.
const walk = `entry_secrets CROSS JOIN entries
  WHERE entries.id = entry_secrets.entry_id AND entry_secrets.person_ref = ? AND entry_secrets.entry_id < ? AND entry_secrets.entry_id >= ?
  AND NOT EXISTS (SELECT 1 FROM kept_back_entries WHERE kept_back_entries.entry_id = entry_secrets.entry_id)`;

/** `mostLooked`: so that no answer takes long, however much there is. */
export type OwnLog = { readonly engine: Engine; readonly personId: string; readonly mostLooked: number };

type Reach = { readonly below: string; readonly from: string; readonly isCut: boolean };

/** How far one page looks: not before the period asked for, and not through more entries than it may. */
async function findReach(
  { engine, personId, mostLooked }: OwnLog,
  asked: OwnEntryFilter & Pick<OwnEntriesAsked, 'before'>,
): Promise<Reach> {
  const end = asked.to === undefined ? afterEveryId : toFirstId(asked.to);
  const below = asked.before !== null && asked.before < end ? asked.before : end;
  const begin = asked.from === undefined ? '' : toFirstId(asked.from);
  const [last] = await engine.read({
    text: `SELECT entry_id FROM entry_secrets WHERE person_ref = ? AND entry_id < ? ORDER BY entry_id DESC LIMIT 1 OFFSET ?`,
    values: [personId, below, mostLooked - 1],
  });
  const reached = typeof last?.['entry_id'] === 'string' ? last['entry_id'] : '';
  return reached > begin ? { below, from: reached, isCut: true } : { below, from: begin, isCut: false };
}

type Where = { readonly text: string; readonly values: readonly Value[] };

function toWhere({ service, attribute, types }: OwnEntryFilter): Where {
  const conditions: (readonly [string, readonly Value[]])[] = [];
  if (service !== undefined) {
    conditions.push(['entries.service = ?', [service]]);
  }
  if (attribute !== undefined) {
    conditions.push(['entries.attributes IN (SELECT attributes FROM entry_attributes WHERE attribute = ?)', [attribute]]);
  }
  if (types !== undefined) {
    conditions.push([types.length === 0 ? '1 = 0' : `entries.type IN (${types.map(() => '?').join(', ')})`, types]);
  }
  return { text: conditions.map(([text]) => ` AND ${text}`).join(''), values: conditions.flatMap(([, values]) => values) };
}

function toOwnEntry(row: RowOf<Tables['entries']>): OwnEntry {
  const { id, type, at, service, purpose, body, logIndex } = row;
  return { id, type, at, service, purpose, body, attributes: toNames(row.attributes), index: logIndex };
}

function selectOwn(engine: Engine, tail: string, values: readonly Value[]) {
  const plain = selectFrom(engine.tables.entries, '', []);
  return { text: plain.text.replace(' FROM entries ', ` FROM ${walk}${tail}`), values, decode: plain.decode };
}

const toMoment = (id: string): number => Number.parseInt(id.replace('-', '').slice(0, 12), 16);

export async function readOwnEntries(log: OwnLog, filter: OwnEntryFilter, page: OwnEntriesAsked): Promise<OwnEntries> {
  const { engine, personId } = log;
  const { below, from, isCut } = await findReach(
    { ...log, mostLooked: Math.min(page.lookThrough ?? log.mostLooked, log.mostLooked) },
    { ...filter, before: page.before },
  );
  const where = toWhere(filter);
  const query = selectOwn(engine, `${where.text} ORDER BY entry_secrets.entry_id DESC LIMIT ?`, [
    personId,
    below,
    from,
    ...where.values,
    page.limit + 1,
  ]);
  const found = (await engine.read(query)).map((row) => toOwnEntry(query.decode(row)));
  const entries = found.slice(0, page.limit);
  if (found.length > page.limit) {
    return { entries, next: entries.at(-1)?.id ?? null, lookedBackTo: null };
  }
  return { entries, next: isCut ? from : null, lookedBackTo: isCut ? toMoment(from) : null };
}

export async function findOwnEntry(engine: Engine, personId: string, id: string): Promise<OwnEntry | undefined> {
  const query = selectOwn(engine, ' AND entries.id = ?', [personId, afterEveryId, '', id]);
  const [row] = await engine.read(query);
  return row === undefined ? undefined : toOwnEntry(query.decode(row));
}

export async function readLastReleases(log: OwnLog): Promise<readonly LastRelease[]> {
  const { engine, personId } = log;
  const { below, from } = await findReach(log, { before: null });
  const rows = await engine.read({
    text: `SELECT entries.service AS service, entries.attributes AS attributes, MAX(entries.at) AS at FROM ${walk}
      AND entries.type = 'data.released' GROUP BY entries.service, entries.attributes`,
    values: [personId, below, from],
  });
  return rows.map((row) => ({ service: String(row['service']), attributes: toNames(String(row['attributes'])), at: Number(row['at']) }));
}
