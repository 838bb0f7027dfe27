// Which desk a role works at. A desk asks for the roles it serves; nothing follows from a name or an agency.

import type { Role } from './officer.ts';

export const desks = ['audit', 'office'] as const;
export type Desk = (typeof desks)[number];

const deskByRole: Readonly<Record<Role, Desk>> = {
  auditor: 'audit',
  operator: 'office',
  registrar: 'office',
  approver: 'office',
  developer: 'office',
  expert: 'audit',
};

export function toDesk(role: Role): Desk {
  return deskByRole[role];
}
