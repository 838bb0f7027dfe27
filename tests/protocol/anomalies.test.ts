// What auditors see without asking: the sweep leads to the entries, names no person, and is a look in the log.

import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { systemClock } from '../../src/domain/kernel/clock.ts';
import { systemRandom } from '../../src/domain/kernel/ids.ts';
import { sealEvent } from '../../src/domain/ledger/event.ts';
import { createSignedInOfficer } from '../support/staff-journey.ts';
import type { Officer } from '../support/staff-journey.ts';
import { openWorldDatabase } from '../support/open-database.ts';
import type { OpenDatabase } from '../support/open-database.ts';
import { createWorld } from '../support/world.ts';
import type { World } from '../support/world.ts';

const personRef = 'somebody-who-must-not-be-shown';

describe('the page of anomalies', () => {
  let world: World;
  let auditor: Officer;
  let database: OpenDatabase;
  const countLooks = (): number =>
    Number(database.rows(`SELECT count(*) AS n FROM entries WHERE type = 'record.searched' AND body LIKE '%"anomalies"%'`)[0]?.['n']);

  beforeAll(async () => {
    world = await createWorld();
    database = openWorldDatabase(world);
    auditor = await createSignedInOfficer(world, 'auditor');
    const draft = {
      type: 'data.released',
      personRef,
      actor: { kind: 'service', ref: 'mol-work-permit' },
      service: 'mol-work-permit',
    } as const;
    const about = { purpose: 'permit-renewal', purposeVersion: 1, record: 'unknown-record', attributes: ['given_name'] };
    const event = sealEvent({ clock: systemClock, random: systemRandom }, { ...draft, ...about });
    await world.storage.engine.commit([{ kind: 'append-event', event }], systemClock.now());
    await vi.waitUntil(() => database.rows('SELECT id FROM entries WHERE log_index IS NULL').length === 0);
  });
  afterAll(async () => {
    database.close();
    await world.close();
  });

  const show = async (query = ''): Promise<string> =>
    (await auditor.traveller.agent.get(`${world.issuer}/audit/anomalies${query}`)).body.replaceAll(/[\u2066-\u2069]/g, '');

  it('shows what must never happen first, with its rule, and leads to the entry', async () => {
    const page = await show('?lang=en');
    const [{ index } = {}] = database.rows('SELECT log_index AS "index" FROM entries WHERE type = \'data.released\' ORDER BY rowid');
    expect(page).toContain('Data left without a decision of that person for that service and purpose.');
    expect(page).toContain('Shared without a record: 1');
    expect(page).toContain(`href="/audit/entries/${String(index)}"`);
    expect(page).toMatch(/href="\/audit\/questions\/released-without-record\?ask=1&amp;from=[\d-]{10}&amp;to=[\d-]{10}"/);
    expect((await auditor.traveller.agent.get(`${world.issuer}/audit/questions/released-without-record`)).status).toBe(200);
    expect(page.indexOf('Must never happen')).toBeLessThan(page.indexOf('Deserves a look'));
  });

  it('holds no person, and each look at it is an entry', async () => {
    const before = countLooks();
    expect(await show()).not.toContain(personRef);
    expect(countLooks()).toBe(before + 1);
  });

  it('is shown for the periods that there are, and for auditors alone', async () => {
    expect(await show('?days=7&lang=ar')).toContain('dir="rtl"');
    const before = countLooks();
    expect((await auditor.traveller.agent.get(`${world.issuer}/audit/anomalies?days=8`)).status).toBe(400);
    const nobody = await fetch(`${world.issuer}/audit/anomalies`);
    expect(await nobody.text()).not.toContain('unknown-record');
    expect(countLooks()).toBe(before);
  });

  it('is reached from the desk', async () => {
    const desk = await auditor.traveller.agent.get(`${world.issuer}/audit`);
    expect(desk.body).toContain('href="/audit/anomalies"');
  });
});
