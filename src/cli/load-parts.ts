// What every command starts from: configuration, keys and an open database, or the full list of what stands against it.

import type { Checked, Config, Environment, Locations, StartFault } from '../config/config.ts';
import type { Keys } from '../config/keys.ts';
import { findListenerFaults } from '../config/parse-config.ts';
import { readConfig, readEnvironment, readLocations } from '../config/read-config.ts';
import { readKeys } from '../config/read-keys.ts';
import { findExtraCaFaults, findTlsFaults } from '../config/read-tls.ts';
import { systemClock } from '../domain/kernel/clock.ts';
import type { Parts } from '../app.ts';
import { Fault } from '../domain/kernel/errors.ts';
import { findInstallationFaults } from './check-installation.ts';
import { createLogSigner } from '../domain/ledger/checkpoint.ts';
import { toVerifier } from '../domain/ledger/signed-note.ts';
import { readWitnessPolicy } from '../outbound/witnesses.ts';
import type { Storage } from '../storage/open-storage.ts';

export type PartsAsked = {
  readonly file: string | undefined;
  /** `migrate` opens a database that still needs it. */
  readonly allowsPending: boolean;
  /** Whether this process will answer requests, so that what ends TLS matters too. */
  readonly isListening?: true;
  /** Absent: the environment of this process. */
  readonly env?: Environment;
};

type Places = Pick<Locations, 'auditDatabase'> & { readonly database: NonNullable<Locations['database']> };

async function openDatabase({ auditDatabase, database }: Places): Promise<Checked<Storage>> {
  // The database library is large: commands that only print help never load it.
  const { openStorage } = await import('../storage/open-storage.ts');
  try {
    return { ok: true, value: openStorage(database, auditDatabase) };
  } catch (thrown) {
    if (!(thrown instanceof Fault)) {
      throw thrown;
    }
    const fix = 'Name the database that "huwiya migrate" made; docs/runbooks/restore.md says what to do when that one is broken';
    return { ok: false, faults: [{ setting: 'HUWIYA_DATABASE', problem: `cannot be opened: ${thrown.detail}`, fix }] };
  }
}

async function openChecked(places: Places, allowsPending: boolean): Promise<Checked<Storage>> {
  const storage = await openDatabase(places);
  const faults = allowsPending || !storage.ok ? [] : await storage.value.checkStart();
  if (!storage.ok || faults.length === 0) {
    return storage;
  }
  await storage.value.close();
  return { ok: false, faults };
}

type Found = { readonly config: Checked<Config>; readonly keys: Checked<Keys>; readonly storage: Checked<Storage> };

/** Not to be found where the configuration does not say where to look; its own fault says so already. */
const unknown = { ok: false, faults: [] } as const;

/** Only a process that answers requests needs TLS to end somewhere. */
function findServingFaults(config: Config, { isListening }: PartsAsked): readonly StartFault[] {
  if (isListening !== true) {
    return [];
  }
  return [...findListenerFaults(config), ...findTlsFaults(config, systemClock.now()), ...findExtraCaFaults(config)];
}

function findPolicyFaults({ config, keys }: Parts): readonly StartFault[] {
  const policy = readWitnessPolicy(config, toVerifier(createLogSigner(config.issuer, keys.checkpoint.privateKey)));
  return policy.ok ? [] : policy.faults;
}

/** Closes the database unless everything belongs together. */
async function checkBelonging(parts: Parts, asked: PartsAsked): Promise<Checked<Parts>> {
  const faults = [...findServingFaults(parts.config, asked), ...findPolicyFaults(parts), ...(await findInstallationFaults(parts))];
  if (faults.length === 0) {
    return { ok: true, value: parts };
  }
  await parts.storage.close();
  return { ok: false, faults };
}

async function toParts({ config, keys, storage }: Found, asked: PartsAsked): Promise<Checked<Parts>> {
  if (config.ok && keys.ok && storage.ok) {
    const parts = { config: config.value, keys: keys.value, storage: storage.value };
    return asked.allowsPending ? { ok: true, value: parts } : checkBelonging(parts, asked);
  }
  if (storage.ok) {
    await storage.value.close();
  }
  const listener = config.ok ? findServingFaults(config.value, asked) : [];
  return { ok: false, faults: [...listener, ...[config, keys, storage].flatMap((checked) => (checked.ok ? [] : checked.faults))] };
}

/** One failed start names the faults of configuration, keys and database together, as far as they can be found. */
export async function loadParts(asked: PartsAsked): Promise<Checked<Parts>> {
  const source = { file: asked.file, env: asked.env ?? readEnvironment() };
  const { keysFolder, database, auditDatabase } = readLocations(source);
  const found = {
    config: readConfig(source),
    keys: keysFolder === undefined ? unknown : readKeys(keysFolder),
    storage: database === undefined ? unknown : await openChecked({ database, auditDatabase }, asked.allowsPending),
  };
  return toParts(found, asked);
}
