// The published figures of a month for programs: the document, and the signature under exactly its bytes. Anybody may keep a copy, and should.

import type { Context } from 'koa';
import type { PublishedFigures } from '../../domain/audit/figures/store.ts';
import { parseEdition } from '../../domain/audit/figures/month.ts';
import { Fault } from '../../domain/kernel/errors.ts';
import type { PageNeeds } from '../needs.ts';

export async function findAsked({ figures }: Pick<PageNeeds, 'figures'>, text: string): Promise<PublishedFigures> {
  const asked = parseEdition(text);
  const found = asked === undefined ? undefined : await figures.findFigures(asked.month, asked.edition);
  if (found === undefined) {
    throw new Fault('request/not-found', 'no figures of this month were published');
  }
  return found;
}

export async function serveFigures(needs: PageNeeds, ctx: Context, text: string): Promise<void> {
  const { document, signature } = await findAsked(needs, text);
  ctx.type = 'application/json; charset=utf-8';
  ctx.set('Access-Control-Allow-Origin', '*');
  // An edition never changes; a month may gain a newer one.
  ctx.set('Cache-Control', parseEdition(text)?.edition === undefined ? 'public, max-age=3600' : 'public, max-age=31536000, immutable');
  ctx.body = `{"document":${document},"signature":"${signature}"}\n`;
}
