// What was taken out of the register and comes back, by itself or under another name: an end is no way around the second approver.

import { afterAll, afterEach, beforeEach, expect, test } from 'vitest';
import type { OpenedDatabase } from '../../support/opened-database.ts';
import { createPurposeFile } from '../../support/sample-proposal.ts';
import { createSqliteDatabase } from '../../support/sqlite-database.ts';
import { createSubmissionsWorld, secondApprover } from '../../support/submissions-world.ts';
import type { SubmissionsWorld } from '../../support/submissions-world.ts';

const database = createSqliteDatabase();
let world: SubmissionsWorld;
let opened: OpenedDatabase;

beforeEach(async () => {
  opened = await database.open();
  world = await createSubmissionsWorld(opened);
});
afterEach(async () => opened.close());
afterAll(async () => database.stop());

const why = { ar: 'لإصدار التصريح باسمك.', en: 'To issue the permit in your name.' };
const law = { type: 'public_task', law_ref: { ar: 'نظام العمل', en: 'Labour Law' } };
const email = { name: 'email', necessity: 'optional', why } as const;
const givenName = { name: 'given_name', necessity: 'required', why } as const;

/** What waits after these files, one after the other, each of which takes effect as far as it may. */
async function findReview(...files: readonly (readonly Readonly<Record<string, unknown>>[])[]): Promise<readonly unknown[]> {
  const reviews: unknown[] = [];
  for (const purposes of files) {
    const [, , id] = await world.applyService({ purposes: [createPurposeFile({ id: 'other', attributes: [email] }), ...purposes] });
    reviews.push(id === undefined ? null : (await opened.storage.agencies.findSubmission(id))?.review);
    if (id !== undefined) {
      await world.decide(id, 'approve');
      await world.decide(id, 'approve', secondApprover.id);
    }
  }
  return reviews;
}

const asked = { default: false, attributes: [givenName] };
const chosen = createPurposeFile(asked);
const byLaw = createPurposeFile({ ...asked, legal_basis: law });
const otherByLaw = { ...law, law_ref: { ar: 'نظام آخر', en: 'Another law' } };

test('RG-18 a purpose that was taken out comes back with another ground by two approvers only', async () => {
  expect(await findReview([chosen], [], [byLaw])).toEqual(['reviewed', null, 'dual']);
});

test('a purpose that was taken out comes back as it was by one approver', async () => {
  expect(await findReview([chosen], [], [chosen])).toEqual(['reviewed', null, 'reviewed']);
});

test('a purpose by law that was taken out comes back by another law by two approvers only', async () => {
  const changed = createPurposeFile({ ...asked, legal_basis: otherByLaw });
  expect(await findReview([byLaw], [], [changed])).toEqual(['dual', null, 'dual']);
});

test('what a service once asked with a choice, and asks no more, is asked without one by two approvers only', async () => {
  const second = createPurposeFile({ ...asked, id: 'second', legal_basis: law });
  expect(await findReview([chosen], [], [second])).toEqual(['reviewed', null, 'dual']);
});
