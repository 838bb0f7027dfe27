// A log with one receipt in it, put together as the product does it: the receipt is signed, its event is sealed and numbered, the proof joins.

import { createPublicKey, hash, sign } from 'node:crypto';
import { sealEvent, toPersonMask } from '../../src/domain/ledger/event.ts';
import { exportLog } from '../../src/domain/ledger/export-log.ts';
import type { ExportNeeds } from '../../src/domain/ledger/export-log.ts';
import { proveEntry } from '../../src/domain/ledger/prove-entry.ts';
import { sequenceAll } from '../../src/domain/ledger/sequence.ts';
import { toVerifier, toVerifierText } from '../../src/domain/ledger/signed-note.ts';
import type { NoteSigner } from '../../src/domain/ledger/signed-note.ts';
import { systemSleep } from '../../src/domain/ledger/sleep.ts';
import { createSampleEvents, createSeededRandom, createSigner, createSteppingClock, sampleEvent, sampleStart } from './ledger-samples.ts';
import { createMemoryLedgerStore } from './memory-ledger-store.ts';
import type { MemoryLedgerStore } from './memory-ledger-store.ts';

export const issuer = 'https://id.example';
export const logSigner = createSigner('id.example/ledger');
export const logKey = toVerifierText(toVerifier(logSigner));
/** Signs receipts; `name` is the key id. */
export const receiptSigner = createSigner('receipt-1');

const toPart = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

export const receiptHeader = { alg: 'EdDSA', kid: 'receipt-1', typ: 'huwiya-receipt+jwt' };
export const receiptClaims = { iss: issuer, iat: 1_767_323_045, jti: 'receipt-77', record: { id: 'rec-1', service: 'mol-work-permit' } };

export function signJws(header: unknown, claims: unknown, signer: NoteSigner = receiptSigner): string {
  const signed = `${toPart(header)}.${toPart(claims)}`;
  return `${signed}.${sign(null, Buffer.from(signed), signer.key).toString('base64url')}`;
}

export function toJwks(signer: NoteSigner): { readonly keys: readonly object[] } {
  return { keys: [{ ...createPublicKey(signer.key).export({ format: 'jwk' }), kid: signer.name }] };
}

export type ReceiptFile = {
  format: string;
  receipt: string;
  keys: { readonly keys: readonly object[] };
  entry: { id: string; index: number; body: string; salt: string; person: string | null; commitment: string };
  proof: { index: number; size: number; path: readonly string[] };
  checkpoint: string;
  log: string;
};

/** A receipt for the tenth of twenty-three entries. `jws` and the signer of the log may be others than the honest ones. */
export async function createReceiptFile(jws = signJws(receiptHeader, receiptClaims), signer = logSigner): Promise<ReceiptFile> {
  const store = createMemoryLedgerStore();
  const needs = { clock: createSteppingClock(sampleStart, 1), random: createSeededRandom('receipt') };
  const payload = { receipt_sha256: hash('sha256', jws, 'base64url') };
  const event = sealEvent(needs, { ...sampleEvent, type: 'consent.given', payload });
  const others = createSampleEvents(22);
  await store.append(others.slice(0, 9));
  await sequenceAll({ store, signer, clock: needs.clock });
  await store.append([event, ...others.slice(9)]);
  await sequenceAll({ store, signer, clock: needs.clock });
  const proven = await proveEntry({ store, clock: needs.clock, sleep: systemSleep }, event.id);
  if (!proven.ok) {
    throw new Error(proven.detail);
  }
  const { proof, checkpoint, entry } = proven.value;
  const { id, index, body, commitment } = entry;
  return {
    format: 'huwiya-receipt/1',
    receipt: jws,
    keys: toJwks(receiptSigner),
    entry: {
      id,
      index,
      body,
      salt: entry.salt ?? '',
      person: toPersonMask({ salt: entry.salt ?? '', personRef: entry.personRef }),
      commitment,
    },
    proof,
    checkpoint: checkpoint.text,
    log: toVerifierText(toVerifier(signer)),
  };
}

/** A log of as many entries as the groups have together, with a checkpoint after each group. */
export async function createSampleLog(groups: readonly number[], seed = 'sample'): Promise<MemoryLedgerStore> {
  const store = createMemoryLedgerStore();
  const events = createSampleEvents(
    groups.reduce((sum, group) => sum + group, 0),
    seed,
  );
  let from = 0;
  for (const group of groups) {
    await store.append(events.slice(from, from + group));
    await sequenceAll({ store, signer: logSigner, clock: createSteppingClock(sampleStart, 1) });
    from += group;
  }
  return store;
}

type ExportSettings = { readonly log?: string; readonly kept?: readonly string[]; readonly sequence?: ExportNeeds['sequence'] };

/** `sequence`: what numbers events that were committed while the file was written. */
export async function createExport(
  store: ExportNeeds['store'],
  { log = logKey, kept = [], sequence = async () => Promise.resolve() }: ExportSettings = {},
): Promise<string> {
  const parts: string[] = [];
  await exportLog({ store, sequence }, { log, kept }, async (lines) => {
    parts.length = 0;
    for await (const line of lines) {
      parts.push(line);
    }
  });
  return parts.join('');
}
