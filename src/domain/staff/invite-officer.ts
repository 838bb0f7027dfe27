// The one-time enrolment link of an officer. Only the digest of its token is stored, so a copy of the database opens no desk.

import { dayMs } from '../kernel/clock.ts';
import { refuse, succeed } from '../kernel/errors.ts';
import type { Outcome } from '../kernel/errors.ts';
import { createToken, createUuid, toDigest } from '../kernel/ids.ts';
import { sealEvent } from '../ledger/event.ts';
import type { Actor, SealedEvent } from '../ledger/event.ts';
import type { StaffNeeds } from './needs.ts';
import type { Appointment, Officer, OfficerInvitation } from './officer.ts';
import type { ListedOfficer, OfficerNamed } from './store.ts';

const invitationLifeMs = dayMs;

export type InviteNeeds = Pick<StaffNeeds, 'clock' | 'random' | 'staff'>;

export type OfficerAsked = OfficerNamed & {
  readonly actor: Actor;
  /** Of an expert: which case, by its number as on the paper too. */
  readonly appointment?: Appointment & { readonly caseNumber: string };
};

export type IssuedOfficerInvitation = {
  readonly officerId: string;
  /** Whether this invitation made the account; otherwise it replaced the link of one that waits for its passkey. */
  readonly isNew: boolean;
  /** 256 bits, base64url; goes into the link and nowhere else. */
  readonly token: string;
  readonly expiresAt: number;
};

/** Asked again for an officer who has no passkey yet, it gives that account a fresh link, and the older one stops working. */
export async function inviteOfficer(
  needs: InviteNeeds,
  asked: OfficerAsked,
): Promise<Outcome<IssuedOfficerInvitation, 'officer/enrolled'>> {
  const known = await needs.staff.findActiveOfficer(asked);
  if (known !== undefined && known.passkeyCount > 0) {
    return refuse('officer/enrolled', known.id);
  }
  const officer = known === undefined ? createOfficer(needs, asked) : toOfficer(known);
  const token = createToken(needs.random);
  const createdAt = needs.clock.now();
  const invitation = { digest: toDigest(token), officerId: officer.id, createdAt, expiresAt: createdAt + invitationLifeMs };
  const event = sealInvited(needs, { officer, invitation, actor: asked.actor });
  const saved = await needs.staff.saveInvitation({ officer, invitation, event, ...toAppointed(needs, officer, asked) });
  return saved === 'saved'
    ? succeed({ officerId: officer.id, isNew: known === undefined, token, expiresAt: invitation.expiresAt })
    : refuse(saved, 'store');
}

function toAppointed(needs: InviteNeeds, { id }: Officer, { actor, appointment }: OfficerAsked) {
  if (appointment === undefined) {
    return {};
  }
  const { caseNumber, caseId, endsAt } = appointment;
  const payload = { case: caseNumber, officer: id, ends_at: endsAt };
  return {
    appointed: {
      appointment: { caseId, endsAt },
      event: sealEvent(needs, { type: 'audit.expert_appointed', personRef: null, actor, payload }),
    },
  };
}

function createOfficer(needs: InviteNeeds, { name, role, agencyId }: OfficerNamed): Officer {
  const createdAt = needs.clock.now();
  return {
    id: createUuid(needs.random, createdAt),
    name,
    role,
    agencyId,
    status: 'active',
    language: null,
    handle: createToken(needs.random),
    createdAt,
  };
}

function toOfficer({ passkeyCount: _count, passkeys: _passkeys, ...officer }: ListedOfficer): Officer {
  return officer;
}

type Invited = { readonly officer: Officer; readonly invitation: OfficerInvitation; readonly actor: Actor };

function sealInvited(needs: InviteNeeds, { officer, invitation, actor }: Invited): SealedEvent {
  return sealEvent(needs, {
    type: 'officer.invited',
    personRef: null,
    actor,
    payload: { officer: officer.id, role: officer.role, agency: officer.agencyId, expires_at: invitation.expiresAt },
  });
}
