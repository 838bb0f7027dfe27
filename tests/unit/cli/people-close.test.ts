// The day after an older backup was restored: who had closed the account is closed again, by what a newer copy of the database remembers.

import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadParts } from '../../../src/cli/load-parts.ts';
import { runPeopleClose } from '../../../src/cli/people-close.ts';
import { writeSetup } from '../../../src/config/write-setup.ts';
import { closeAgain } from '../../../src/domain/home/close-again.ts';
import { toAuthorityNeeds } from '../../../src/cli/consents-end.ts';
import { toContext } from '../../../src/cli/with-parts.ts';
import type { Parts } from '../../../src/app.ts';
import { systemClock } from '../../../src/domain/kernel/clock.ts';
import { createCapturedContext } from '../../support/captured-context.ts';
import { createGrant } from '../../support/store-samples.ts';
import type { Grant } from '../../support/store-samples.ts';

describe('people close', () => {
  let folder: string;
  const fileOf = (of: string, name: string): string => join(folder, of, name);

  async function load(of: string, database = 'huwiya.db', allowsPending = false): Promise<Parts> {
    const env = { HUWIYA_DATABASE: `sqlite:${fileOf(of, database)}` };
    const parts = await loadParts({ file: fileOf(of, 'huwiya.env'), allowsPending, env });
    if (!parts.ok) {
      throw new Error(JSON.stringify(parts.faults));
    }
    return parts.value;
  }

  async function within<T>(parts: Parts, act: (parts: Parts) => Promise<T>): Promise<T> {
    try {
      return await act(parts);
    } finally {
      await parts.storage.close();
    }
  }

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'huwiya-close-'));
    for (const name of ['own', 'other']) {
      writeSetup({ issuer: 'http://localhost:3999', folder: join(folder, name) });
      await within(await load(name, 'huwiya.db', true), async ({ storage }) => storage.migrate(systemClock));
      await within(await load(name), async () => undefined);
    }
  });

  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  /** As a backup, a closing and a restore leave it: an old copy in which everybody is active, and a newer one that knows who left. */
  async function loseTime(): Promise<{ readonly left: Grant; readonly stayed: Grant }> {
    const people = await within(await load('own'), async ({ storage }) => ({
      left: await createGrant(storage),
      stayed: await createGrant(storage),
    }));
    copyFileSync(fileOf('own', 'huwiya.db'), fileOf('own', 'restored.db'));
    await within(await load('own'), async (parts) => {
      const { erasures, home } = parts.storage;
      const needs = { ...toAuthorityNeeds(toContext(parts)), erasures, home };
      const late = await createGrant(parts.storage);
      await closeAgain(needs, people.left.person.id);
      await closeAgain(needs, late.person.id);
    });
    return people;
  }

  const run = async (closedIn: string): Promise<readonly [code: number, said: string]> =>
    within(await load('own', 'restored.db'), async (parts) => {
      const { context, takeErr, takeOut } = createCapturedContext(parts.storage);
      const code = await runPeopleClose(parts, { closedIn, json: false }, { out: context.out, err: context.err });
      return [code, takeOut() + takeErr()];
    });

  it('ends what stands, destroys what leads back, tells the agency, and leaves everybody else as they are', async () => {
    const { left, stayed } = await loseTime();
    const survivor = `sqlite:${fileOf('own', 'huwiya.db')}`;
    expect(await run(survivor)).toEqual([0, '1 closed again, 0 closed already, 1 not in this database\n']);
    await within(await load('own', 'restored.db'), async ({ storage }) => {
      expect(await storage.people.findPerson(left.person.id)).toMatchObject({
        status: 'closed',
        sealed: { wrappedKey: '', ciphertext: '' },
      });
      expect((await storage.consents.listDecisions(left.consent.id)).map(({ change }) => change)).toEqual(['given', 'revoked']);
      expect(await storage.people.findPersonByRegistry(left.person.registryDigest)).toBeUndefined();
      expect(await storage.people.findPerson(stayed.person.id)).toMatchObject({ status: 'active' });
      expect(await storage.consents.findConsent(stayed.consent.id)).toMatchObject({ state: 'given' });
    });
    expect(await run(survivor)).toEqual([0, '0 closed again, 1 closed already, 1 not in this database\n']);
  });

  it('believes no database of another installation, none that is not there, and no other text', async () => {
    const { left } = await loseTime();
    expect(await run(`sqlite:${fileOf('other', 'huwiya.db')}`)).toEqual([1, 'people close: --closed-in belongs to another installation\n']);
    expect(await run(`sqlite:${fileOf('own', 'absent.db')}`)).toEqual([1, 'people close: --closed-in names a file that is not there\n']);
    expect(await run('huwiya.db')).toEqual([1, 'people close: --closed-in is neither sqlite:PATH nor a postgres:// URL\n']);
    expect((await run(`sqlite:${fileOf('own', 'huwiya.env')}`))[1]).toContain('people close: --closed-in cannot be read');
    await within(await load('own', 'restored.db'), async ({ storage }) => {
      expect(await storage.people.findPerson(left.person.id)).toMatchObject({ status: 'active' });
    });
  });
});
