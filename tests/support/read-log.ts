// The log of a world as an auditor would read it: numbered first, then every entry from the beginning.

import { createLogSigner } from '../../src/domain/ledger/checkpoint.ts';
import { sequenceAll } from '../../src/domain/ledger/sequence.ts';
import type { Entry } from '../../src/domain/ledger/store.ts';
import type { World } from './world.ts';

export async function readLog(world: World): Promise<readonly Entry[]> {
  const { config, keys, clock, storage } = world;
  const { size } = await sequenceAll({ store: storage.ledger, clock, signer: createLogSigner(config.issuer, keys.checkpoint.privateKey) });
  return storage.ledger.readEntries(0, size);
}
