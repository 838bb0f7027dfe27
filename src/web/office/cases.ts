// The cases behind "it was not me", for registration officers: a list by number that names nobody, and one case with its person. Opening one is a look, and is in
// the log before anything is shown.

import type { Context } from 'koa';
import { z } from 'zod';
import { Fault, errorCatalogue } from '../../domain/kernel/errors.ts';
import { sealEvent } from '../../domain/ledger/event.ts';
import { caseSteps, findCaseStep, noteCase } from '../../domain/protection/case.ts';
import type { SecurityNotice } from '../../domain/protection/notice.ts';
import { recordAtOnce } from '../../oidc/record-event.ts';
import { parseDeviceText } from '../../oidc/device.ts';
import { renderCasePage, renderCasesPage } from '../../../views/cases.ts';
import type { CasePage, CaseRow } from '../../../views/cases.ts';
import { createCursor, parsePlace, toListUrl } from '../account/cursor.ts';
import { findField } from '../body.ts';
import { redirectTo, sendPage, toFullName, toNumberEnding } from '../frame.ts';
import type { PageNeeds } from '../needs.ts';
import { getStaffForm, openStaff } from '../staff/open-staff.ts';
import type { Staff } from '../staff/open-staff.ts';

const roles = ['registrar'] as const;
const url = '/office/cases';
const pageSize = 20;
const placeSchema = z.object({ disownedAt: z.int(), id: z.string() });

type Case = SecurityNotice & { readonly caseNumber: string };

function isCase(notice: SecurityNotice | undefined): notice is Case {
  return typeof notice?.caseNumber === 'string';
}

function toRow({ caseNumber, kind, disownedAt, caseClosedAt }: Case): CaseRow {
  return { caseNumber, url: `${url}/${caseNumber}`, kind, saidAt: disownedAt ?? 0, closedAt: caseClosedAt };
}

export async function showCases(needs: PageNeeds, ctx: Context): Promise<void> {
  const staff = await openStaff(needs, ctx, { roles });
  if (staff === undefined) {
    return;
  }
  const isOpen = ctx.query['state'] !== 'closed';
  const state = isOpen ? {} : { state: 'closed' };
  const list = { personId: staff.officer.id, name: isOpen ? 'cases-open' : 'cases-closed' };
  const after = parsePlace(needs, ctx, { list, schema: placeSchema });
  const { cases, next } = await needs.protection.readCases({ isOpen, after, limit: pageSize });
  const page = renderCasesPage(staff.frame, {
    isOpen,
    cases: cases.filter(isCase).map(toRow),
    openUrl: url,
    closedUrl: toListUrl(url, { state: 'closed' }, null),
    counterUrl: '/office',
    moreUrl: next === null ? null : toListUrl(url, state, createCursor(needs, list, next)),
    firstUrl: after === null ? null : toListUrl(url, state, null),
  });
  sendPage(ctx, page);
}

async function getCase(needs: PageNeeds, caseNumber: string): Promise<Case> {
  const found = await needs.protection.findCase(caseNumber);
  if (!isCase(found)) {
    throw new Fault('request/not-found', 'no case has this number');
  }
  return found;
}

/** At most this many; a case that needs more of them is no longer one for a list. */
const stepsShown = { before: null, limit: 100 } as const;

const bodySchema = z.object({ payload: z.object({ case: z.string(), step: z.enum(caseSteps) }) });

/** The steps are entries, and nothing else holds them. */
async function readSteps(needs: PageNeeds, { personId, caseNumber }: Case): Promise<CasePage['steps']> {
  const { entries } = await needs.home.readEntries(personId, { types: ['case.noted', 'case.closed'] }, stepsShown);
  return entries
    .map(({ at, body }) => ({ at, ...bodySchema.parse(JSON.parse(body)).payload }))
    .filter((noted) => noted.case === caseNumber)
    .map(({ at, step }) => ({ at, step }));
}

async function recordLook(needs: PageNeeds, { officer }: Staff, { personId, caseNumber }: Case): Promise<void> {
  const actor = { kind: 'officer', ref: officer.id } as const;
  const payload = { found: true, case: caseNumber };
  await recordAtOnce(needs, sealEvent(needs, { type: 'person.looked_up', personRef: personId, actor, payload }));
}

/** While the case is open: its number stands in entries that auditors read under a pseudonym, and what is over leads nobody to a name. */
async function findShown(needs: PageNeeds, { language }: Staff, { personId }: Case): Promise<CasePage['person']> {
  const person = await needs.people.findPerson(personId);
  if (person === undefined) {
    return null;
  }
  const data = needs.openData(person);
  return { fullName: toFullName(data, language), numberEnding: toNumberEnding(data), status: person.status };
}

type Shown = { readonly staff: Staff; readonly found: Case; readonly isStepMissing: boolean };

async function sendCase(needs: PageNeeds, ctx: Context, { staff, found, isStepMissing }: Shown): Promise<void> {
  await recordLook(needs, staff, found);
  const page = renderCasePage(staff.frame, {
    ...toRow(found),
    happenedAt: found.at,
    device: found.device === null ? null : parseDeviceText(found.device),
    person: found.caseClosedAt === null ? await findShown(needs, staff, found) : null,
    steps: await readSteps(needs, found),
    choices: caseSteps,
    isStepMissing,
    form: found.caseClosedAt === null ? { action: `${url}/${found.caseNumber}`, token: staff.token } : null,
    listUrl: url,
  });
  sendPage(ctx, page, isStepMissing ? errorCatalogue['officer/nothing-chosen'].status : 200);
}

export async function showCase(needs: PageNeeds, ctx: Context, caseNumber: string): Promise<void> {
  const staff = await openStaff(needs, ctx, { roles });
  if (staff !== undefined) {
    await sendCase(needs, ctx, { staff, found: await getCase(needs, caseNumber), isStepMissing: false });
  }
}

function getIsEnd(form: URLSearchParams): boolean {
  const act = findField(form, 'act');
  if (act !== 'note' && act !== 'close') {
    throw new Fault('request/invalid', 'an act that the form does not have');
  }
  return act === 'close';
}

/** A case that somebody closed meanwhile stays as it is: its page says so. */
export async function submitCaseStep(needs: PageNeeds, ctx: Context, caseNumber: string): Promise<void> {
  const { staff, form } = await getStaffForm(needs, ctx, { roles });
  const isEnd = getIsEnd(form);
  const found = await getCase(needs, caseNumber);
  const step = findCaseStep(findField(form, 'step'));
  if (step === undefined) {
    await sendCase(needs, ctx, { staff, found, isStepMissing: true });
    return;
  }
  await noteCase(needs, found, { step, isEnd, officerId: staff.officer.id });
  redirectTo(ctx, `${url}/${found.caseNumber}`);
}
