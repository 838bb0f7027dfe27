// A suspension in the words of the desk: names of services, officers and agencies, what may be proposed in a case, and who is told.

import type { OpenedCase } from '../../../domain/audit/case.ts';
import { findStanding } from '../../../domain/audit/suspensions/ask-suspension.ts';
import type { SuspensionNeeds } from '../../../domain/audit/suspensions/ask-suspension.ts';
import { findReached, listReceivers } from '../../../domain/audit/suspensions/reach.ts';
import { isStanding } from '../../../domain/audit/suspensions/suspension.ts';
import type { Suspendable, Suspension } from '../../../domain/audit/suspensions/suspension.ts';
import { toSpellingIn } from '../../../domain/staff/spellings.ts';
import type { SuspensionAbout, SuspensionChoice, SuspensionRow, SuspensionSubject } from '../../../../views/suspension-model.ts';
import type { PageNeeds } from '../../needs.ts';
import type { Staff } from '../../staff/open-staff.ts';
import { toCaseNeeds } from '../cases/open-case.ts';

export function toSuspensionNeeds(needs: PageNeeds): SuspensionNeeds {
  return { ...toCaseNeeds(needs), staff: needs.staff, suspensions: needs.suspensions, issuer: needs.issuer };
}

export function toShownState(suspension: Suspension): SuspensionRow['state'] {
  const { state, orderId } = suspension;
  if (state !== 'approved' || orderId !== null) {
    return state;
  }
  return isStanding(suspension) ? 'standing' : 'ended';
}

export type Proposal = SuspensionChoice & { readonly subject: Suspendable };

const toAct = (orderId: string | null): 'suspend' | 'resume' => (orderId === null ? 'suspend' : 'resume');

type Named = Pick<Suspension, 'kind' | 'subject' | 'orderId'>;

/** How subjects are called now, in the language of the desk. */
export async function toSubjectNames(needs: PageNeeds, { language }: Staff): Promise<(suspension: Named) => SuspensionSubject> {
  const [services, officers] = await Promise.all([needs.agencies.listServices(), needs.staff.listOfficers()]);
  const names = new Map([
    ...services.map(({ service: { clientId, name } }) => [`service:${clientId}`, name[language]] as const),
    ...officers.map(({ id, name }) => [`officer:${id}`, toSpellingIn(name, language)] as const),
  ]);
  return ({ kind, subject, orderId }) => ({ act: toAct(orderId), kind, name: names.get(`${kind}:${subject}`) ?? subject });
}

/** What may be proposed now: suspending what is active, and ending what this case suspended. */
export async function listChoices(needs: PageNeeds, staff: Staff, opened: OpenedCase): Promise<readonly Proposal[]> {
  const [{ services, officers }, standing, named] = await Promise.all([
    findReached(needs, opened),
    needs.suspensions.listSuspensions(opened.id),
    toSubjectNames(needs, staff),
  ]);
  const all = [
    ...services.map(({ service: { clientId, status } }) => ({ subject: { kind: 'service', id: clientId } as const, status })),
    ...officers.map(({ id, status }) => ({ subject: { kind: 'officer', id } as const, status })),
  ];
  return all.flatMap(({ subject, status }) => {
    const order = status === 'active' ? null : findStanding(standing, subject)?.id;
    const shown = order === undefined ? undefined : named({ kind: subject.kind, subject: subject.id, orderId: order });
    return shown === undefined ? [] : [{ ...shown, subject, value: `${shown.act}:${subject.kind}:${subject.id}` }];
  });
}

type Asked = SuspensionSubject & { readonly subject: Suspendable; readonly opened: OpenedCase; readonly reason: string };

async function findAgencyId(needs: PageNeeds, { kind, id }: Suspendable): Promise<string | null> {
  if (kind === 'service') {
    return (await needs.agencies.findService(id))?.agency.id ?? null;
  }
  return (await needs.staff.findOfficer(id))?.agencyId ?? null;
}

export async function toShownAbout(needs: PageNeeds, { language }: Staff, asked: Asked): Promise<SuspensionAbout> {
  const { act, kind, name, subject, opened, reason } = asked;
  const agencyId = await findAgencyId(needs, subject);
  const agency = (await needs.agencies.listAgencies()).find(({ id }) => id === agencyId);
  const receivers = await listReceivers(needs, agencyId);
  return {
    act,
    kind,
    name,
    number: opened.number,
    account: subject.id,
    agencyName: agency?.name[language] ?? null,
    receivers: receivers.map(({ service }) => service.name[language]),
    contact: agency?.contacts['security'] ?? null,
    reason,
  };
}
