// The first page of a case: what it says of itself, who is in it, and where its work is done. It shows nobody.

import type { Context } from 'koa';
import { addCaseMember } from '../../../domain/audit/add-case-member.ts';
import { isCaseOver, toKeyEnd } from '../../../domain/audit/case.ts';
import type { AuditCase } from '../../../domain/audit/case.ts';
import { closeCase } from '../../../domain/audit/close-case.ts';
import { recordLook } from '../../../domain/audit/look.ts';
import { coversCase } from '../../../domain/audit/require-case.ts';
import { getValue } from '../../../domain/kernel/errors.ts';
import { toSpellingIn } from '../../../domain/staff/spellings.ts';
import type { AuditCaseHome, CasePart } from '../../../../views/audit-case-model.ts';
import { renderAuditCasePage } from '../../../../views/audit-case.ts';
import { findField } from '../../body.ts';
import { redirectTo, sendPage } from '../../frame.ts';
import type { PageNeeds } from '../../needs.ts';
import { getStaffForm } from '../../staff/open-staff.ts';
import { toLookNeeds } from '../look-needs.ts';
import { toCaseRow } from './case-row.ts';
import { casesUrl, openOwnCase, toCaseNeeds, toCaseUrl } from './open-case.ts';
import type { OwnCase } from './open-case.ts';

/** In the order of the page. Each part adds itself here when it has a page. */
const partKeys: readonly CasePart['key'][] = ['questions', 'entries', 'saved', 'people', 'unmask', 'breach', 'suspensions', 'exports'];

/** Many are told of a breach in a case on one; in a case about single people nobody is suspended. */
const hasPart = ({ basis, scope }: AuditCase, key: CasePart['key']): boolean =>
  (key !== 'breach' || basis === 'breach') && (key !== 'suspensions' || scope.kind !== 'person');

const toParts = (found: AuditCase): readonly CasePart[] =>
  partKeys.filter((key) => hasPart(found, key)).map((key) => ({ key, url: `${toCaseUrl(found.id)}/${key}` }));

/** What an expert reads. */
const readKeys: readonly CasePart['key'][] = ['questions', 'entries'];

type People = Pick<AuditCaseHome, 'members' | 'forms'>;

async function readPeople(needs: PageNeeds, { found, officer, audit }: OwnCase): Promise<People> {
  const { language, token } = audit;
  const [officers, members] = await Promise.all([needs.staff.listOfficers(), needs.cases.listMembers(found.id)]);
  const toName = (id: string): string => toSpellingIn(officers.find((officer) => officer.id === id)?.name ?? id, language);
  const inside = new Set(members.map(({ officerId }) => officerId));
  const fit = officers.filter(({ role, status }) => role === 'auditor' && status === 'active');
  const others = fit.filter((officer) => coversCase(officer, found) && !inside.has(officer.id));
  const url = toCaseUrl(found.id);
  return {
    members: members.map(({ officerId, addedAt }) => ({ name: toName(officerId), addedAt })),
    forms:
      isCaseOver(found, needs.clock.now()) || officer.role === 'expert'
        ? null
        : {
            member: { action: `${url}/members`, token },
            close: { action: `${url}/close`, token },
            colleagues: others.map(({ id }) => ({ value: id, label: toName(id) })),
          },
  };
}

export async function showAuditCase(needs: PageNeeds, ctx: Context, caseId: string): Promise<void> {
  const own = await openOwnCase(needs, ctx, caseId);
  if (own === undefined) {
    return;
  }
  const { found, audit } = own;
  await recordLook(toLookNeeds(needs), audit.by, { type: 'record.viewed', payload: { case: found.number } });
  const now = needs.clock.now();
  const { authority, covers, openedAt } = found;
  const page = renderAuditCasePage(audit.frame, {
    ...toCaseRow(found, { agencies: await needs.agencies.listAgencies(), language: audit.language, now }),
    authority,
    covers,
    openedAt,
    keyEndsAt: toKeyEnd(found),
    ...(await readPeople(needs, own)),
    parts: isCaseOver(found, now) ? [] : toParts(found).filter(({ key }) => own.officer.role !== 'expert' || readKeys.includes(key)),
    listUrl: own.officer.role === 'expert' ? null : casesUrl,
  });
  sendPage(ctx, page);
}

export async function submitCaseMember(needs: PageNeeds, ctx: Context, caseId: string): Promise<void> {
  const { staff, form } = await getStaffForm(needs, ctx, { roles: ['auditor'] });
  const asked = { officerId: staff.officer.id, caseId };
  getValue(await addCaseMember(toCaseNeeds(needs), asked, findField(form, 'member') ?? ''));
  redirectTo(ctx, toCaseUrl(caseId));
}

export async function submitCaseClose(needs: PageNeeds, ctx: Context, caseId: string): Promise<void> {
  const { staff } = await getStaffForm(needs, ctx, { roles: ['auditor'] });
  getValue(await closeCase(toCaseNeeds(needs), { officerId: staff.officer.id, caseId }));
  redirectTo(ctx, toCaseUrl(caseId));
}
