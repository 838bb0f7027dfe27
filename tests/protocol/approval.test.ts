// The approver's desk over HTTP: what the command submits waits there, in words, and takes effect by the decision of another person alone.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runAgenciesApply } from '../../src/cli/agencies-apply.ts';
import { runAgenciesCheck } from '../../src/cli/agencies-check.ts';
import { createCapturedContext } from '../support/captured-context.ts';
import type { CapturedContext } from '../support/captured-context.ts';
import { confirmShown, decideShown } from '../support/counter.ts';
import { findErrorCode } from '../support/case-world.ts';
import { openWorldDatabase, whileInsertFails } from '../support/open-database.ts';
import type { OpenDatabase } from '../support/open-database.ts';
import { createAgencyFile, createPublicJwk, createPurposeFile, createServiceFile, toFileText } from '../support/sample-proposal.ts';
import { createSignedInOfficer } from '../support/staff-journey.ts';
import type { Officer } from '../support/staff-journey.ts';
import { createAgency, createEvent, createPurpose, createService, noChanges } from '../support/store-samples.ts';
import type { Answered } from '../support/user-agent.ts';
import { getForm } from '../support/visits.ts';
import { createWorld } from '../support/world.ts';
import type { World } from '../support/world.ts';

type Waiting = { readonly id: string; readonly changes: readonly unknown[] } | null;

describe('approval', () => {
  let world: World;
  let database: OpenDatabase;
  let captured: CapturedContext;
  let approver: Officer;
  const jwks = { keys: [createPublicJwk()] };
  const service = { client_id: 'parks-tickets', sector: 'parks', redirect_uris: ['https://tickets.parks.example/callback'], jwks };

  beforeAll(async () => {
    world = await createWorld();
    database = openWorldDatabase(world);
    captured = createCapturedContext(world.storage);
    await apply({});
    approver = await createSignedInOfficer(world, 'approver');
  });
  afterAll(async () => {
    database.close();
    await world.close();
  });

  async function apply(
    purpose: Readonly<Record<string, unknown>>,
    json = true,
    asked: Readonly<Record<string, unknown>> = service,
  ): Promise<Waiting> {
    const file = join(world.folder, 'agencies.json');
    const proposed = createServiceFile({ ...asked, purposes: [createPurposeFile(purpose)] });
    const name = { ar: 'هيئة الحدائق', en: 'Parks Authority' };
    writeFileSync(file, toFileText(createAgencyFile([proposed], { id: 'parks', registration_number: '7000000009', name })));
    const code = await runAgenciesApply(captured.context, { file, json });
    if (code !== 0) {
      throw new Error(captured.takeErr());
    }
    if (!json) {
      return null;
    }
    const printed: { readonly waiting: Waiting } = JSON.parse(captured.takeOut());
    captured.takeErr();
    return printed.waiting;
  }

  const open = async (path = '/office', officer = approver): Promise<Answered> => officer.traveller.agent.get(`${world.issuer}${path}`);
  const decide = async (id: string, fields: Readonly<Record<string, string>>, officer = approver): Promise<Answered> => {
    const form = getForm(await open(`/office/submissions/${id}`), /\/office\/submissions\/[^/]+$/);
    return decideShown(officer.traveller, form, fields);
  };
  const readRetention = async (): Promise<string | undefined> =>
    (await world.storage.agencies.findService('parks-tickets'))?.purposes[0]?.retention;
  const getId = (waiting: Waiting): string => waiting?.id ?? '';

  it('takes what is new before the first approver at once, and says afterwards that it waits', async () => {
    expect(await readRetention()).toBe('P2Y');
    await apply({ retention: 'P5Y' }, false);
    expect(captured.takeOut()).toMatch(
      /^0 changed, 2 unchanged\n1 new or wider, waiting for an approver at .*\/office: submission .*\n {2}~ purpose /,
    );
    expect(await readRetention()).toBe('P2Y');
  });

  it('lists what waits, and shows old and new in words, texts in both languages', async () => {
    const id = getId(await apply({ retention: 'P5Y', text: { ar: 'شراء تذكرة', en: 'Buy a ticket' } }));
    const list = await open('/office?lang=en');
    expect(list.body).toContain(`href="/office/submissions/${id}"`);
    expect(list.body).toContain('Parks Authority');
    const page = await open(`/office/submissions/${id}?lang=en`);
    for (const shown of ['2 years', '5 years', 'Buy a ticket', 'شراء تذكرة', 'Renew a work permit']) {
      expect(page.body).toContain(shown);
    }
    expect((await open(`/office/submissions/${id}?lang=ar`)).body).toContain('بعد الاعتماد');
  });

  it('shows the whole purpose beside the difference, and the page as people would see it in both languages', async () => {
    const id = getId(await apply({ retention: 'P7Y' }));
    const page = await open(`/office/submissions/${id}?lang=en`);
    const [, whole = ''] = page.body.split('The whole purpose as it would be');
    expect(whole).toContain('First name');
    const links = [...page.body.matchAll(/href="([^"]+)" data-action="preview"/g)].map(([, url = '']) => url.replaceAll('&amp;', '&'));
    expect(links).toHaveLength(2);
    const pages = await Promise.all(links.map(async (link) => (await open(link)).body.replaceAll(/[\u2066-\u2069]/g, '')));
    const [arabic, english] = pages;
    expect([arabic?.includes('7 سنوات'), english?.includes('7 years at most')]).toEqual([true, true]);
    expect(english).toContain('Preview: the values are samples');
    expect(findErrorCode(await open(`/office/submissions/${id}/preview?change=9&kind=citizen&language=ar`))).toBe('request/invalid');
    expect(findErrorCode(await open(`/office/submissions/${id}/preview?change=0&kind=everybody&language=ar`))).toBe('request/invalid');
    await decide(id, { decision: 'decline', reason: 'Seen' });
  });

  it('leaves an entry of each look before anything is shown, and shows nothing while that cannot be written', async () => {
    const id = getId(await apply({ retention: 'P11Y' }));
    const preview = `/office/submissions/${id}/preview?change=0&kind=citizen&language=ar`;
    const readLooks = (): readonly unknown[] =>
      database
        .rows(`SELECT body FROM entries WHERE type = 'submission.viewed' AND body LIKE '%${id}%' ORDER BY at`)
        .map(({ body }): unknown => JSON.parse(String(body)));
    expect(readLooks()).toEqual([]);
    for (const path of [`/office/submissions/${id}`, preview]) {
      const failed = await whileInsertFails(database, 'entries', async () => open(path));
      expect([failed.status, findErrorCode(failed)]).toEqual([503, 'ledger/unavailable']);
    }
    expect(findErrorCode(await open(preview.replace('change=0', 'change=9')))).toBe('request/invalid');
    expect(readLooks()).toEqual([]);
    await open(`/office/submissions/${id}`);
    await open(preview);
    const actor = { kind: 'officer', ref: approver.id };
    expect(readLooks()).toMatchObject([
      { actor, payload: { submission: id, part: 'changes' } },
      { actor, payload: { submission: id, part: 'preview', change: 0, kind: 'citizen', language: 'ar' } },
    ]);
    await decide(id, { decision: 'decline', reason: 'Seen' });
  });

  it('needs a reason to decline, and then changes nothing', async () => {
    const id = getId(await apply({ retention: 'P6Y' }));
    const again = await decide(id, { decision: 'decline', reason: ' \u200F ' });
    expect([again.status, again.body.includes('id="reason-error"')]).toEqual([400, true]);
    const declined = await decide(id, { decision: 'decline', reason: 'Two years are enough' });
    expect(declined.url).toBe(`${world.issuer}/office?decided=declined`);
    expect(await readRetention()).toBe('P2Y');
    expect(
      database
        .rows("SELECT body FROM entries WHERE type = 'purpose.declined'")
        .map((row) => String(row['body']))
        .join(),
    ).toContain('Two years are enough');
    expect(findErrorCode(await open(`/office/submissions/${id}`))).toBe('submission/decided');
  });

  it('changes nothing while the decision cannot be entered in the log', async () => {
    const id = getId(await apply({ retention: 'P7Y' }));
    const form = getForm(await open(`/office/submissions/${id}`), /\/office\/submissions\/[^/]+$/);
    const asking = await approver.traveller.agent.post(form.action, { ...form.fields, decision: 'approve' });
    expect(await readRetention()).toBe('P2Y');
    const confirm = getForm(asking, /\/office\/submissions\/[^/]+$/);
    const confirmation = await confirmShown(approver.traveller, asking);
    const approve = async (): Promise<Answered> => approver.traveller.agent.post(confirm.action, { ...confirm.fields, confirmation });
    const failed = await whileInsertFails(database, 'entries', approve);
    expect([failed.status, findErrorCode(failed)]).toEqual([503, 'ledger/unavailable']);
    expect(await readRetention()).toBe('P2Y');
    expect((await open()).body).toContain(id);
  });

  it('puts into force what is approved, at once, and what was submitted against the old register can no longer be', async () => {
    const [id, late] = [getId(await apply({ retention: 'P3Y' })), getId(await apply({ retention: 'P4Y' }))];
    const page = await open(`/office/submissions/${late}`);
    const approved = await decide(id, { decision: 'approve', reason: 'As the law says' });
    expect(approved.url).toBe(`${world.issuer}/office?decided=approved`);
    expect(await readRetention()).toBe('P3Y');
    const form = getForm(page, /\/office\/submissions\/[^/]+$/);
    expect(findErrorCode(await decideShown(approver.traveller, form, { decision: 'approve' }))).toBe('submission/stale');
    expect((await open(`/office/submissions/${late}`)).body).not.toContain('data-action="approve"');
    expect(await apply({ retention: 'P3Y' })).toBeNull();
  });

  it('says of what would now take a sector of another agency that it can only be declined, and shows whose service has such a name', async () => {
    const id = getId(
      await apply({ retention: 'P8Y' }, true, { ...service, client_id: 'parks-maps', sector: 'maps', jwks: { keys: [createPublicJwk()] } }),
    );
    expect((await open(`/office/submissions/${id}`)).body).toContain('data-action="approve"');
    const rival = createAgency();
    const maps = createService(rival.id, { sector: 'maps', name: { ar: 'خرائط', en: 'WORK PERMITS' } });
    await world.storage.agencies.saveChanges({ ...noChanges, agencies: [rival], services: [maps] });
    const page = await open(`/office/submissions/${id}?lang=en`);
    expect([page.body.includes('data-action="approve"'), page.body.includes('now belongs to another agency')]).toEqual([false, true]);
    for (const shown of ['Services with a similar name', 'WORK PERMITS', `of ${rival.name.en}`]) {
      expect(page.body.replaceAll(/[\u2066-\u2069]/g, '')).toContain(shown);
    }
    expect((await decide(id, { decision: 'decline', reason: 'The sector is taken' })).status).toBe(200);
  });

  it('RG-18 takes another legal basis into force by two approvers only, who read why, and nobody counts twice', async () => {
    const law = { type: 'public_task', law_ref: { ar: 'نظام الحدائق، المادة 2', en: 'Parks Law, article 2' } };
    const readBasis = async (): Promise<string | undefined> =>
      (await world.storage.agencies.findService('parks-tickets'))?.purposes[0]?.legalBasis.type;
    const id = getId(await apply({ retention: 'P3Y', legal_basis: law }));
    const path = `/office/submissions/${id}`;
    const page = await open(`${path}?lang=en`);
    expect([page.body.includes('needs two approvers'), page.body.includes('It changes the legal basis.')]).toEqual([true, true]);
    const form = getForm(page, /\/office\/submissions\/[^/]+$/);
    expect((await decide(id, { decision: 'approve', reason: 'Seen by one' })).url).toBe(`${world.issuer}/office?decided=first`);
    expect(await readBasis()).toBe('consent');
    expect((await open(path)).body).not.toContain('data-action="approve"');
    const again = await approver.traveller.agent.post(form.action, { ...form.fields, decision: 'approve' });
    expect(findErrorCode(again)).toBe('submission/approved');
    const second = await createSignedInOfficer(world, 'approver', 'Another approver');
    const seen = await open(`${path}?lang=en`, second);
    expect(seen.body).toContain('Seen by one');
    const other = getForm(seen, /\/office\/submissions\/[^/]+$/);
    const bare = await second.traveller.agent.post(other.action, { ...other.fields, decision: 'approve', confirmation: 'x' });
    expect([findErrorCode(bare), await readBasis()]).toEqual(['officer/unconfirmed', 'consent']);
    const agreed = await decideShown(second.traveller, other, { decision: 'approve' });
    expect(agreed.url).toBe(`${world.issuer}/office?decided=approved`);
    expect(await readBasis()).toBe('public_task');
    const entries = database
      .rows(`SELECT type FROM entries WHERE body LIKE '%${id}%' AND type LIKE 'purpose.%' ORDER BY at, type`)
      .map((row) => row['type']);
    expect(entries).toEqual(['purpose.submitted', 'purpose.approved', 'purpose.approved', 'purpose.changed']);
  });

  it('RG-18 shows a purpose that comes back beside what it was, and the command says that it waits for two', async () => {
    const law = { type: 'public_task', law_ref: { ar: 'نظام الحدائق، المادة 3', en: 'Parks Law, article 3' } };
    const gone = { ...service, client_id: 'parks-lakes', sector: 'lakes', jwks: { keys: [createPublicJwk()] } };
    const { agencies } = world.storage;
    await agencies.saveChanges({
      ...noChanges,
      services: [createService('parks', { clientId: 'parks-lakes', sector: 'lakes' })],
      purposes: [createPurpose('parks-lakes', { id: 'fishing' })],
    });
    await agencies.saveChanges({ ...noChanges, endedPurposes: [{ clientId: 'parks-lakes', id: 'fishing' }] });
    const file = join(world.folder, 'agencies.json');
    const id = getId(await apply({ id: 'fishing', legal_basis: law }, true, gone));
    expect(await runAgenciesCheck(captured.context, { file, json: false })).toBe(0);
    expect(captured.takeOut()).toContain('waits for two approvers: + purpose parks-lakes/fishing version 2');
    const page = await open(`/office/submissions/${id}?lang=en`);
    for (const shown of ['needs two approvers', 'It changes the legal basis.', 'It asks without a choice']) {
      expect(page.body).toContain(shown);
    }
    const [differences = '', whole = ''] = page.body.split('The whole purpose as it would be');
    expect([differences.includes('When it ended'), whole.includes('First name')]).toEqual([true, true]);
    expect([differences.includes('>consent<'), differences.includes('public task')]).toEqual([true, true]);
    await decide(id, { decision: 'decline', reason: 'Seen' });
  });

  it('is for approvers, and takes no form of another session', async () => {
    const id = getId(await apply({ retention: 'P9Y' }));
    const [registrar, other] = [
      await createSignedInOfficer(world, 'registrar'),
      await createSignedInOfficer(world, 'approver', 'Second approver'),
    ];
    expect(findErrorCode(await open(`/office/submissions/${id}`, registrar))).toBe('officer/other-role');
    expect(findErrorCode(await decide(id, { decision: 'approve' }, registrar))).toBe('officer/other-role');
    expect(findErrorCode(await decide(id, { decision: 'approve' }, other))).toBe('request/form-outdated');
    expect(findErrorCode(await decide(id, { decision: 'perhaps' }))).toBe('request/invalid');
    expect(findErrorCode(await open('/office/submissions/nobody'))).toBe('submission/unknown');
    expect(await readRetention()).toBe('P3Y');
  });

  it('goes on waiting when the only approver is suspended: a suspension is no way around', async () => {
    await world.storage.staff.saveStatus({
      officerId: approver.id,
      status: 'suspended',
      event: createEvent('officer.status_changed'),
    });
    expect(await apply({ retention: 'P10Y' })).not.toBeNull();
    expect(await readRetention()).toBe('P3Y');
  });
});
