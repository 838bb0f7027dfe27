// Migrates a database and dies on the way, as by SIGKILL or a power cut: after so many steps of the one act that a migration is.

import { systemClock } from '../../src/domain/kernel/clock.ts';
import type { Act } from '../../src/storage/engine.ts';
import { migrate } from '../../src/storage/migrate.ts';
import { openPostgres } from '../../src/storage/postgres-pool.ts';
import { openSqlite } from '../../src/storage/sqlite.ts';

const [url = '', steps = '0'] = process.argv.slice(2);
const engine = url.startsWith('sqlite:') ? openSqlite(url.slice('sqlite:'.length)) : openPostgres(url);

function* dieAfter<T>(act: Act<T>): Act<T> {
  let taken = 0;
  let turn = act.next([]);
  while (turn.done !== true) {
    taken += 1;
    if (taken > Number(steps)) {
      process.kill(process.pid, 'SIGKILL');
    }
    turn = act.next(yield turn.value);
  }
  return turn.value;
}

await migrate({ ...engine, atomic: async (begin) => engine.atomic(() => dieAfter(begin())) }, systemClock);
