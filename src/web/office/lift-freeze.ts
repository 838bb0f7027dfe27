// Asking for the end of a freeze at the counter: after a document with a picture that the officer compared with the face, and confirmed with their own passkey,
// as everything is at a counter that lets somebody in.

import type { Context } from 'koa';
import { Fault, getValue } from '../../domain/kernel/errors.ts';
import { liftAtCounter } from '../../domain/protection/lift-at-counter.ts';
import type { EvidenceFields } from '../../../views/office-model.ts';
import type { PageNeeds } from '../needs.ts';
import { findState, getKnown, nothingTyped, sendDone, sendFreezePage } from './freeze.ts';
import type { Known } from './freeze.ts';
import { recordFirstLook } from './look.ts';
import { readDocument } from './read-document.ts';
import { findConfirmed } from './send-confirmation.ts';
import type { CounterAct } from './send-confirmation.ts';

const url = '/office/freeze/lift';

const toAct = (known: Known, given: EvidenceFields): CounterAct => ({
  ...known,
  step: 'desk-lift',
  basis: { kind: 'evidence', given },
  action: url,
  changeAction: url,
  againUrl: '/office/freeze',
});

/** Said before the officer fills in anything more; the use case judges it again. */
async function assertLiftable(needs: PageNeeds, { person }: Known): Promise<void> {
  const { mayLift, isOrdered, dueAt } = await findState(needs, person);
  if (!mayLift && dueAt === null) {
    throw new Fault(isOrdered ? 'freeze/ordered' : 'freeze/none', 'at the counter');
  }
}

export async function submitOfficeLift(needs: PageNeeds, ctx: Context): Promise<void> {
  const known = await getKnown(needs, ctx);
  const { staff, person } = known;
  await recordFirstLook(needs, known, known.form);
  await assertLiftable(needs, known);
  const { given, wrong, seen } = await readDocument(needs, ctx, { ...known, isPresenceDemanded: true, leastDigits: 4 });
  if (seen === undefined) {
    await sendFreezePage(needs, ctx, { ...known, typed: { ...nothingTyped, given, wrong } });
    return;
  }
  if ((await findConfirmed(needs, ctx, toAct(known, given))) === undefined) {
    return;
  }
  getValue(await liftAtCounter(needs, { ...seen, person, officerId: staff.officer.id }));
  await sendDone(needs, ctx, known);
}
