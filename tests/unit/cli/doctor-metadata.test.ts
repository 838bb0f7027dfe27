// What `huwiya doctor` says of the metadata: that they are late, and that services demand a level that nobody reaches without them.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { examine } from '../../../src/cli/doctor.ts';
import { loadParts } from '../../../src/cli/load-parts.ts';
import { writeSetup } from '../../../src/config/write-setup.ts';
import type { AgencyChanges } from '../../../src/domain/agencies/store.ts';
import { systemClock } from '../../../src/domain/kernel/clock.ts';
import type { Storage } from '../../../src/storage/open-storage.ts';
import { createAgency, createEvent, createService, noChanges } from '../../support/store-samples.ts';
import { findFreePort } from '../../support/world.ts';

describe('doctor on metadata', () => {
  let folder: string;
  const settings = (): string => join(folder, 'huwiya.env');

  const load = async (): Promise<{ readonly storage: Storage }> => {
    const parts = await loadParts({ file: settings(), allowsPending: true, env: {} });
    if (!parts.ok) {
      throw new Error(JSON.stringify(parts.faults));
    }
    return parts.value;
  };
  const complain = async (): Promise<readonly string[]> =>
    (await examine({ file: settings(), env: {}, depth: 'quick', progress: () => undefined }))
      .filter(({ check, result }) => check === 'metadata' && result !== 'ok')
      .map(({ check, result, detail }) => `${result} ${check}: ${detail}`);

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'huwiya-doctor-'));
    writeSetup({ issuer: `http://localhost:${await findFreePort()}`, folder });
    const { storage } = await load();
    await storage.migrate(systemClock);
    await storage.close();
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it('tells that services demand a level that nobody reaches while no metadata were imported', async () => {
    const { storage } = await load();
    const agency = createAgency();
    const save = async (changes: Partial<AgencyChanges>): Promise<void> => storage.agencies.saveChanges({ ...noChanges, ...changes });
    const closed = createService(agency.id, { minimumLevel: 'high', status: 'suspended' });
    await save({ agencies: [agency], services: [createService(agency.id), closed] });
    expect(await complain()).toEqual([]);
    await save({ services: [createService(agency.id, { minimumLevel: 'high' })] });
    expect(await complain()).toEqual(['warning metadata: none were imported, and services that demand high: 1; nobody can enter them']);
    const dates = { nextUpdate: Date.now() + 86_400_000, importedAt: Date.now() };
    const source = { source: 'fido', name: 'Alliance', number: 1, digest: '', ...dates };
    await storage.metadata.saveEdition({ source, models: [], event: createEvent('metadata.imported') });
    await storage.close();
    expect(await complain()).toEqual([]);
  });

  it('tells which metadata are late', async () => {
    const { storage } = await load();
    const dates = { nextUpdate: Date.parse('2026-01-31T00:00:00Z'), importedAt: Date.parse('2026-01-01T00:00:00Z') };
    const source = { source: 'fido', name: 'Alliance', number: 1, digest: '', ...dates };
    await storage.metadata.saveEdition({ source, models: [], event: createEvent('metadata.imported') });
    await storage.close();
    expect(await complain()).toContain('warning metadata: an edition of Alliance was due on 2026-01-31');
  });
});
