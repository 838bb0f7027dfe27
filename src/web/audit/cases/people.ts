// Who was found within a case, and finding somebody: by their receipt or by a registrar's code. Opening the page is a look, and an entry before anything is shown.

import type { Context } from 'koa';
import { findByCode, findByReceipt } from '../../../domain/audit/find-person.ts';
import type { FindNeeds } from '../../../domain/audit/find-person.ts';
import { recordLook } from '../../../domain/audit/look.ts';
import type { OpenedCase } from '../../../domain/audit/case.ts';
import { Fault, errorCatalogue } from '../../../domain/kernel/errors.ts';
import { giveBackTry, takeTry } from '../../../domain/limits/take-try.ts';
import { renderCasePeoplePage } from '../../../../views/audit-case-people.ts';
import type { CasePeoplePage } from '../../../../views/audit-case-model.ts';
import { findField } from '../../body.ts';
import { sendPage } from '../../frame.ts';
import { assertRoom } from '../../limits.ts';
import type { PageNeeds } from '../../needs.ts';
import { getStaffForm } from '../../staff/open-staff.ts';
import type { Staff } from '../../staff/open-staff.ts';
import { toLookNeeds } from '../look-needs.ts';
import { openAudit } from '../open-audit.ts';
import { getOpenCase, toCaseNeeds, toCaseUrl } from './open-case.ts';

type Came = Pick<CasePeoplePage, 'justFound' | 'error'>;

const nothing: Came = { justFound: null, error: null };

type Shown = { readonly staff: Staff; readonly opened: OpenedCase; readonly came: Came };

/** Where work goes on with somebody who was found. */
const toPersonUrls = (url: string, pseudonym: string) => ({
  sharedUrl: `${url}/questions/shared-about-person?ask=1&person=${pseudonym}`,
  unmaskUrl: `${url}/unmask?pseudonym=${pseudonym}`,
});

async function sendPeople(needs: PageNeeds, ctx: Context, { staff, opened, came }: Shown): Promise<void> {
  const found = await needs.cases.listFound(opened.id);
  const by = { kind: 'officer', ref: staff.officer.id } as const;
  await recordLook(toLookNeeds(needs), by, { type: 'record.searched', payload: { case: opened.number, people: found.length } });
  const url = toCaseUrl(opened.id);
  const people = found.flatMap(({ pseudonym, found: how }): CasePeoplePage['people'] =>
    how === null ? [] : [{ pseudonym, way: how.way, at: how.at, ...toPersonUrls(url, pseudonym) }],
  );
  const form = { action: `${url}/people`, token: staff.token };
  const page = renderCasePeoplePage(staff.frame, { number: opened.number, people, caseUrl: url, form, ...came });
  sendPage(ctx, page, came.error === null ? 200 : errorCatalogue[came.error].status);
}

export async function showCasePeople(needs: PageNeeds, ctx: Context, caseId: string): Promise<void> {
  const staff = await openAudit(needs, ctx);
  if (staff !== undefined) {
    const opened = await getOpenCase(needs, staff.officer.id, caseId);
    await sendPeople(needs, ctx, { staff, opened, came: nothing });
  }
}

function toFindNeeds(needs: PageNeeds): FindNeeds {
  const { links, consents, receiptKeys } = needs;
  return { ...toCaseNeeds(needs), links, consents, receiptKeys };
}

const ways = { receipt: findByReceipt, code: findByCode } as const;

/** Each wrong try counts for the officer: what is tried is a code of another, or a receipt that is none. */
export async function submitCasePerson(needs: PageNeeds, ctx: Context, caseId: string): Promise<void> {
  const { staff, form } = await getStaffForm(needs, ctx, { roles: ['auditor'] });
  const opened = await getOpenCase(needs, staff.officer.id, caseId);
  const way = (['receipt', 'code'] as const).find((known) => form.has(known));
  if (way === undefined) {
    throw new Fault('request/invalid', 'no such way');
  }
  const subjects = [{ kind: 'officer', name: staff.officer.id }] as const;
  assertRoom(ctx, await takeTry(needs.limiting, 'case-code', subjects));
  const found = await ways[way](toFindNeeds(needs), opened, { officerId: staff.officer.id, text: findField(form, way) ?? '' });
  if (found.ok) {
    await giveBackTry(needs.limiting, 'case-code', subjects);
    await sendPeople(needs, ctx, { staff, opened, came: { justFound: found.value, error: null } });
    return;
  }
  if (found.code === 'audit/case-ended') {
    throw new Fault(found.code, found.detail);
  }
  await sendPeople(needs, ctx, { staff, opened, came: { justFound: null, error: found.code } });
}
