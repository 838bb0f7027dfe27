// What an officer wrote down of a document: complete, and held against the registry before anything is confirmed. A try that differs is an entry in the officer's name and is counted for
// this officer and this person, so that nobody finds a day of birth by asking.

import type { Context } from 'koa';
import { sealEvent } from '../../domain/ledger/event.ts';
import { giveBackTry, takeTry } from '../../domain/limits/take-try.ts';
import type { StoredPerson } from '../../domain/people/person.ts';
import { isBirthKnown, isHolder } from '../../domain/proofing/holder.ts';
import type { SeenDocument } from '../../domain/proofing/holder.ts';
import type { EvidenceFault, EvidenceFields } from '../../../views/office-model.ts';
import { recordAtOnce } from '../../oidc/record-event.ts';
import { assertRoom } from '../limits.ts';
import type { PageNeeds } from '../needs.ts';
import type { Staff } from '../staff/open-staff.ts';
import { parseEvidence, readEvidenceFields } from './evidence-form.ts';

type Compared = SeenDocument & { readonly staff: Staff; readonly person: StoredPerson };

async function recordDiffering(needs: PageNeeds, { staff, person, evidence }: Compared): Promise<void> {
  const actor = { kind: 'officer', ref: staff.officer.id } as const;
  const payload = { documents: [evidence.document_details.type] };
  await recordAtOnce(needs, sealEvent(needs, { type: 'person.document_differed', personRef: person.id, actor, payload }));
}

/** Whether the document can be this person's. Throws `limit/reached` where this officer was wrong about this person too often. */
async function isOwnDocument(needs: PageNeeds, ctx: Context, compared: Compared): Promise<boolean> {
  const { staff, person } = compared;
  const subjects = [{ kind: 'officer', name: `${staff.officer.id}\n${person.id}` }] as const;
  assertRoom(ctx, await takeTry(needs.limiting, 'counter-document', subjects));
  if (!isHolder(needs, person, compared)) {
    await recordDiffering(needs, compared);
    return false;
  }
  await giveBackTry(needs.limiting, 'counter-document', subjects);
  return true;
}

export type ReadDocument = {
  readonly given: EvidenceFields;
  /** For the form that comes back with all that was written. */
  readonly wrong: readonly EvidenceFault[];
  /** Undefined where the form has to come back. */
  readonly seen: SeenDocument | undefined;
};

type Asked = {
  readonly staff: Staff;
  readonly person: StoredPerson;
  readonly form: URLSearchParams;
  /** Whether nothing counts but a picture that was compared with the face. */
  readonly isPresenceDemanded: boolean;
  /** Of the number of the document. All four where two who look have to write the same. */
  readonly leastDigits: 2 | 4;
};

/** The look at the person MUST be an entry before. */
export async function readDocument(
  needs: PageNeeds,
  ctx: Context,
  { staff, person, form, isPresenceDemanded, leastDigits }: Asked,
): Promise<ReadDocument> {
  const given = readEvidenceFields(form);
  // Back from the confirmation: nothing is wrong, and nothing is to be confirmed.
  if (form.has('change')) {
    return { given, wrong: [], seen: undefined };
  }
  const parsed = parseEvidence(given, {
    now: needs.clock.now(),
    organization: needs.signer.authority.name.ar,
    leastDigits,
    isPresenceDemanded,
    isBirthDemanded: isBirthKnown(needs, person),
  });
  if (!parsed.ok) {
    return { given, wrong: parsed.wrong, seen: undefined };
  }
  const seen = { evidence: parsed.value, birth: given.birth };
  return (await isOwnDocument(needs, ctx, { staff, person, ...seen }))
    ? { given, wrong: [], seen }
    : { given, wrong: ['holder'], seen: undefined };
}
