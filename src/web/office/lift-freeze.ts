// Asking for the end of a freeze at the counter: after a document with a picture that the officer compared with the face, and confirmed with their own passkey,
// as everything is at a counter that lets somebody in.

import type { Context } from 'koa';
import { Fault, getValue } from '../../domain/kernel/errors.ts';
import type { Evidence } from '../../domain/proofing/evidence.ts';
import { beginUnfreeze } from '../../domain/protection/begin-unfreeze.ts';
import { renderHandOverPage } from '../../../views/hand-over.ts';
import type { EvidenceFields } from '../../../views/office-model.ts';
import { sendPage, toFullName } from '../frame.ts';
import type { PageNeeds } from '../needs.ts';
import { takeConfirmation, toAbout, toConfirming } from '../staff/confirm-act.ts';
import { parseEvidence, readEvidenceFields } from './evidence-form.ts';
import { findState, getKnown, nothingTyped, sendDone, sendFreezePage } from './freeze.ts';
import type { Known } from './freeze.ts';
import { recordFirstLook } from './look.ts';

const url = '/office/freeze/lift';

/** The number, the person whom it names, and every field of the evidence, in the session of this desk. */
function toAct(needs: PageNeeds, { staff, number, person }: Known, given: EvidenceFields): string {
  const { document, issuer, country, digits, expiry, seen, face } = given;
  return toAbout(needs, staff, ['desk-lift', number, person.id, document, issuer, country, digits, expiry, seen, face]);
}

function sendConfirmation(needs: PageNeeds, ctx: Context, { known, given }: { known: Known; given: EvidenceFields }): void {
  const { staff, number, person } = known;
  const page = renderHandOverPage(staff.frame, {
    step: 'desk-lift',
    number,
    fullName: toFullName(needs.openData(person), staff.language),
    basis: { kind: 'evidence', given },
    ceremony: toConfirming(needs, staff, toAct(needs, known, given)),
    form: { action: url, token: staff.token },
    againUrl: '/office/freeze',
  });
  sendPage(ctx, page);
}

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
  if (!evidence.ok) {
    await sendFreezePage(needs, ctx, { ...known, typed: { ...nothingTyped, given, wrong: evidence.wrong } });
    return;
  }
  if (!form.has('confirmation')) {
    sendConfirmation(needs, ctx, { known, given });
    return;
  }
  await takeConfirmation(needs, toAct(needs, known, given), form);
  await lift(needs, known, evidence.value);
  await sendDone(needs, ctx, known);
}
