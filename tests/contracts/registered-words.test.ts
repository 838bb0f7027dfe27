import { writeFileSync } from 'node:fs';
import { afterAll, expect, it } from 'vitest';
import { runAgenciesApply } from '../../src/cli/agencies-apply.ts';
import { toCanonicalJson } from '../../src/domain/kernel/canonical.ts';
import { toDigest } from '../../src/domain/kernel/ids.ts';
import { openStorage } from '../../src/storage/open-storage.ts';
import { createCapturedContext } from '../support/captured-context.ts';
import { placeMigratedFile } from '../support/migrated-file.ts';
import { openDatabaseFile } from '../support/open-database.ts';
import { createAgencyFile, createPublicJwk, createPurposeFile, createServiceFile, toFileText } from '../support/sample-proposal.ts';
import { createTestFolder } from '../support/sqlite-database.ts';

const folder = createTestFolder();
afterAll(() => folder.remove());

it('The entry of a registration names the purpose as the register gives it back, so that a pack can prove its words', async () => {
  const path = folder.path('words.db');
  await placeMigratedFile(path);
  const storage = openStorage({ kind: 'sqlite', path });
  const service = createServiceFile({ jwks: { keys: [createPublicJwk()] }, purposes: [createPurposeFile()] });
  writeFileSync(folder.path('agency.json'), toFileText(createAgencyFile([service])));
  const captured = createCapturedContext(storage);
  const code = await runAgenciesApply(captured.context, { file: folder.path('agency.json'), json: true });
  expect([code, captured.takeErr()]).toEqual([0, '']);
  const [purpose] = await storage.agencies.listPurposes();
  const database = openDatabaseFile(path);
  const [entry] = database.rows("SELECT body FROM entries WHERE type = 'purpose.changed'");
  database.close();
  await storage.close();
  expect(purpose?.text).toMatchObject({ ar: expect.any(String), en: expect.any(String) });
  expect(JSON.parse(String(entry?.['body']))).toMatchObject({
    purpose_version: purpose?.version,
    payload: { sha256: toDigest(toCanonicalJson(purpose ?? null)) },
  });
});
