// Members of staff at their desks, over HTTP: invited by the product's own use case, enrolled and signed in with a software authenticator.

import { systemRandom } from '../../src/domain/kernel/ids.ts';
import { inviteOfficer } from '../../src/domain/staff/invite-officer.ts';
import type { Role } from '../../src/domain/staff/officer.ts';
import { createTraveller, enrol, signIn } from './person-journey.ts';
import type { Traveller } from './person-journey.ts';
import { createSoftwareAuthenticator } from './software-authenticator.ts';
import { vouchForModel } from './vouched-model.ts';
import type { World } from './world.ts';

type StaffWorld = Pick<World, 'issuer' | 'storage' | 'clock'>;

export type InvitedOfficer = { readonly id: string; readonly link: string };

export async function inviteStaff(world: StaffWorld, role: Role, name = `Test ${role}`): Promise<InvitedOfficer> {
  const needs = { staff: world.storage.staff, clock: world.clock, random: systemRandom };
  const issued = await inviteOfficer(needs, { role, name, agencyId: null, actor: { kind: 'operator', ref: null } });
  if (!issued.ok) {
    throw new Error(`no invitation: ${issued.code}`);
  }
  return { id: issued.value.officerId, link: `${world.issuer}/staff/enrol/${issued.value.token}` };
}

export type Officer = { readonly id: string; readonly traveller: Traveller };

/** With a passkey, and nobody signed in yet. */
export async function createOfficer(world: StaffWorld, role: Role, name?: string): Promise<Officer> {
  const traveller = createTraveller(world.issuer);
  const { id, link } = await inviteStaff(world, role, name);
  await enrol(traveller, link);
  return { id, traveller };
}

/** Signed in, at the desk of the role. */
export async function createSignedInOfficer(world: StaffWorld, role: Role, name?: string): Promise<Officer> {
  const officer = await createOfficer(world, role, name);
  await goToDesk(world, role, officer);
  return officer;
}

async function goToDesk({ issuer }: StaffWorld, role: Role, { traveller }: Officer): Promise<void> {
  await signIn(traveller, await traveller.agent.get(`${issuer}/${role === 'auditor' ? 'audit' : 'office'}`));
}

/** Signed in with a passkey that metadata vouch for, which they may demand of the role: in a world where metadata were imported. */
export async function createAttestedOfficer(world: StaffWorld, role: Role, name?: string): Promise<Officer> {
  const { attestation } = await vouchForModel(world.storage);
  const traveller = createTraveller(world.issuer, createSoftwareAuthenticator({ attestation }));
  const { id, link } = await inviteStaff(world, role, name);
  await enrol(traveller, link);
  await goToDesk(world, role, { id, traveller });
  return { id, traveller };
}
