// Reporting: from the page of a service or from one entry, in the person's own words; then the case number, and the answer when it comes.

import type { Context } from 'koa';
import { z } from 'zod';
import { longestWords, openReport, openWords, parseWords, reportCategories } from '../../domain/home/report.ts';
import type { Report } from '../../domain/home/report.ts';
import { Fault, getValue } from '../../domain/kernel/errors.ts';
import { createUuid } from '../../domain/kernel/ids.ts';
import { renderReportPage, renderReportsPage } from '../../../views/reports.ts';
import type { ReportProblem } from '../../../views/report-model.ts';
import { findField, readForm } from '../body.ts';
import { redirectTo, sendPage } from '../frame.ts';
import type { PageNeeds } from '../needs.ts';
import { createServiceReader, toServiceUrl } from './account-model.ts';
import { toActivityUrl } from './activity.ts';
import { createCursor, parsePlace, toListUrl } from './cursor.ts';
import { getAccountForPost, openAccount } from './open-account.ts';
import type { Account } from './open-account.ts';
import { getOwnItem } from './show-activity-entry.ts';
import { toRegisteredAsker } from './show-service.ts';

const url = '/account/reports';
const pageSize = 10;
const uuid = z.uuid();

type About = { readonly clientId: string; readonly entryId: string | null };

/** From one entry of the person's own, or from a service that they decided about. */
async function findAbout(
  needs: PageNeeds,
  account: Account,
  asked: { readonly service: string | undefined; readonly entry: string | undefined },
): Promise<About> {
  if (asked.entry !== undefined && asked.entry !== '') {
    const { entry } = await getOwnItem(needs, account, asked.entry);
    if (entry.service !== null) {
      return { clientId: entry.service, entryId: entry.id };
    }
  }
  const found = await needs.home.readConsents(account.person.id, asked.service ?? '', { after: null, limit: 1 });
  const [consent] = found.consents;
  if (consent === undefined) {
    throw new Fault('consent/not-found', 'a report is about an entry or a service of this person');
  }
  return { clientId: consent.clientId, entryId: null };
}

type Shown = {
  readonly about: About;
  readonly id: string;
  readonly words: string;
  readonly category: string | null;
  readonly problem: ReportProblem;
};

async function sendForm(
  needs: PageNeeds,
  ctx: Context,
  { account, shown }: { readonly account: Account; readonly shown: Shown },
): Promise<void> {
  const { about, ...given } = shown;
  const registered = await needs.agencies.findService(about.clientId);
  if (registered === undefined) {
    throw new Fault('consent/not-found', 'the service is not registered');
  }
  const page = renderReportPage(account.frame, {
    ...given,
    asker: toRegisteredAsker(registered, account.language),
    clientId: about.clientId,
    entryId: about.entryId,
    form: { action: url, token: account.token },
    longest: longestWords,
    backUrl: about.entryId === null ? toServiceUrl(about.clientId) : toActivityUrl(about.entryId),
  });
  sendPage(ctx, page, given.problem === null ? 200 : 400);
}

const toText = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

export async function showReport(needs: PageNeeds, ctx: Context): Promise<void> {
  const account = await openAccount(needs, ctx);
  if (account === undefined) {
    return;
  }
  const about = await findAbout(needs, account, { service: toText(ctx.query['service']), entry: toText(ctx.query['entry']) });
  const id = createUuid(needs.random, needs.clock.now());
  await sendForm(needs, ctx, { account, shown: { about, id, words: '', category: null, problem: null } });
}

export async function submitReport(needs: PageNeeds, ctx: Context): Promise<void> {
  let form = new URLSearchParams();
  const account = await getAccountForPost(needs, ctx, async () => {
    form = await readForm(ctx);
    return findField(form, 'token');
  });
  const about = await findAbout(needs, account, { service: findField(form, 'service'), entry: findField(form, 'entry') });
  const id = uuid.safeParse(findField(form, 'id'));
  if (!id.success) {
    throw new Fault('request/invalid', 'the form has no number of its own');
  }
  const given = findField(form, 'words') ?? '';
  const words = parseWords(given);
  const category = reportCategories.find((known) => known === findField(form, 'category'));
  if (words === undefined || category === undefined) {
    const problem = category === undefined ? 'category' : 'words';
    const shown = { about, id: id.data, words: given.slice(0, longestWords), category: category ?? null, problem } as const;
    await sendForm(needs, ctx, { account, shown });
    return;
  }
  getValue(await openReport(needs, { ...about, id: id.data, personId: account.person.id, category, words }));
  redirectTo(ctx, `${url}?sent=yes`);
}

const placeSchema = z.object({ openedAt: z.int(), id: z.string() });

export async function showReports(needs: PageNeeds, ctx: Context): Promise<void> {
  const account = await openAccount(needs, ctx);
  if (account === undefined) {
    return;
  }
  const list = { personId: account.person.id, name: 'reports' };
  const after = parsePlace(needs, ctx, { list, schema: placeSchema });
  const { reports, next } = await needs.reports.readOwnReports(account.person.id, { after, limit: pageSize });
  const named = reports.map(({ clientId }) => ({ clientId }));
  const reader = await createServiceReader(needs, account, named);
  const toShown = (report: Report) => ({
    caseNumber: report.caseNumber,
    category: report.category,
    serviceName: reader.findService(report.clientId)?.service.name[account.language] ?? report.clientId,
    openedAt: report.openedAt,
    words: openWords(needs, report, 'words'),
    answer: openWords(needs, report, 'answer'),
    closedAt: report.closedAt,
    entryUrl: report.entryId === null ? null : toActivityUrl(report.entryId),
  });
  const page = renderReportsPage(account.frame, {
    reports: reports.map(toShown),
    isSent: ctx.query['sent'] === 'yes',
    accountUrl: '/account',
    moreUrl: next === null ? null : toListUrl(url, {}, createCursor(needs, list, next)),
    firstUrl: after === null ? null : url,
  });
  sendPage(ctx, page);
}
