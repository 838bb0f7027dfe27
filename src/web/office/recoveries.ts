// Recoveries at the counter, for registrars alone: opened by one, agreed to by another who is shown nothing of what the first wrote.

import type { Context } from 'koa';
import { z } from 'zod';
import { Fault, getValue } from '../../domain/kernel/errors.ts';
import { toTimestamp } from '../../domain/kernel/clock.ts';
import { sealEvent } from '../../domain/ledger/event.ts';
import { evidenceSchema } from '../../domain/proofing/evidence.ts';
import type { Evidence } from '../../domain/proofing/evidence.ts';
import { toShownCode } from '../../domain/kernel/one-time-code.ts';
import { approveAtCounter, openAtCounter, refuseAtCounter } from '../../domain/recovery/counter.ts';
import type { Recovery } from '../../domain/recovery/recovery.ts';
import type { StoredPerson } from '../../domain/people/person.ts';
import { recordAtOnce } from '../../oidc/record-event.ts';
import { renderApproveRecoveryPage, renderOpenRecoveryPage, renderRecoverySheet } from '../../../views/office-recovery.ts';
import { findField } from '../body.ts';
import { redirectTo, sendPage, toFullName, toNumberEnding } from '../frame.ts';
import type { PageNeeds } from '../needs.ts';
import { toRecoveryNeeds } from '../recover/recovery-needs.ts';
import { getStaffForm, openStaff } from '../staff/open-staff.ts';
import type { Staff } from '../staff/open-staff.ts';

const roles = ['registrar'] as const;
const listUrl = '/office/recoveries';

/** Each look at a person is an entry, as at the counter. */
async function recordLook(needs: PageNeeds, { officer }: Staff, personRef: string | null): Promise<void> {
  const actor = { kind: 'officer', ref: officer.id } as const;
  await recordAtOnce(needs, sealEvent(needs, { type: 'person.looked_up', personRef, actor, payload: { found: personRef !== null } }));
}

const fieldsSchema = z.object({
  document: z.enum(['idcard', 'residence_permit', 'passport']),
  issuer: z.string().min(2).max(120),
  country: z.string().regex(/^[A-Z]{3}$/),
  digits: z.string().regex(/^[0-9A-Z]{2,4}$/),
  seen: z.literal('yes'),
  face: z.literal('yes'),
});

const toAscii = (text: string): string => text.replaceAll(/[\u0660-\u0669]/g, (digit) => String(digit.charCodeAt(0) - 0x0660));

/** A box that is not ticked, or a field that is not filled in, is nothing seen. */
function getEvidence(needs: PageNeeds, form: URLSearchParams): Evidence {
  const read = (name: string): string => toAscii((findField(form, name) ?? '').normalize('NFKC').trim());
  const fields = fieldsSchema.safeParse({
    document: read('document'),
    issuer: read('issuer'),
    country: read('country').toUpperCase(),
    digits: read('digits').toUpperCase(),
    seen: read('seen'),
    face: read('face'),
  });
  if (!fields.success) {
    throw new Fault('recovery/not-in-presence', 'the form is not complete');
  }
  const check = { organization: needs.signer.authority.name.ar, time: toTimestamp(needs.clock.now()) };
  const { document, issuer, country, digits } = fields.data;
  return evidenceSchema.parse({
    type: 'document',
    document_details: { type: document, document_number: digits, issuer: { name: issuer, country_code: country } },
    check_details: [
      { check_method: 'vpip', ...check },
      { check_method: 'pvp', ...check },
    ],
  });
}

export async function showRecoveries(needs: PageNeeds, ctx: Context): Promise<void> {
  const staff = await openStaff(needs, ctx, { roles });
  if (staff === undefined) {
    return;
  }
  const begun = await needs.recoveries.listBegun(needs.clock.now());
  const waiting = await Promise.all(
    begun.map(async ({ id, personId, expiresAt, openedBy }) => {
      const person = await needs.people.findPerson(personId);
      const fullName = person === undefined ? '' : toFullName(needs.openData(person), staff.language);
      return { url: `${listUrl}/${id}`, fullName, until: expiresAt, isOwn: openedBy === staff.officer.id };
    }),
  );
  sendPage(ctx, renderOpenRecoveryPage(staff.frame, { form: { action: listUrl, token: staff.token }, counterUrl: '/office', waiting }));
}

export async function submitOpenRecovery(needs: PageNeeds, ctx: Context): Promise<void> {
  const { staff, form } = await getStaffForm(needs, ctx, { roles });
  const person = await needs.findByRegistryId(findField(form, 'number') ?? '');
  await recordLook(needs, staff, person?.id ?? null);
  if (person === undefined) {
    throw new Fault('person/unknown', 'no person has this registry identifier');
  }
  const evidence = getEvidence(needs, form);
  getValue(await openAtCounter(toRecoveryNeeds(needs), { person, officer: staff.officer, evidence }));
  redirectTo(ctx, listUrl);
}

type Begun = { readonly recovery: Recovery; readonly person: StoredPerson };

async function getBegun(needs: PageNeeds, id: string): Promise<Begun> {
  const recovery = await needs.recoveries.findRecovery(id);
  const isBegun = recovery?.state === 'begun' && recovery.expiresAt > needs.clock.now();
  const person = recovery === undefined ? undefined : await needs.people.findPerson(recovery.personId);
  if (recovery === undefined || !isBegun || person === undefined) {
    throw new Fault('recovery/over', 'nothing begun has this id');
  }
  return { recovery, person };
}

export async function showBegunRecovery(needs: PageNeeds, ctx: Context, id: string): Promise<void> {
  const staff = await openStaff(needs, ctx, { roles });
  if (staff === undefined) {
    return;
  }
  const { recovery, person } = await getBegun(needs, id);
  await recordLook(needs, staff, person.id);
  const data = needs.openData(person);
  const page = renderApproveRecoveryPage(staff.frame, {
    approve: { action: `${listUrl}/${id}/approve`, token: staff.token },
    refuse: { action: `${listUrl}/${id}/refuse`, token: staff.token },
    fullName: toFullName(data, staff.language),
    numberEnding: toNumberEnding(data),
    until: recovery.expiresAt,
    isOwn: recovery.openedBy === staff.officer.id,
    listUrl,
  });
  sendPage(ctx, page);
}

export async function submitApproveRecovery(needs: PageNeeds, ctx: Context, id: string): Promise<void> {
  const { staff, form } = await getStaffForm(needs, ctx, { roles });
  const { recovery, person } = await getBegun(needs, id);
  const asked = { person, officer: staff.officer, evidence: getEvidence(needs, form), trustFramework: needs.trustFramework };
  const { code, until } = getValue(await approveAtCounter(toRecoveryNeeds(needs), recovery, asked));
  const sheet = renderRecoverySheet(staff.frame, {
    url: `${needs.issuer}/recover/passkey/${code}`,
    code: toShownCode(code),
    until,
    fullName: toFullName(needs.openData(person), staff.language),
    listUrl,
  });
  sendPage(ctx, sheet);
}

export async function submitRefuseRecovery(needs: PageNeeds, ctx: Context, id: string): Promise<void> {
  const { staff } = await getStaffForm(needs, ctx, { roles });
  const { recovery } = await getBegun(needs, id);
  getValue(await refuseAtCounter(needs, recovery, staff.officer.id));
  redirectTo(ctx, listUrl);
}
