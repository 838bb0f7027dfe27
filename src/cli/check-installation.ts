// Whether configuration and keys belong to this database. With other keys a person would be imported a second time beside the unreadable first,
// and the log would go on under a name or signature that its earlier checkpoints do not have.

import { createHmac } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import type { Parts } from '../app.ts';
import type { StartFault } from '../config/config.ts';
import { getValue } from '../domain/kernel/errors.ts';
import { parseKeyChange } from '../domain/ledger/key-change.ts';
import { toRawKey } from '../domain/ledger/signed-note.ts';
import type { InstallationFacts } from '../storage/installation.ts';

/** Tells one key from another and nothing about either. */
function toKeyMark(key: KeyObject): string {
  return createHmac('sha256', key).update('huwiya: which key is this').digest('base64url');
}

const faults: Readonly<Record<string, StartFault>> = {
  issuer: {
    setting: 'HUWIYA_ISSUER',
    problem: 'is not the issuer that this database was begun with',
    fix: 'Set the issuer it was begun with, or name another database',
  },
  'encryption-key': {
    setting: 'HUWIYA_KEYS/data.json',
    problem: 'holds another encryption key than the one this database was begun with',
    fix: 'Restore the data.json that belongs to this database; without it the data of its people cannot be read',
  },
  'lookup-key': {
    setting: 'HUWIYA_KEYS/data.json',
    problem: 'holds another look-up key than the one this database was begun with',
    fix: 'Restore the data.json that belongs to this database; without it its people cannot be found',
  },
  'log-key': {
    setting: 'HUWIYA_KEYS/checkpoint-ed25519.json',
    problem: 'is not the key that signs the log of this database',
    fix: 'Restore the checkpoint key that belongs to this database',
  },
};

/** Of the key that signs the log now; never written down, because the statements of its changes say it. */
export const keyNow = 'log-key-now';

/** What configuration and keys would write down, were the database theirs. */
export function toInstallationFacts({ config, keys }: Pick<Parts, 'config' | 'keys'>): InstallationFacts {
  return {
    issuer: config.issuer,
    'encryption-key': toKeyMark(keys.data.encryption),
    'lookup-key': toKeyMark(keys.data.lookup),
    'log-key': keys.checkpoint.publicJwk.x ?? '',
  };
}

function toFaults(different: readonly string[]): readonly StartFault[] {
  return different.map((name) => faults[name]).filter((fault) => fault !== undefined);
}

/** What is written down, and beside it the key that signs the log now, where that is no longer the first one. */
export async function readFacts({
  readInstallation,
  ledger,
}: Pick<Parts['storage'], 'readInstallation' | 'ledger'>): Promise<InstallationFacts> {
  const facts = await readInstallation();
  const newest = (await ledger.readKeyChanges()).at(-1);
  return newest === undefined ? facts : { ...facts, [keyNow]: toRawKey(getValue(parseKeyChange(newest)).to.key).toString('base64url') };
}

/** The log's own key has to be held; after a change, under either of two names. */
function isOwnLogKey(found: InstallationFacts, { keys }: Pick<Parts, 'keys'>): boolean {
  const held = [keys.checkpoint, keys.nextCheckpoint].map((key) => key?.publicJwk.x);
  const now = found[keyNow];
  return now === undefined ? found['log-key'] === undefined || held[0] === found['log-key'] : held.includes(now);
}

/** Compares and writes nothing: what is not written down yet belongs to whoever comes first. */
export function compareInstallation(found: InstallationFacts, parts: Pick<Parts, 'config' | 'keys'>): readonly StartFault[] {
  const own = toInstallationFacts(parts);
  const names = Object.keys(own).filter((name) => name !== 'log-key' && found[name] !== undefined && found[name] !== own[name]);
  return toFaults([...names, ...(isOwnLogKey(found, parts) ? [] : ['log-key'])]);
}

export async function findInstallationFaults(parts: Parts): Promise<readonly StartFault[]> {
  const found = await readFacts(parts.storage);
  const first = found[keyNow] === undefined ? {} : { 'log-key': found['log-key'] ?? '' };
  const different = await parts.storage.claimInstallation({ ...toInstallationFacts(parts), ...first });
  return toFaults([...new Set([...different, ...(isOwnLogKey(found, parts) ? [] : ['log-key'])])]);
}
