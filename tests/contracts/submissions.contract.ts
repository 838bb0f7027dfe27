// What every store promises about what waits for an approver.

import { describe, expect, it } from 'vitest';
import type { SubmissionDecided } from '../../src/domain/agencies/store.ts';
import type { Submission } from '../../src/domain/agencies/submission.ts';
import type { Act } from '../../src/storage/engine.ts';
import type { OpenedDatabase } from '../support/opened-database.ts';
import { createAgency, createEvent, createName, createService, later, noChanges, now } from '../support/store-samples.ts';
import { createSubmission } from '../support/submission-sample.ts';
import { countEntries } from './count-entries.ts';

type Effect = Extract<SubmissionDecided, { readonly decision: 'approve' }>['effect'];

type Wanted = Pick<SubmissionDecided, 'decision' | 'decidedBy'> & Pick<Effect, 'findHindrance'>;

export function describeSubmissions(get: () => OpenedDatabase): void {
  const submit = async (submission: Submission): Promise<void> =>
    get().storage.agencies.saveChanges({ ...noChanges, events: [createEvent('purpose.submitted')] }, submission);
  const createApprover = async (): Promise<string> => {
    const officerId = createName();
    const officer = { id: officerId, name: officerId, role: 'approver', agencyId: null, status: 'active', language: null } as const;
    await get().storage.staff.saveInvitation({
      officer: { ...officer, handle: createName(), createdAt: now },
      invitation: { digest: createName(), officerId, createdAt: now, expiresAt: later },
      event: createEvent('officer.invited'),
    });
    return officerId;
  };
  const decide = async (submission: Submission, decision: Wanted['decision'], decidedBy: string): Promise<string> =>
    decideUnless(submission, { decision, decidedBy, findHindrance: () => undefined });
  const approve = async (submission: Submission, decidedBy: string, findHindrance: Effect['findHindrance']): Promise<string> =>
    decideUnless(submission, { decision: 'approve', decidedBy, findHindrance });
  const decideUnless = async (submission: Submission, { decision, decidedBy, findHindrance }: Wanted): Promise<string> => {
    const decided = { id: submission.id, decidedBy, decidedAt: later, reason: 'because' };
    const effect = { changes: submission.content, findHindrance, events: [createEvent('agency.changed')] };
    return get().storage.agencies.saveDecision(
      decision === 'approve'
        ? { ...decided, decision, effect, events: [createEvent('purpose.approved')] }
        : { ...decided, decision, events: [createEvent('purpose.declined')] },
    );
  };
  const isRegistered = async ({ content }: Submission): Promise<boolean> =>
    (await get().storage.agencies.findService(content.services[0]?.clientId ?? '')) !== undefined;

  describe('submissions', () => {
    it('wait with their event, are found by content and base, and put nothing into the register', async () => {
      const { agencies } = get().storage;
      const submission = createSubmission();
      const before = await countEntries(get());
      await submit(submission);
      expect(await countEntries(get())).toBe(before + 1);
      expect(await agencies.findSubmission(submission.id)).toEqual(submission);
      expect(await agencies.findWaiting(submission)).toEqual(submission);
      expect(await agencies.findWaiting({ ...submission, base: createName() })).toBeUndefined();
      expect(await agencies.listWaiting()).toContainEqual(submission);
      expect(await isRegistered(submission)).toBe(false);
    });

    it('wait once, however often the same one is submitted', async () => {
      const submission = createSubmission();
      await submit(submission);
      const before = await countEntries(get());
      await expect(submit({ ...submission, id: createName() })).rejects.toMatchObject({ name: 'Fault' });
      expect(await countEntries(get())).toBe(before);
    });

    it('are approved with everything they hold and their events in one act, once, also when decided many times at once', async () => {
      const submission = createSubmission();
      const approver = await createApprover();
      await submit(submission);
      const before = await countEntries(get());
      const outcomes = await Promise.all(Array.from({ length: 6 }, async () => decide(submission, 'approve', approver)));
      expect(outcomes.toSorted()).toEqual(['saved', ...Array.from({ length: 5 }, () => 'submission/decided')]);
      expect(await isRegistered(submission)).toBe(true);
      expect(await countEntries(get())).toBe(before + 2);
      const approvals = [{ officerId: approver, approvedAt: later, reason: 'because' }];
      const decided = { state: 'approved', decidedBy: approver, decidedAt: later, reason: 'because', approvals };
      expect(await get().storage.agencies.findSubmission(submission.id)).toEqual({ ...submission, ...decided });
      expect(await get().storage.agencies.findWaiting(submission)).toBeUndefined();
      const versions = await get().storage.agencies.listServiceVersions(submission.content.services[0]?.clientId ?? '');
      expect(versions.map(({ version, submissionId }) => [version, submissionId])).toEqual([[1, submission.id]]);
    });

    it('change nothing, and go on waiting, when something of the register stands against them', async () => {
      const submission = createSubmission();
      const approver = await createApprover();
      await submit(submission);
      const before = await countEntries(get());
      expect(await approve(submission, approver, () => 'submission/conflicting')).toBe('submission/conflicting');
      expect([await isRegistered(submission), await countEntries(get())]).toEqual([false, before]);
      expect(await get().storage.agencies.findWaiting(submission)).toEqual(submission);
    });

    it('wait for a second approver where two have to agree, whoever comes first', async () => {
      const submission: Submission = { ...createSubmission(), review: 'dual' };
      const [one, two] = [await createApprover(), await createApprover()];
      await submit(submission);
      const before = await countEntries(get());
      expect(await decide(submission, 'approve', one)).toBe('approved');
      expect([await isRegistered(submission), await countEntries(get())]).toEqual([false, before + 1]);
      expect(await decide(submission, 'approve', one)).toBe('submission/approved');
      expect(await countEntries(get())).toBe(before + 1);
      expect(await decide(submission, 'approve', two)).toBe('saved');
      expect([await isRegistered(submission), await countEntries(get())]).toEqual([true, before + 3]);
      expect((await get().storage.agencies.findSubmission(submission.id))?.approvals).toHaveLength(2);
    });

    it('take effect once when two approvers agree at the same moment', async () => {
      for (let round = 0; round < 4; round += 1) {
        const submission: Submission = { ...createSubmission(), review: 'dual' };
        const approvers = [await createApprover(), await createApprover()];
        await submit(submission);
        const outcomes = await Promise.all(approvers.map(async (officer) => decide(submission, 'approve', officer)));
        expect(outcomes.toSorted()).toEqual(['approved', 'saved']);
        expect(await isRegistered(submission)).toBe(true);
      }
    });

    it('do not count an approval of somebody who was suspended since', async () => {
      const submission: Submission = { ...createSubmission(), review: 'dual' };
      const [one, two, three] = [await createApprover(), await createApprover(), await createApprover()];
      await submit(submission);
      expect(await decide(submission, 'approve', one)).toBe('approved');
      await get().storage.staff.saveStatus({ officerId: one, status: 'suspended', event: createEvent('officer.status_changed') });
      expect(await decide(submission, 'approve', two)).toBe('approved');
      expect(await isRegistered(submission)).toBe(false);
      expect(await decide(submission, 'approve', three)).toBe('saved');
    });

    describe('RG-18 written past the application', () => {
      const run = async (text: string, values: readonly string[]): Promise<void> =>
        get().engine.atomic(function* (): Act<void> {
          yield { text, values };
        });
      const insertApproval = "INSERT INTO submission_approvals (submission_id, officer_id, approved_at, reason) VALUES (?, ?, 1, '')";
      const toApproved = "UPDATE submissions SET state = 'approved', decided_by = ?, decided_at = 1 WHERE id = ?";

      it('RG-18 an approval by whoever submitted it is refused by the database', async () => {
        const [submitter, other] = [await createApprover(), await createApprover()];
        const submission: Submission = { ...createSubmission(), submittedBy: { kind: 'officer', ref: submitter } };
        await submit(submission);
        await expect(run(insertApproval, [submission.id, submitter])).rejects.toMatchObject({ name: 'Fault' });
        await run(insertApproval, [submission.id, other]);
        await expect(run(toApproved, [submitter, submission.id])).rejects.toMatchObject({ name: 'Fault' });
        await run(toApproved, [other, submission.id]);
        expect(await get().storage.agencies.findSubmission(submission.id)).toMatchObject({ state: 'approved' });
      });

      it('RG-18 nothing is submitted as decided, nor put in the place of what waits', async () => {
        const approver = await createApprover();
        const submission: Submission = { ...createSubmission(), review: 'dual' };
        for (const decided of [{ state: 'approved' }, { state: 'declined' }, { decidedBy: approver }, { decidedAt: now }] as const) {
          await expect(submit({ ...submission, ...decided })).rejects.toMatchObject({ name: 'Fault' });
        }
        expect(await get().storage.agencies.findSubmission(submission.id)).toBeUndefined();
        await submit(submission);
        await run(insertApproval, [submission.id, approver]);
        await expect(submit({ ...submission, content: createSubmission().content })).rejects.toMatchObject({ name: 'Fault' });
        const columns = '(id, review, state, submitter_kind, submitted_at, content, digest, base)';
        const submitted = `INTO submissions ${columns} VALUES (?, 'reviewed', 'waiting', 'operator', 1, '{}', 'd', 'b')`;
        const approved = "INTO submission_approvals (submission_id, officer_id, approved_at, reason) VALUES (?, ?, 1, 'other')";
        const over = {
          sqlite: (text: string) => `REPLACE ${text}`,
          postgres: (text: string, key: string, set: string) => `INSERT ${text} ON CONFLICT (${key}) DO UPDATE SET ${set}`,
        }[get().engine.dialect];
        const again = [
          { text: over(submitted, 'id', "content = '{}'"), values: [submission.id] },
          { text: over(approved, 'submission_id, officer_id', "reason = 'other'"), values: [submission.id, approver] },
        ];
        for (const { text, values } of again) {
          await expect(run(text, values)).rejects.toMatchObject({ name: 'Fault' });
        }
        expect(await get().storage.agencies.findSubmission(submission.id)).toMatchObject({ content: submission.content, review: 'dual' });
      });

      it('RG-18 what needs two approvers is not approved by one, nor by one who was suspended', async () => {
        const [one, two] = [await createApprover(), await createApprover()];
        const submission: Submission = { ...createSubmission(), review: 'dual' };
        await submit(submission);
        await expect(run(toApproved, [one, submission.id])).rejects.toMatchObject({ name: 'Fault' });
        await run(insertApproval, [submission.id, one]);
        await expect(run(toApproved, [one, submission.id])).rejects.toMatchObject({ name: 'Fault' });
        await expect(run(insertApproval, [submission.id, one])).rejects.toMatchObject({ name: 'Fault' });
        await run(insertApproval, [submission.id, two]);
        await get().storage.staff.saveStatus({ officerId: two, status: 'suspended', event: createEvent('officer.status_changed') });
        await expect(run(toApproved, [one, submission.id])).rejects.toMatchObject({ name: 'Fault' });
        expect(await get().storage.agencies.findSubmission(submission.id)).toMatchObject({ state: 'waiting' });
      });

      it('RG-18 what was submitted, how many have to agree, and who agreed stay as they were written', async () => {
        const submission: Submission = { ...createSubmission(), review: 'dual' };
        const approver = await createApprover();
        await submit(submission);
        await run(insertApproval, [submission.id, approver]);
        for (const set of ["review = 'reviewed'", "content = '{}'", "submitter_kind = 'person'", "base = 'x'"]) {
          await expect(run(`UPDATE submissions SET ${set} WHERE id = ?`, [submission.id])).rejects.toMatchObject({ name: 'Fault' });
        }
        await expect(run('DELETE FROM submissions WHERE id = ?', [submission.id])).rejects.toMatchObject({ name: 'Fault' });
        await expect(run('DELETE FROM submission_approvals WHERE submission_id = ?', [submission.id])).rejects.toMatchObject({
          name: 'Fault',
        });
        await expect(run("UPDATE submission_approvals SET reason = 'x' WHERE submission_id = ?", [submission.id])).rejects.toMatchObject({
          name: 'Fault',
        });
        expect(await decide(submission, 'decline', approver)).toBe('saved');
        await expect(run("UPDATE submissions SET state = 'waiting' WHERE id = ?", [submission.id])).rejects.toMatchObject({
          name: 'Fault',
        });
      });
    });

    it('never write over a key that came into force at the same moment', async () => {
      const { agencies } = get().storage;
      const approver = await createApprover();
      for (let round = 0; round < 8; round += 1) {
        const agency = createAgency();
        const service = createService(agency.id, { metadata: { key: 'old' } });
        await agencies.saveChanges({ ...noChanges, agencies: [agency], services: [service] });
        const changed = { ...service, name: { ar: 'اسم آخر', en: 'Another name' } };
        const submission = { ...createSubmission(), content: { ...createSubmission().content, agencies: [], services: [changed] } };
        await submit(submission);
        const isOld: Effect['findHindrance'] = ({ services }) =>
          services.find((known) => known.service.clientId === service.clientId)?.service.metadata['key'] === 'old'
            ? undefined
            : 'submission/stale';
        const [outcome] = await Promise.all([
          approve(submission, approver, isOld),
          agencies.saveChanges({ ...noChanges, services: [{ ...service, metadata: { key: 'new' } }] }),
        ]);
        expect(['saved', 'submission/stale']).toContain(outcome);
        expect((await agencies.findService(service.clientId))?.service.metadata).toEqual({ key: 'new' });
      }
    });

    it('and files are not written when the register is no longer as it was read', async () => {
      const agency = createAgency();
      const refused = get().storage.agencies.saveChanges({ ...noChanges, agencies: [agency], holds: () => false });
      await expect(refused).rejects.toMatchObject({ code: 'store/conflict' });
      expect((await get().storage.agencies.listAgencies()).map(({ id }) => id)).not.toContain(agency.id);
    });

    it('leave the register alone when they are declined', async () => {
      const submission = createSubmission();
      await submit(submission);
      expect(await decide(submission, 'decline', await createApprover())).toBe('saved');
      expect(await isRegistered(submission)).toBe(false);
      expect(await decide(submission, 'approve', await createApprover())).toBe('submission/decided');
      expect(await isRegistered(submission)).toBe(false);
    });
  });
}
