import type { Context } from 'koa';
import type { RegisteredService } from '../../domain/agencies/agency.ts';
import { toKind } from '../../domain/agencies/resource-callers.ts';
import type { Language } from '../../domain/people/person.ts';
import type { RegisterProgramRow, RegisterRow } from '../../../views/register-model.ts';
import { renderRegisterPage } from '../../../views/register.ts';
import { sendPage } from '../frame.ts';
import type { PageNeeds } from '../needs.ts';
import { createPublicFrame } from '../shared-computer.ts';
import { toRegisterUrl, toShownAccess } from './describe-access.ts';
import { isFound } from './find-services.ts';

const longestQuery = 100;

/** What somebody typed, as far as it can be looked for. */
function toQuery(given: unknown): string {
  const text = typeof given === 'string' ? given : '';
  return Array.from(text.replaceAll(/[\p{Cc}\p{Cf}\p{Cs}\s]+/gu, ' ').trim())
    .slice(0, longestQuery)
    .join('');
}

const isForPeople = ({ service }: RegisteredService): boolean => toKind(service) === 'service';

function toRow({ agency, service, purposes }: RegisteredService, language: Language): RegisterRow {
  return {
    url: toRegisterUrl(service.clientId),
    serviceName: service.name[language],
    agencyName: agency.name[language],
    purposes: purposes.map(({ text }) => text[language]),
    status: service.status,
  };
}

function toProgramRow(
  registered: RegisteredService,
  known: readonly RegisteredService[],
  language: Language,
): readonly RegisterProgramRow[] {
  const { purposes: _purposes, ...row } = toRow(registered, language);
  const { kind, opens, access } = toShownAccess(registered, known, language);
  const about = opens === null ? access.map(({ name }) => name) : opens.acts.map(({ text }) => text);
  return kind === 'service' ? [] : [{ ...row, kind, about }];
}

export async function showServices(needs: PageNeeds, ctx: Context): Promise<void> {
  const { frame, language } = await createPublicFrame(needs, ctx);
  const query = toQuery(ctx.query['q']);
  const known = await needs.agencies.listServices();
  const found = known.filter((registered) => isFound(registered, query));
  const byName = (one: { readonly serviceName: string }, other: { readonly serviceName: string }): number =>
    one.serviceName.localeCompare(other.serviceName, language);
  const rows = found.filter(isForPeople).map((registered) => toRow(registered, language));
  const programs = found.flatMap((registered) => toProgramRow(registered, known, language));
  const counted = { query, total: known.filter(isForPeople).length, feedUrl: '/services.json', figuresUrl: '/transparency' };
  sendPage(ctx, renderRegisterPage(frame, { ...counted, rows: rows.toSorted(byName), programs: programs.toSorted(byName) }));
}
