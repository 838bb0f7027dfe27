// What every store of auditors' cases promises.

import { describe, expect, it } from 'vitest';
import { keyRetentionMs, longestCaseMs } from '../../src/domain/audit/case.ts';
import type { AuditCase } from '../../src/domain/audit/case.ts';
import type { Officer } from '../../src/domain/staff/officer.ts';
import type { OpenedDatabase } from '../support/opened-database.ts';
import { createEvent, createName, createPerson, now } from '../support/store-samples.ts';
import { countEntries } from './count-entries.ts';

const day = 86_400_000;

export function describeAuditCasesStore(get: () => OpenedDatabase): void {
  const hire = async (role: Officer['role'] = 'auditor'): Promise<string> => {
    const id = createName();
    const officer = {
      id,
      name: createName(),
      role,
      agencyId: null,
      status: 'active',
      language: null,
      handle: createName(),
      createdAt: now,
    } as const;
    const invitation = { digest: createName(), officerId: id, createdAt: now, expiresAt: now + day };
    await get().storage.staff.saveInvitation({ officer, invitation, event: createEvent('officer.invited') });
    return id;
  };
  const toCase = (openedBy: string, changes: Partial<AuditCase> = {}): AuditCase => ({
    id: createName(),
    number: createName(),
    authority: 'A court',
    basis: 'complaint',
    scope: { kind: 'all' },
    covers: { from: null, to: null },
    openedBy,
    openedAt: now,
    endsAt: now + 30 * day,
    closedAt: null,
    sealedKey: 'sealed',
    ...changes,
  });
  const open = async (changes: Partial<AuditCase> = {}): Promise<AuditCase> => {
    const opened = toCase(await hire(), changes);
    expect(await get().storage.cases.saveCase({ opened, event: createEvent('audit.case_opened') })).toBe('saved');
    return opened;
  };
  const add = async (opened: AuditCase, officerId: string, { addedBy = opened.openedBy, addedAt = now + 1 } = {}): Promise<string> =>
    get().storage.cases.saveMember({
      member: { caseId: opened.id, officerId, addedBy, addedAt },
      event: createEvent('audit.member_added'),
    });
  const close = async ({ id }: AuditCase): Promise<string> =>
    get().storage.cases.saveClosed({ caseId: id, event: createEvent('audit.case_closed') });
  const admit = async (): Promise<string> => {
    const person = createPerson();
    await get().storage.people.savePeople([person], [createEvent('person.imported', { personRef: person.id })]);
    return person.id;
  };

  describe('auditors’ cases', () => {
    it('come with their entry and their first member, and a number opens one case', async () => {
      const { cases } = get().storage;
      const opened = await open({ covers: { from: now - day, to: now } });
      expect(await cases.findCase(opened.id)).toEqual(opened);
      expect(await cases.findCaseByNumber(opened.number)).toEqual(opened);
      expect((await cases.listMembers(opened.id)).map(({ officerId }) => officerId)).toEqual([opened.openedBy]);
      const again = toCase(await hire(), { number: opened.number });
      const before = await countEntries(get());
      expect(await cases.saveCase({ opened: again, event: createEvent('audit.case_opened') })).toBe('audit/case-number-taken');
      expect([await cases.findCase(again.id), await countEntries(get())]).toEqual([undefined, before]);
    });

    it('take in an active auditor, once, by a member, while they go on', async () => {
      const opened = await open();
      const [colleague, stranger, registrar] = [await hire(), await hire(), await hire('registrar')];
      expect(await add(opened, colleague, { addedBy: stranger })).toBe('audit/member-unfit');
      expect(await add(opened, registrar)).toBe('audit/member-unfit');
      expect([await add(opened, colleague), await add(opened, colleague)]).toEqual(['saved', 'audit/member-unfit']);
      expect(await add(opened, stranger, { addedBy: colleague, addedAt: opened.endsAt })).toBe('audit/case-ended');
      expect([await close(opened), await close(opened), await add(opened, stranger)]).toEqual([
        'saved',
        'audit/case-ended',
        'audit/case-ended',
      ]);
    });

    it('are listed for their members alone, newest first, page by page', async () => {
      const { cases } = get().storage;
      const first = await open();
      const second = toCase(first.openedBy, { openedAt: now + 1 });
      await cases.saveCase({ opened: second, event: createEvent('audit.case_opened') });
      const page = await cases.readCasesOf(first.openedBy, { after: null, limit: 1 });
      expect(page.cases.map(({ id }) => id)).toEqual([second.id]);
      const rest = await cases.readCasesOf(first.openedBy, { after: page.next, limit: 1 });
      expect([rest.cases.map(({ id }) => id), rest.next]).toEqual([[first.id], null]);
      expect((await cases.readCasesOf(await hire(), { after: null, limit: 9 })).cases).toEqual([]);
    });

    it('lead a pseudonym back within one case, and in no other', async () => {
      const { cases } = get().storage;
      const [one, other] = [await open(), await open()];
      const personRef = await admit();
      await cases.rememberPeople(one.id, [{ pseudonym: 'P-000000000001', personRef }]);
      await cases.rememberPeople(one.id, [{ pseudonym: 'P-000000000001', personRef }]);
      expect(await cases.findCasePerson(one.id, 'P-000000000001')).toEqual({
        caseId: one.id,
        pseudonym: 'P-000000000001',
        personRef,
        found: null,
      });
      expect(await cases.findCasePerson(other.id, 'P-000000000001')).toBeUndefined();
      expect(await cases.listFound(one.id)).toEqual([]);
    });

    it('keep what they say of themselves, whoever writes past the application', async () => {
      const { engine } = get();
      const opened = await open();
      const change = async (set: string): Promise<unknown> =>
        engine.atomic(function* () {
          yield { text: `UPDATE audit_cases SET ${set} WHERE id = ?`, values: [opened.id] };
        });
      for (const set of ["scope = 'person'", 'ends_at = ends_at + 1', "sealed_key = 'other'", "authority = 'me'"]) {
        await expect(change(set)).rejects.toThrow(/what a case says of itself stays|P0001/);
      }
      const drop = async (): Promise<unknown> =>
        engine.atomic(function* () {
          yield { text: 'DELETE FROM audit_case_members WHERE case_id = ?', values: [opened.id] };
        });
      await expect(drop()).rejects.toThrow(/append-only|P0001/);
      expect(await get().storage.cases.findCase(opened.id)).toEqual(opened);
      const tooLong = toCase(opened.openedBy, { endsAt: now + longestCaseMs + 1 });
      await expect(get().storage.cases.saveCase({ opened: tooLong, event: createEvent('audit.case_opened') })).rejects.toThrow('store/');
    });

    it('lose their key, and the way back from their pseudonyms, when the retention has passed', async () => {
      const { cases } = get().storage;
      const opened = await open();
      const personRef = await admit();
      await cases.rememberPeople(opened.id, [{ pseudonym: 'P-000000000002', personRef }]);
      while ((await cases.destroyKeys(opened.endsAt + keyRetentionMs - 1)) > 0) {
        // Cases of other tests.
      }
      expect((await cases.findCase(opened.id))?.sealedKey).toBe('sealed');
      while ((await cases.destroyKeys(opened.endsAt + keyRetentionMs)) > 0) {
        // Until none is left.
      }
      expect([(await cases.findCase(opened.id))?.sealedKey, await cases.findCasePerson(opened.id, 'P-000000000002')]).toEqual([
        '',
        undefined,
      ]);
    });
  });
}
