// The whole table.

import type { WebRow } from './row.ts';
import { agencyRows } from './rows-agency.ts';
import { auditRows } from './rows-audit.ts';
import { auditorRows } from './rows-auditor.ts';
import { caseRows } from './rows-case.ts';
import { confirmationRows } from './rows-confirmation.ts';
import { deskRows } from './rows-desks.ts';
import { detailRows } from './rows-details.ts';
import { formRows } from './rows-forms.ts';
import { headerRows } from './rows-headers.ts';
import { ownPageRows } from './rows-own-page.ts';
import { protectionRows } from './rows-protection.ts';
import { recoveryRows, statementRows } from './rows-recovery.ts';
import { requestRows } from './rows-requests.ts';
import { tokenRows } from './rows-tokens.ts';
import { unmaskingRows } from './rows-unmasking.ts';

export const webRows: readonly WebRow[] = [
  ...requestRows,
  ...formRows,
  ...confirmationRows,
  ...detailRows,
  ...ownPageRows,
  ...protectionRows,
  ...recoveryRows,
  ...statementRows,
  ...deskRows,
  ...auditorRows,
  ...caseRows,
  ...unmaskingRows,
  ...auditRows,
  ...agencyRows,
  ...headerRows,
  ...tokenRows,
];
