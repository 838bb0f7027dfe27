// A register as full as a country's: people who hold nothing but consents, made by the database itself from one person and one consent that stand there.
// Versions and receipts of theirs are left out: nothing that signs somebody in reads them.

import Database from 'better-sqlite3';
import pg from 'pg';

/** So many people, with so many consents each, at so many services of the benchmark. */
export type Filling = { readonly people: number; readonly each: number; readonly services: number };

export const toFilledPerson = (person: number): string => `00000000-0000-7000-8000-${person.toString(16).padStart(12, '0')}`;

/** One of the services that somebody was at. */
export const toFilledService = (person: number, { each, services }: Filling): string =>
  `service-${String((person * each) % services).padStart(5, '0')}`;

type Row = Readonly<Record<string, unknown>>;

type Open = {
  readonly run: (text: string) => Promise<readonly Row[]>;
  /** An expression of twelve hexadecimal digits of another. */
  readonly toHex: (expression: string) => string;
  readonly close: () => Promise<void>;
};

function openFile(path: string): Open {
  const database = new Database(path);
  ['synchronous=OFF', 'foreign_keys=OFF', 'cache_size=-600000'].forEach((text) => database.pragma(text));
  return {
    run: async (text) => {
      const statement = database.prepare<[], Row>(text);
      return statement.reader ? statement.all() : (statement.run(), []);
    },
    toHex: (expression) => `printf('%012x', ${expression})`,
    close: async () => {
      database.pragma('wal_checkpoint(TRUNCATE)');
      database.close();
    },
  };
}

async function openServer(url: string): Promise<Open> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return {
    run: async (text) => (await client.query<Record<string, unknown>>(text)).rows,
    toHex: (expression) => `lpad(to_hex(${expression}), 12, '0')`,
    close: async () => {
      await client.query('ANALYZE');
      await client.end();
    },
  };
}

const series = (name: string, count: number): string =>
  `${name}(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM ${name} WHERE n + 1 < ${count})`;

/** All columns of a row, some of them by an expression of their own. */
function toCopy(table: string, row: Row, own: Readonly<Record<string, string>>): { readonly into: string; readonly select: string } {
  const names = Object.keys(row);
  return { into: `${table} (${names.join(', ')})`, select: names.map((name) => own[name] ?? `t.${name}`).join(', ') };
}

const models = { people: 'people ORDER BY id LIMIT 1', consents: "consents WHERE client_id LIKE 'service-%' ORDER BY id LIMIT 1" } as const;

async function readOne(open: Open, table: keyof typeof models): Promise<Row> {
  const [row] = await open.run(`SELECT * FROM ${models[table]}`);
  if (row === undefined) {
    throw new Error(`nothing stands in ${table} that could be copied`);
  }
  return row;
}

/** Services are taken in turn, so that each has its share of everybody. */
async function fill(open: Open, { each, people, services }: Filling): Promise<void> {
  const digits = open.toHex('p.n');
  const id = `'00000000-0000-7000-8000-' || ${digits}`;
  const person = toCopy('people', await readOne(open, 'people'), {
    id,
    handle: `'filled-' || ${digits}`,
    registry_digest: `'filled-' || ${digits}`,
  });
  const consent = toCopy('consents', await readOne(open, 'consents'), {
    id: `'00000000-0000-7000-' || substr(${open.toHex('c.n + 32768')}, 9) || '-' || ${digits}`,
    person_id: id,
    client_id: 's.client_id',
  });
  const visited = "v AS (SELECT client_id, row_number() OVER (ORDER BY client_id) - 1 AS n FROM services WHERE client_id LIKE 'service-%')";
  await open.run(
    `INSERT INTO ${person.into} WITH RECURSIVE ${series('p', people)} SELECT ${person.select} FROM (SELECT * FROM ${models.people}) t, p`,
  );
  await open.run(
    `INSERT INTO ${consent.into} WITH RECURSIVE ${series('p', people)}, ${series('c', each)}, ${visited} SELECT ${consent.select} FROM p CROSS JOIN c ` +
      `JOIN v s ON s.n = (p.n * ${each} + c.n) % ${services}, (SELECT * FROM ${models.consents}) t`,
  );
}

/** `database` is a path or an address of PostgreSQL; nobody else writes there meanwhile. */
export async function fillRegister(database: string, filling: Filling): Promise<void> {
  const open = database.startsWith('postgres') ? await openServer(database) : openFile(database);
  try {
    await fill(open, filling);
  } finally {
    await open.close();
  }
}
