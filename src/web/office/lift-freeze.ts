// Asking for the end of a freeze at the counter: after a document with a picture that the officer compared with the face, and confirmed with their own passkey,
// as everything is at a counter that lets somebody in.

import type { Context } from 'koa';
import { Fault, getValue } from '../../domain/kernel/errors.ts';
import type { Evidence } from '../../domain/proofing/evidence.ts';
import { beginUnfreeze } from '../../domain/protection/begin-unfreeze.ts';
import type { EvidenceFields } from '../../../views/office-model.ts';
import type { PageNeeds } from '../needs.ts';
import { parseEvidence, readEvidenceFields } from './evidence-form.ts';
import { findState, getKnown, nothingTyped, sendDone, sendFreezePage } from './freeze.ts';
import type { Known } from './freeze.ts';
import { recordFirstLook } from './look.ts';
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

async function lift(needs: PageNeeds, { staff, person }: Known, evidence: Evidence): Promise<void> {
  const actor = { kind: 'officer', ref: staff.officer.id } as const;
  getValue(await beginUnfreeze(needs, { personId: person.id, by: 'counter', actor, evidence }));
}

export async function submitOfficeLift(needs: PageNeeds, ctx: Context): Promise<void> {
  const known = await getKnown(needs, ctx);
  const { form } = known;
  await recordFirstLook(needs, known, form);
  await assertLiftable(needs, known);
  const given = readEvidenceFields(form);
  const organization = needs.signer.authority.name.ar;
  const evidence = parseEvidence(given, { now: needs.clock.now(), organization, leastDigits: 4, isPresenceDemanded: true });
  if (!evidence.ok || form.has('change')) {
    const wrong = form.has('change') ? [] : evidence.wrong;
    await sendFreezePage(needs, ctx, { ...known, typed: { ...nothingTyped, given, wrong } });
    return;
  }
  if ((await findConfirmed(needs, ctx, toAct(known, given))) === undefined) {
    return;
  }
  await lift(needs, known, evidence.value);
  await sendDone(needs, ctx, known);
}
