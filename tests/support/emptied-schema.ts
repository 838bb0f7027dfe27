// An emptied schema is as good as a new one and there in a tenth of the time: migrating is most of what opening one costs. What a test bent is not kept.

import { randomBytes } from 'node:crypto';
import type { OpenedDatabase } from './opened-database.ts';

export type Row = Readonly<Record<string, unknown>>;
export type Ask = (text: string) => Promise<readonly Row[]>;

/** Tables, columns, indexes, triggers, and which migrations made them. */
const shape = `SELECT md5(string_agg(line, '|' ORDER BY line)) AS shape FROM (
  SELECT concat_ws(' ', c.relname, c.relkind, a.attname, a.atttypid, a.attnotnull) AS line
    FROM pg_class c LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 WHERE c.relnamespace = current_schema()::regnamespace
  UNION ALL SELECT concat_ws(' ', c.relname, t.tgname, t.tgenabled) FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
    WHERE c.relnamespace = current_schema()::regnamespace AND NOT t.tgisinternal
  UNION ALL SELECT concat_ws(' ', conname, pg_get_constraintdef(oid)) FROM pg_constraint WHERE connamespace = current_schema()::regnamespace
  UNION ALL SELECT concat_ws(' ', number, hash) FROM migrations
) AS lines`;

const readNames = async (ask: Ask, text: string): Promise<readonly string[]> => (await ask(text)).map(({ name }) => String(name));

async function findFilled(ask: Ask): Promise<readonly string[]> {
  const tables = await readNames(
    ask,
    "SELECT tablename AS name FROM pg_tables WHERE schemaname = current_schema() AND tablename <> 'migrations'",
  );
  return readNames(ask, tables.map((name) => `SELECT '${name}' AS name WHERE EXISTS (SELECT 1 FROM "${name}")`).join(' UNION ALL '));
}

const readShape = async (ask: Ask): Promise<string> => String((await ask(shape))[0]?.['shape']);

/** Rows that nobody may change go too: such rules do not hold for a replica, which only the owner of the server can be. */
async function emptySchema(ask: Ask): Promise<void> {
  const filled = await findFilled(ask);
  const sequences = await readNames(ask, 'SELECT sequencename AS name FROM pg_sequences WHERE schemaname = current_schema()');
  await ask("BEGIN; SET LOCAL session_replication_role = 'replica'");
  for (const name of filled) {
    await ask(`DELETE FROM "${name}"`);
  }
  for (const name of sequences) {
    await ask(`ALTER SEQUENCE "${name}" RESTART`);
  }
  await ask('COMMIT');
}

export type SchemaServer = {
  readonly create: (name: string) => Promise<void>;
  readonly drop: (name: string) => Promise<void>;
  /** Asks inside the schema. */
  readonly use: <T>(name: string, work: (ask: Ask) => Promise<T>) => Promise<T>;
};

export type Schemas = {
  /** An empty schema, new or emptied; whoever opened it disposes of it. */
  readonly open: (by: (name: string, dispose: () => Promise<void>) => Promise<OpenedDatabase>) => Promise<OpenedDatabase>;
};

export function createSchemas(server: SchemaServer): Schemas {
  const emptied: string[] = [];
  let was: string | undefined;
  const tidy = async (name: string): Promise<void> =>
    server.use(name, async (ask) => {
      if ((await readShape(ask)) !== was) {
        return server.drop(name);
      }
      await emptySchema(ask);
      emptied.push(name);
    });
  return {
    open: async (by) => {
      const kept = emptied.pop();
      const name = kept ?? `test_${randomBytes(8).toString('hex')}`;
      if (kept === undefined) {
        await server.create(name);
      }
      const opened = await by(name, async () => tidy(name));
      was ??= await server.use(name, readShape);
      return opened;
    },
  };
}
