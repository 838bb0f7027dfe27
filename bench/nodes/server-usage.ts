// What a PostgreSQL server used: CPU of all its processes by the kernel's account, and how far its write-ahead log went.

import { readFileSync } from 'node:fs';
import pg from 'pg';

export type ServerUsage = { readonly cpuMs: number; readonly logBytes: number };

/** The kernel counts in hundredths of a second. */
const tickMs = 10;

/** Fields 14 and 15 of proc(5), behind a name in brackets that may hold anything; 0 where it is not ours to see or gone. */
function readTicks(processId: number): number {
  try {
    const text = readFileSync(`/proc/${processId}/stat`, 'utf8');
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return Number(fields[11]) + Number(fields[12]);
  } catch {
    return 0;
  }
}

export async function readServerUsage(url: string): Promise<ServerUsage> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ readonly pid: number }>('SELECT pid FROM pg_stat_activity WHERE pid <> pg_backend_pid()');
    const log = await client.query<{ readonly n: string }>("SELECT pg_current_wal_lsn() - '0/0' AS n");
    const ticks = rows.reduce((sum, { pid }) => sum + readTicks(pid), 0);
    return { cpuMs: ticks * tickMs, logBytes: Number(log.rows[0]?.n) };
  } finally {
    await client.end();
  }
}
