// Opening a case. What was typed comes back with everything that is wrong about it.

import type { Context } from 'koa';
import { caseBases, caseScopeKinds, longestCaseMs } from '../../../domain/audit/case.ts';
import { openNewCase } from '../../../domain/audit/open-case.ts';
import { Fault, errorCatalogue } from '../../../domain/kernel/errors.ts';
import { caseFields } from '../../../../views/audit-case-model.ts';
import type { CaseField, NewCasePage } from '../../../../views/audit-case-model.ts';
import { renderNewCasePage } from '../../../../views/audit-case-new.ts';
import { findField } from '../../body.ts';
import { redirectTo, sendPage } from '../../frame.ts';
import type { PageNeeds } from '../../needs.ts';
import { getStaffForm } from '../../staff/open-staff.ts';
import type { Staff } from '../../staff/open-staff.ts';
import { openAudit } from '../open-audit.ts';
import { toDay } from '../parse-instant.ts';
import { casesUrl, toCaseNeeds, toCaseUrl } from './open-case.ts';
import { parseCase } from './parse-case.ts';

const nothing = new URLSearchParams();

type Asked = { readonly staff: Staff; readonly form: URLSearchParams; readonly problems: NewCasePage['problems'] };

const toTyped = (form: URLSearchParams): NewCasePage['typed'] =>
  new Map(caseFields.map((name: CaseField) => [name, findField(form, name) ?? '']));

async function sendForm(needs: PageNeeds, ctx: Context, { staff, form, problems }: Asked): Promise<void> {
  const { language, officer } = staff;
  const now = needs.clock.now();
  const agencies = (await needs.agencies.listAgencies()).filter(({ id }) => officer.agencyId === null || id === officer.agencyId);
  const page = renderNewCasePage(staff.frame, {
    form: { action: casesUrl, token: staff.token },
    typed: toTyped(form),
    problems,
    bases: caseBases,
    scopes: caseScopeKinds,
    agencies: agencies.map(({ id, name }) => ({ value: id, label: name[language] })),
    ends: { first: toDay(now), last: toDay(now + longestCaseMs - 1) },
    listUrl: casesUrl,
  });
  sendPage(ctx, page, problems.length > 0 ? errorCatalogue['request/invalid'].status : 200);
}

export async function showNewCase(needs: PageNeeds, ctx: Context): Promise<void> {
  const staff = await openAudit(needs, ctx);
  if (staff !== undefined) {
    await sendForm(needs, ctx, { staff, form: nothing, problems: [] });
  }
}

export async function submitNewCase(needs: PageNeeds, ctx: Context): Promise<void> {
  const { staff, form } = await getStaffForm(needs, ctx, { roles: ['auditor'] });
  const agencies = await needs.agencies.listAgencies();
  const rules = { now: needs.clock.now(), agencyIds: agencies.map(({ id }) => id), mandate: staff.officer.agencyId };
  const parsed = parseCase(form, rules);
  if (!parsed.ok) {
    await sendForm(needs, ctx, { staff, form, problems: parsed.problems });
    return;
  }
  const opened = await openNewCase(toCaseNeeds(needs), staff.officer, parsed.value);
  if (opened.ok) {
    redirectTo(ctx, toCaseUrl(opened.value.id));
    return;
  }
  if (opened.code !== 'audit/case-number-taken') {
    throw new Fault(opened.code, opened.detail);
  }
  await sendForm(needs, ctx, { staff, form, problems: [{ field: 'number', problem: 'number-taken' }] });
}
