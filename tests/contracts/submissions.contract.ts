// What every store promises about what waits for an approver.

import { describe, expect, it } from 'vitest';
import type { SubmissionDecided } from '../../src/domain/agencies/store.ts';
import type { Submission } from '../../src/domain/agencies/submission.ts';
import type { OpenedDatabase } from '../support/opened-database.ts';
import { createAgency, createEvent, createName, createService, later, noChanges, now } from '../support/store-samples.ts';
import { countEntries } from './count-entries.ts';

const createSubmission = (): Submission => {
  const agency = createAgency();
  const { events: _events, ...nothing } = noChanges;
  const change = {
    what: 'agency',
    how: 'created',
    agencyId: agency.id,
    clientId: null,
    purposeId: null,
    purposeVersion: null,
    fields: [],
  } as const;
  return {
    id: createName(),
    state: 'waiting',
    submittedBy: { kind: 'operator', ref: null },
    submittedAt: now,
    content: { ...nothing, agencies: [agency], services: [createService(agency.id)], changes: [change] },
    digest: createName(),
    base: createName(),
    decidedBy: null,
    decidedAt: null,
    reason: null,
  };
};

type Effect = NonNullable<SubmissionDecided['effect']>;

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
  const decide = async (submission: Submission, state: 'approved' | 'declined', decidedBy: string): Promise<string> =>
    decideUnless(submission, { state, decidedBy, findHindrance: () => undefined });
  const approve = async (submission: Submission, decidedBy: string, findHindrance: Effect['findHindrance']): Promise<string> =>
    decideUnless(submission, { state: 'approved', decidedBy, findHindrance });
  const decideUnless = async (
    submission: Submission,
    { state, decidedBy, findHindrance }: Pick<SubmissionDecided, 'state' | 'decidedBy'> & Pick<Effect, 'findHindrance'>,
  ): Promise<string> =>
    get().storage.agencies.saveDecision({
      id: submission.id,
      state,
      decidedBy,
      decidedAt: later,
      reason: 'because',
      effect: state === 'approved' ? { changes: submission.content, findHindrance } : null,
      events: [createEvent(`purpose.${state}`)],
    });
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
      const outcomes = await Promise.all(Array.from({ length: 6 }, async () => decide(submission, 'approved', approver)));
      expect(outcomes.toSorted()).toEqual(['saved', ...Array.from({ length: 5 }, () => 'submission/decided')]);
      expect(await isRegistered(submission)).toBe(true);
      expect(await countEntries(get())).toBe(before + 1);
      const decided = { state: 'approved', decidedBy: approver, decidedAt: later, reason: 'because' };
      expect(await get().storage.agencies.findSubmission(submission.id)).toEqual({ ...submission, ...decided });
      expect(await get().storage.agencies.findWaiting(submission)).toBeUndefined();
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
      expect(await decide(submission, 'declined', await createApprover())).toBe('saved');
      expect(await isRegistered(submission)).toBe(false);
      expect(await decide(submission, 'approved', await createApprover())).toBe('submission/decided');
      expect(await isRegistered(submission)).toBe(false);
    });
  });
}
