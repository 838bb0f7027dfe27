// How a page of a desk begins: who is signed in, whether the page is for their role, in which language. A desk must not look at cookies itself.

import type { Context } from 'koa';
import { Fault } from '../../domain/kernel/errors.ts';
import type { Language } from '../../domain/people/person.ts';
import { toDesk } from '../../domain/staff/desks.ts';
import type { Officer, Role } from '../../domain/staff/officer.ts';
import { toSpellingIn } from '../../domain/staff/spellings.ts';
import { findOpenSession } from '../../domain/staff/open-session.ts';
import type { StaffSession } from '../../domain/staff/session.ts';
import type { OpenSession } from '../../domain/staff/store.ts';
import { renderOtherRolePage } from '../../../views/other-role.ts';
import type { StaffFrame } from '../../../views/staff-layout.ts';
import { findField, readForm } from '../body.ts';
import { assertSameSite } from '../cross-site.ts';
import { createFormToken, isFormToken } from '../form-token.ts';
import { createFrame, sendPage } from '../frame.ts';
import { isLanguagePressed } from '../language.ts';
import type { PageNeeds } from '../needs.ts';
import { findCookie } from './cookies.ts';
import { showStaffSignIn } from './sign-in.ts';

export type Staff = {
  readonly officer: Officer;
  readonly session: StaffSession;
  readonly frame: StaffFrame;
  readonly language: Language;
  /** For every form of this session, as the hidden field `token`. */
  readonly token: string;
};

export type ForRoles = { readonly roles: readonly Role[] };

const formOf = (session: StaffSession): string => `staff:${session.digest}`;

/** Who is signed in at a desk in this browser, whatever the role. For answers that are no pages. */
export async function findStaff(needs: PageNeeds, ctx: Context): Promise<OpenSession | undefined> {
  return findOpenSession(needs, findCookie(needs, ctx, 'session') ?? '');
}

async function toStaff(needs: PageNeeds, ctx: Context, { officer, session }: OpenSession): Promise<Staff> {
  const { frame, language } = createFrame(needs, ctx, { saved: officer.language });
  if (isLanguagePressed(ctx) && officer.language !== language) {
    await needs.staff.saveLanguage(officer.id, language);
  }
  const token = createFormToken(needs.formKey, formOf(session));
  const signedIn = { name: toSpellingIn(officer.name, language), role: officer.role, signOut: { action: '/staff/sign-out', token } };
  return { officer, session, frame: { ...frame, homeUrl: `/${toDesk(officer.role)}`, officer: signedIn }, language, token };
}

/** Undefined when the answer was given already: the sign-in page, or which desk is the officer's own. */
export async function openStaff(needs: PageNeeds, ctx: Context, { roles }: ForRoles): Promise<Staff | undefined> {
  const open = await findStaff(needs, ctx);
  if (open === undefined) {
    showStaffSignIn(needs, ctx);
    return undefined;
  }
  const staff = await toStaff(needs, ctx, open);
  const { role } = open.officer;
  if (roles.includes(role)) {
    return staff;
  }
  sendPage(ctx, renderOtherRolePage(staff.frame, { roles, own: { role, url: `/${toDesk(role)}` } }), 403);
  return undefined;
}

/**
 * For posts: from our own page, in a session that is still open, by a role that may, with the token of this session. The form is read only after
 * it is known that somebody is signed in.
 */
export async function getStaffForm(
  needs: PageNeeds,
  ctx: Context,
  { roles }: ForRoles,
): Promise<{ readonly staff: Staff; readonly form: URLSearchParams }> {
  assertSameSite(ctx, needs.issuer);
  const open = await findStaff(needs, ctx);
  if (open === undefined) {
    throw new Fault('officer/signed-out', 'no officer is signed in');
  }
  // First, so that a refusal is told in the officer's language.
  const staff = await toStaff(needs, ctx, open);
  if (!roles.includes(open.officer.role)) {
    throw new Fault('officer/other-role', `${open.officer.role} is none of ${roles.join(', ')}`);
  }
  const form = await readForm(ctx);
  if (!isFormToken(needs.formKey, formOf(open.session), findField(form, 'token'))) {
    throw new Fault('request/form-outdated', 'form token does not belong to this session');
  }
  return { staff, form };
}
