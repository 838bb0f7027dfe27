// The frame of every page of staff: denser than a person's, with the desk in the header, who is signed in by name and role, and the places of the desk.

import type { Role } from '../src/domain/staff/officer.ts';
import type { Html } from './html.ts';
import { renderDocument, renderHeader, renderNav } from './layout.ts';
import type { NavItem } from './layout.ts';
import type { Texts } from './messages/messages.ts';
import type { FormTarget, Frame } from './models.ts';

/** A frame with the officer in it. */
export type StaffFrame = Frame & {
  readonly officer: { readonly name: string; readonly role: Role; readonly signOut: FormTarget };
};

export type StaffContent = {
  /** For the window and the history, without the name of the site. */
  readonly title: string;
  readonly main: Html;
  /** Places of the desk, where it has several. */
  readonly nav?: readonly NavItem[];
  readonly hasCeremony?: boolean;
  /** Address of a script that checks what the page was given. */
  readonly script?: string;
};

/** What the desk of a role is called, in the header. */
export function toDeskName({ t }: Texts, role: Role): string {
  return t(`desk-${role}`);
}

export function toRoleName({ t }: Texts, role: Role): string {
  return t(`role-${role}`);
}

/** A page of a signed-in officer. */
export function renderStaffLayout(frame: StaffFrame, content: StaffContent): string {
  const { texts, officer } = frame;
  const where = toDeskName(texts, officer.role);
  const name = texts.t('staff-name', { name: officer.name, role: toRoleName(texts, officer.role) });
  // An expert has one case and no other place to go.
  const nav = frame.officer.role === 'expert' ? [] : (content.nav ?? []);
  return renderDocument(frame, {
    title: content.title,
    look: 'staff',
    header: renderHeader(frame, { where, name, signOut: officer.signOut }),
    before: nav.length > 0 && renderNav(where, nav),
    main: content.main,
    hasCeremony: content.hasCeremony === true,
    script: content.script,
  });
}

/** A page of staff while nobody is signed in. */
export function renderStaffDoor(frame: Frame, content: Omit<StaffContent, 'nav'>): string {
  return renderDocument(frame, {
    title: content.title,
    look: 'staff',
    header: renderHeader(frame, { where: frame.texts.t('desk-staff'), name: null, signOut: null }),
    before: null,
    main: content.main,
    hasCeremony: content.hasCeremony === true,
  });
}
