// Who may look through a case, at what, and whom a pseudonym leads back to. On the real database of a single test.

import { createSecretKey, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addCaseMember } from '../../../src/domain/audit/add-case-member.ts';
import { findCasePerson, toCaseFilter, toCasePseudonyms } from '../../../src/domain/audit/case-people.ts';
import type { CaseNeeds } from '../../../src/domain/audit/case-needs.ts';
import { longestCaseMs, toCasePseudonym } from '../../../src/domain/audit/case.ts';
import type { CaseScope, OpenedCase } from '../../../src/domain/audit/case.ts';
import { closeCase } from '../../../src/domain/audit/close-case.ts';
import { openNewCase } from '../../../src/domain/audit/open-case.ts';
import { requireCase, requireCaseByNumber } from '../../../src/domain/audit/require-case.ts';
import { getValue } from '../../../src/domain/kernel/errors.ts';
import { systemRandom } from '../../../src/domain/kernel/ids.ts';
import type { OpenedDatabase } from '../../support/opened-database.ts';
import { createSqliteDatabase } from '../../support/sqlite-database.ts';
import { createEvent, createName, createScene, now } from '../../support/store-samples.ts';

const day = 86_400_000;
const covers = { from: null, to: null };

describe('a case', () => {
  const folder = createSqliteDatabase();
  let database: OpenedDatabase;
  let at = now;
  let needs: CaseNeeds;

  beforeAll(async () => {
    database = await folder.open();
    const { cases, staff, agencies } = database.storage;
    needs = { cases, staff, agencies, clock: { now: () => at }, random: systemRandom, dataKey: createSecretKey(randomBytes(32)) };
  });

  afterAll(async () => {
    await database.close();
    await folder.stop();
  });

  const hire = async (agencyId: string | null = null): Promise<{ readonly id: string; readonly agencyId: string | null }> => {
    const id = createName();
    const named = { id, name: createName(), role: 'auditor', agencyId, status: 'active' } as const;
    const invitation = { digest: createName(), officerId: id, createdAt: now, expiresAt: now + day };
    const officer = { ...named, language: null, handle: createName(), createdAt: now };
    await database.storage.staff.saveInvitation({ officer, invitation, event: createEvent('officer.invited') });
    return { id, agencyId };
  };
  const open = async (officer: { readonly id: string; readonly agencyId: string | null }, scope: CaseScope): Promise<OpenedCase> => {
    const draft = {
      number: createName().replaceAll('_', '-'),
      authority: 'Court',
      basis: 'complaint',
      scope,
      covers,
      endsAt: at + 30 * day,
    } as const;
    const opened = getValue(await openNewCase(needs, officer, draft));
    return getValue(await requireCase(needs, { officerId: officer.id, caseId: opened.id }));
  };

  it('opens for its members alone, and shows nobody once it is over', async () => {
    const [opener, colleague] = [await hire(), await hire()];
    const opened = await open(opener, { kind: 'all' });
    const ask = async (officerId: string) => requireCase(needs, { officerId, caseId: opened.id });
    expect(await ask(colleague.id)).toMatchObject({ ok: false, code: 'audit/case-unknown' });
    getValue(await addCaseMember(needs, { officerId: opener.id, caseId: opened.id }, colleague.id));
    expect((await ask(colleague.id)).ok).toBe(true);
    at = opened.endsAt;
    expect(await ask(colleague.id)).toMatchObject({ ok: false, code: 'audit/case-ended' });
    at = now;
    getValue(await closeCase(needs, { officerId: colleague.id, caseId: opened.id }));
    expect(await ask(opener.id)).toMatchObject({ ok: false, code: 'audit/case-ended' });
    expect(await requireCaseByNumber(needs, opened.number)).toMatchObject({ ok: false, code: 'audit/case-ended' });
  });

  it('lasts a year at most', async () => {
    const draft = { number: 'Y-1', authority: 'Court', basis: 'complaint', scope: { kind: 'all' }, covers } as const;
    const tooLong = await openNewCase(needs, await hire(), { ...draft, endsAt: at + longestCaseMs + 1 });
    expect(tooLong).toMatchObject({ ok: false, code: 'audit/case-too-long' });
  });

  it('AL-16 stays within the mandate of one agency: no case over all, none over another, and its own services alone', async () => {
    const [{ service }, other] = [await createScene(database.storage), await createScene(database.storage)];
    const officer = await hire(service.agencyId);
    const draft = { number: createName().replaceAll('_', '-'), authority: 'Court', basis: 'inspection', covers, endsAt: at + day } as const;
    for (const scope of [{ kind: 'all' }, { kind: 'agency', agencyId: other.service.agencyId }] as const) {
      expect(await openNewCase(needs, officer, { ...draft, scope })).toMatchObject({ ok: false, code: 'audit/mandate' });
    }
    const opened = await open(officer, { kind: 'agency', agencyId: service.agencyId });
    expect(await toCaseFilter(needs, opened)).toEqual({ services: [service.clientId] });
    const single = await open(officer, { kind: 'person' });
    expect(await toCaseFilter(needs, single)).toEqual({ services: [service.clientId], personRefs: [] });
    const wide = await open(await hire(), { kind: 'all' });
    expect(await addCaseMember(needs, { officerId: wide.openedBy, caseId: wide.id }, officer.id)).toMatchObject({
      code: 'audit/member-unfit',
    });
  });

  it('AL-16 lets its own period through, and no other', async () => {
    const opener = await hire();
    const draft = { number: 'T-1', authority: 'Court', basis: 'inspection', scope: { kind: 'all' }, endsAt: at + day } as const;
    const { id } = getValue(await openNewCase(needs, opener, { ...draft, covers: { from: at - 9 * day, to: at - 2 * day } }));
    const opened = getValue(await requireCase(needs, { officerId: opener.id, caseId: id }));
    expect(await toCaseFilter(needs, opened)).toEqual({ from: at - 9 * day, to: at - 2 * day });
  });

  it('leads its own pseudonyms back, and no other', async () => {
    const { person } = await createScene(database.storage);
    const [one, other] = [await open(await hire(), { kind: 'all' }), await open(await hire(), { kind: 'all' })];
    const [pseudonym = ''] = await toCasePseudonyms(needs, one, [person.id]);
    expect(pseudonym).toBe(toCasePseudonym(one, person.id));
    expect([await findCasePerson(needs, one, pseudonym), await findCasePerson(needs, other, pseudonym)]).toEqual([person.id, undefined]);
    expect(await findCasePerson(needs, one, person.id)).toBeUndefined();
    const single = await open(await hire(), { kind: 'person' });
    const [unfound = ''] = await toCasePseudonyms(needs, single, [person.id]);
    expect(await findCasePerson(needs, single, unfound)).toBeUndefined();
  });

  it('leads nowhere from a row that somebody wrote past the application', async () => {
    const [{ person }, other] = [await createScene(database.storage), await createScene(database.storage)];
    const opened = await open(await hire(), { kind: 'all' });
    const forged = toCasePseudonym(opened, person.id);
    await needs.cases.rememberPeople(opened.id, [{ pseudonym: forged, personRef: other.person.id }]);
    expect(await findCasePerson(needs, opened, forged)).toBeUndefined();
  });
});
