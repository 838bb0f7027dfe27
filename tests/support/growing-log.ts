// A process of its own that enters, numbers, signs and publishes without an end: one line of JSON for each head that it gives out. For tests that kill it.

import { loadParts } from '../../src/cli/load-parts.ts';
import { sequenceLog } from '../../src/cli/sequence-log.ts';
import { systemClock } from '../../src/domain/kernel/clock.ts';
import { systemRandom } from '../../src/domain/kernel/ids.ts';
import { sealEvent } from '../../src/domain/ledger/event.ts';

const parts = await loadParts({ file: process.argv[2], allowsPending: false, env: {} });
if (!parts.ok) {
  throw new TypeError(JSON.stringify(parts.faults));
}
const { storage } = parts.value;
for (let at = 0; at < 5000; at += 1) {
  const draft = { type: 'export.created', personRef: null, actor: { kind: 'operator', ref: null } } as const;
  const event = sealEvent({ clock: systemClock, random: systemRandom }, draft);
  await storage.engine.commit([{ kind: 'append-event', event }], systemClock.now());
  await sequenceLog(parts.value);
  const head = await storage.ledger.findCheckpoint();
  process.stdout.write(`${JSON.stringify({ size: head?.size, text: head?.text })}\n`);
}
