// In which frame a question is asked: outside any case, or inside one. Whatever differs between the two stands here.

import type { Context } from 'koa';
import { findCasePerson, toCaseFilter, toCasePseudonyms } from '../../../domain/audit/case-people.ts';
import { toCasePseudonym } from '../../../domain/audit/case.ts';
import type { OpenedCase } from '../../../domain/audit/case.ts';
import type { CaseNeeds } from '../../../domain/audit/case-needs.ts';
import type { Inside, Standing } from '../../../domain/audit/questions/sight.ts';
import type { InCase } from '../../../../views/audit-model.ts';
import { getOpenCase, toCaseNeeds, toCaseUrl } from '../cases/open-case.ts';
import type { PageNeeds } from '../../needs.ts';
import { toEntryUrl } from '../entry-rows.ts';
import { openAudit } from '../open-audit.ts';
import type { Audit } from '../open-audit.ts';

export type Places = {
  /** Null outside a case. */
  readonly caseId: string | null;
  readonly inCase: InCase;
  readonly questionsUrl: string;
  /** Where entries are listed by every filter. */
  readonly entriesUrl: string;
  /** Where searches are kept. */
  readonly savedUrl: string;
  /** One entry. Inside a case its person has a pseudonym, and the look bears the number of the case. */
  readonly toEntryUrl: (index: number) => string;
};

export type QuestionFrame = Places & { readonly audit: Audit; readonly standing: Standing };

export function toPlaces(opened: Pick<OpenedCase, 'id' | 'number'> | null): Places {
  if (opened === null) {
    return {
      caseId: null,
      inCase: null,
      questionsUrl: '/audit/questions',
      entriesUrl: '/audit/questions/entries',
      savedUrl: '/audit/saved',
      toEntryUrl,
    };
  }
  const url = toCaseUrl(opened.id);
  return {
    caseId: opened.id,
    inCase: { number: opened.number, url },
    questionsUrl: `${url}/questions`,
    entriesUrl: `${url}/entries`,
    savedUrl: `${url}/saved`,
    toEntryUrl: (index) => `${url}/entries/${index}`,
  };
}

type InsideNeeds = Pick<CaseNeeds, 'cases' | 'agencies'>;

export async function toInside(needs: InsideNeeds, opened: OpenedCase): Promise<Inside> {
  const { services = null, personRefs = null, from = null, to = null } = await toCaseFilter(needs, opened);
  return {
    id: opened.id,
    number: opened.number,
    services,
    personRefs,
    covers: { from, to },
    toPseudonym: (personRef) => toCasePseudonym(opened, personRef),
    findPerson: async (pseudonym) => findCasePerson(needs, opened, pseudonym),
    remember: async (refs) => {
      await toCasePseudonyms(needs, opened, refs);
    },
  };
}

/** Services of the one agency of a mandate; null for all. */
export async function findMandate({ agencies }: Pick<CaseNeeds, 'agencies'>, agencyId: string | null): Promise<readonly string[] | null> {
  if (agencyId === null) {
    return null;
  }
  const registered = await agencies.listServices();
  return registered.filter(({ agency }) => agency.id === agencyId).map(({ service }) => service.clientId);
}

const casePath = /^\/audit\/cases\/([^/]+)\//;

/** Undefined when the answer was given already. Throws `audit/case-unknown` and `audit/case-ended`. */
export async function openQuestions(needs: PageNeeds, ctx: Context): Promise<QuestionFrame | undefined> {
  const audit = await openAudit(needs, ctx);
  if (audit === undefined) {
    return undefined;
  }
  const services = await findMandate(needs, audit.officer.agencyId);
  const [, caseId] = casePath.exec(ctx.path) ?? [];
  if (caseId === undefined) {
    return { audit, standing: { inside: null, services }, ...toPlaces(null) };
  }
  const opened = await getOpenCase(needs, audit.officer.id, caseId);
  const standing = { inside: await toInside(toCaseNeeds(needs), opened), services };
  return { audit, standing, ...toPlaces(opened) };
}
