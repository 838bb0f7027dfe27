// One's own work on the first page of the auditor's desk.

import type { Watched } from '../../domain/audit/anomalies/watch.ts';
import { watchedDays } from '../../domain/audit/anomalies/watch.ts';
import { isCaseOver } from '../../domain/audit/case.ts';
import type { WaitingDecision } from '../../domain/audit/waiting.ts';
import { toSpellingIn } from '../../domain/staff/spellings.ts';
import type { DeskWork } from '../../../views/audit-desk-model.ts';
import type { PageNeeds } from '../needs.ts';
import { findMandate } from './anomalies/mandate.ts';
import { toCaseRow } from './cases/case-row.ts';
import { casesUrl, toCaseUrl } from './cases/open-case.ts';
import type { Audit } from './open-audit.ts';
import { toPlaces } from './questions/question-frame.ts';
import { toSearchUrl } from './questions/saved-url.ts';

/** Of each list the page shows the first few; the rest has a page of its own. */
const most = 5;
const casesRead = 40;
/** A desk does not wait longer for what the rules find. */
const patienceMs = 700;
const foundUrl = `/audit/anomalies?days=${watchedDays}`;

async function readWaiting(needs: PageNeeds, { officer, language }: Audit): Promise<DeskWork['waiting']> {
  const waiting = await needs.cases.listWaiting(officer.id, needs.clock.now());
  const askers = await Promise.all([...new Set(waiting.map(({ askedBy }) => askedBy))].map(async (id) => needs.staff.findOfficer(id)));
  const names = new Map(askers.flatMap((asker) => (asker === undefined ? [] : [[asker.id, toSpellingIn(asker.name, language)] as const])));
  const parts = { unmask: 'unmask', breach: 'breach', suspension: 'suspensions', export: 'exports' } as const;
  return waiting.map(({ kind, id, caseId, caseNumber, askedBy, askedAt, openUntil }: WaitingDecision) => ({
    kind,
    url: `${toCaseUrl(caseId)}/${parts[kind]}/${id}`,
    caseNumber,
    askedBy: names.get(askedBy) ?? askedBy,
    askedAt,
    openUntil,
  }));
}

async function readCases(needs: PageNeeds, { officer, language }: Audit): Promise<DeskWork['cases']> {
  const now = needs.clock.now();
  const { cases } = await needs.cases.readCasesOf(officer.id, { after: null, limit: casesRead });
  const going = cases.filter((found) => found.closedAt === null && !isCaseOver(found, now)).slice(0, most);
  const reading = { agencies: await needs.agencies.listAgencies(), language, now };
  return going.map((found) => toCaseRow(found, reading));
}

async function readFound(needs: PageNeeds, audit: Audit): Promise<DeskWork['found']> {
  const counting: Promise<Watched | null> = needs.watch.read(await findMandate(needs, audit));
  const watched = await Promise.race([counting, needs.sleep(patienceMs).then(() => null)]);
  return watched && { at: watched.at, rules: watched.found.map((rule) => ({ ...rule, url: `${foundUrl}#${rule.name}` })) };
}

export async function readDeskWork(needs: PageNeeds, audit: Audit): Promise<DeskWork> {
  const places = toPlaces(null);
  const [waiting, cases, found, searches] = await Promise.all([
    readWaiting(needs, audit),
    readCases(needs, audit),
    readFound(needs, audit),
    needs.searches.listSearches({ caseId: null, officerId: audit.officer.id }),
  ]);
  return {
    waiting,
    cases,
    casesUrl,
    found,
    foundDays: watchedDays,
    foundUrl,
    saved: searches.slice(0, most).map((search) => ({ name: search.name, url: toSearchUrl(places, search, null) })),
    savedUrl: places.savedUrl,
  };
}
