// Cosignatures in the database: each written once. Triggers keep them as they came.

import type { KeptCosignature, SizesAsked, WitnessesStore } from '../domain/witnesses/store.ts';
import type { Act, Engine } from './engine.ts';
import { findAll, insertInto, selectFrom } from './statements.ts';

export function createWitnessesStore(engine: Engine): WitnessesStore {
  const { checkpointSignatures } = engine.tables;
  return {
    saveCosignature: async (cosignature) => engine.atomic(() => save(engine, cosignature)),
    readCosignatures: async (size) => findAll(engine, selectFrom(checkpointSignatures, 'WHERE size = ? ORDER BY witness, key_id', [size])),
    findLargest: async ({ name, keyId }) => {
      const text = 'SELECT max(size) AS size FROM checkpoint_signatures WHERE witness = ? AND key_id = ?';
      const [row] = await engine.read({ text, values: [name, keyId] });
      return row === undefined || row['size'] === null ? undefined : Number(row['size']);
    },
    findSizes: async (asked) => findSizes(engine, asked),
  };
}

function* save(engine: Engine, cosignature: KeptCosignature): Act<void> {
  const { size, witness, keyId } = cosignature;
  const text = 'SELECT size FROM checkpoint_signatures WHERE size = ? AND witness = ? AND key_id = ?';
  const known = yield { text, values: [size, witness, keyId] };
  if (known.length === 0) {
    yield insertInto(engine.tables.checkpointSignatures, cosignature, 'ON CONFLICT DO NOTHING');
  }
}

async function findSizes(engine: Engine, { least, from, below, limit }: SizesAsked): Promise<readonly number[]> {
  const rows = await engine.read({
    text: `SELECT size FROM checkpoint_signatures WHERE size >= ? AND size < ? GROUP BY size HAVING count(*) >= ? ORDER BY size DESC LIMIT ?`,
    values: [from, below, least, limit],
  });
  return rows.map((row) => Number(row['size']));
}
