// A case in a database, with two auditors who have passkeys, and somebody whom it is about.

import type { AuditCase } from '../../src/domain/audit/case.ts';
import type { OpenedDatabase } from '../support/opened-database.ts';
import { createEvent, createName, createPasskey, createScene, later, now } from '../support/store-samples.ts';

export type Hired = { readonly id: string; readonly passkeyId: string };
export type Scene = { readonly opened: AuditCase; readonly asker: Hired; readonly other: Hired; readonly personRef: string };

export async function hireAuditor({ storage: { staff } }: OpenedDatabase, name = createName()): Promise<Hired> {
  const id = createName();
  const blank = { agencyId: null, status: 'active', language: null, handle: createName(), createdAt: now } as const;
  const officer = { id, name, role: 'auditor', ...blank } as const;
  const invitation = { digest: createName(), officerId: id, createdAt: now, expiresAt: later };
  await staff.saveInvitation({ officer, invitation, event: createEvent('officer.invited') });
  const { personId: _person, ceiling: _ceiling, ...held } = createPasskey('');
  const passkey = { ...held, officerId: id, endedAt: null, endReason: null };
  await staff.savePasskey({ passkey, invitationDigest: invitation.digest, now, event: createEvent('officer.enrolled') });
  return { id, passkeyId: passkey.id };
}

export async function openCaseScene(database: OpenedDatabase, basis: AuditCase['basis']): Promise<Scene> {
  const [asker, other] = [await hireAuditor(database), await hireAuditor(database)];
  const opened: AuditCase = {
    id: createName(),
    number: createName(),
    authority: 'A court',
    basis,
    scope: { kind: 'all' },
    covers: { from: null, to: null },
    openedBy: asker.id,
    openedAt: now,
    endsAt: now + 30 * 86_400_000,
    closedAt: null,
    sealedKey: 'sealed',
  };
  const { cases } = database.storage;
  await cases.saveCase({ opened, event: createEvent('audit.case_opened') });
  const member = { caseId: opened.id, officerId: other.id, addedBy: asker.id, addedAt: now };
  await cases.saveMember({ member, event: createEvent('audit.member_added') });
  const { person } = await createScene(database.storage);
  return { opened, asker, other, personRef: person.id };
}
