import type { Context } from 'koa';
import { renderRegisterPage } from '../../../views/register.ts';
import { sendPage } from '../frame.ts';
import type { PageNeeds } from '../needs.ts';
import { createPublicFrame } from '../shared-computer.ts';
import { isFound, listPublicServices } from './find-services.ts';

const longestQuery = 100;

/** What somebody typed, as far as it can be looked for. */
function toQuery(given: unknown): string {
  const text = typeof given === 'string' ? given : '';
  return Array.from(text.replaceAll(/[\p{Cc}\p{Cf}\p{Cs}\s]+/gu, ' ').trim())
    .slice(0, longestQuery)
    .join('');
}

export async function showServices(needs: PageNeeds, ctx: Context): Promise<void> {
  const { frame, language } = await createPublicFrame(needs, ctx);
  const query = toQuery(ctx.query['q']);
  const all = await listPublicServices(needs.agencies);
  const rows = all
    .filter((registered) => isFound(registered, query))
    .map(({ agency, service, purposes }) => ({
      url: `/services/${encodeURIComponent(service.clientId)}`,
      serviceName: service.name[language],
      agencyName: agency.name[language],
      purposes: purposes.map(({ text }) => text[language]),
      status: service.status,
    }))
    .toSorted((one, other) => one.serviceName.localeCompare(other.serviceName, language));
  sendPage(ctx, renderRegisterPage(frame, { query, total: all.length, rows, feedUrl: '/services.json' }));
}
