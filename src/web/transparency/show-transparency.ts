// The page of public figures: the newest month, or the one that is asked for. The same for everybody, so that any cache may keep it.

import type { Context } from 'koa';
import { parseDocument } from '../../domain/audit/figures/document.ts';
import type { FiguresDocument } from '../../domain/audit/figures/document.ts';
import type { PublishedEdition, PublishedFigures } from '../../domain/audit/figures/store.ts';
import type { Language } from '../../domain/people/person.ts';
import type { FiguresMonth, FiguresShown } from '../../../views/transparency-model.ts';
import { renderTransparencyPage } from '../../../views/transparency.ts';
import { sendPage } from '../frame.ts';
import type { PageNeeds } from '../needs.ts';
import { createPublicFrame } from '../shared-computer.ts';
import { findAsked } from './serve-figures.ts';

/** Two years of months on one page. */
const mostMonths = 24;

function toShown(document: FiguresDocument, { publishedAt }: PublishedEdition, language: Language): FiguresShown {
  const { agencies, protection } = document;
  const byName = (one: { readonly name: string }, other: { readonly name: string }): number => one.name.localeCompare(other.name, language);
  return {
    month: document.month,
    publishedAt,
    reason: document.reason?.[language] ?? null,
    size: document.checkpoint.size,
    agencies: agencies.map(({ name, figures }) => ({ name: name[language], figures })).toSorted(byName),
    total: document.total,
    unmasked: document.unmasked,
    unmaskedBy: document.unmasked_by_agency.map(({ agency, people }) => {
      return { name: agencies.find(({ id }) => id === agency)?.name[language] ?? agency, people };
    }),
    below: protection.agencies.below,
    step: protection.agencies.step,
  };
}

/** The newest edition of each month, the newest month first. */
function toNewest(editions: readonly PublishedEdition[]): readonly PublishedEdition[] {
  return [...new Map(editions.map((edition) => [edition.month, edition])).values()].toReversed().slice(0, mostMonths);
}

async function toMonths(needs: PageNeeds, shown: PublishedEdition): Promise<readonly FiguresMonth[]> {
  const newest = toNewest(await needs.figures.listEditions());
  return Promise.all(
    newest.map(async ({ month, edition, digest }) => {
      const found = await needs.figures.findFigures(month, edition);
      const signedIn = found === undefined ? { below: 0 } : parseDocument(found).total.signedIn;
      const urls = { url: `/transparency/${month}`, fileUrl: `/transparency/${month}.json` };
      return { month, edition, digest, signedIn, ...urls, isShown: shown.month === month && shown.edition === edition };
    }),
  );
}

/** Only where nothing of the browser's own could have gone into the page. */
function letKeep(ctx: Context): void {
  ctx.vary('Cookie');
  ctx.vary('Accept-Language');
  if (ctx.get('cookie') === '' && !ctx.res.hasHeader('set-cookie')) {
    ctx.set('Cache-Control', 'public, max-age=600');
  }
}

async function sendFigures(needs: PageNeeds, ctx: Context, published: PublishedFigures | undefined): Promise<void> {
  const { frame, language } = await createPublicFrame(needs, ctx);
  const places = { keysUrl: '/ledger/receipt-keys', verifierUrl: '/ledger/huwiya-verify.mjs' };
  const page =
    published === undefined
      ? { shown: null, months: [], ...places }
      : { shown: toShown(parseDocument(published), published, language), months: await toMonths(needs, published), ...places };
  letKeep(ctx);
  sendPage(ctx, renderTransparencyPage(frame, page));
}

export async function showTransparency(needs: PageNeeds, ctx: Context): Promise<void> {
  const newest = (await needs.figures.listEditions()).at(-1);
  await sendFigures(needs, ctx, newest === undefined ? undefined : await needs.figures.findFigures(newest.month));
}

export async function showTransparencyMonth(needs: PageNeeds, ctx: Context, month: string): Promise<void> {
  await sendFigures(needs, ctx, await findAsked(needs, month));
}
