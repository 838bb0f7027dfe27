// The place "details". Looking at one's own details is no entry: nobody else sees anything by it.

import type { Context } from 'koa';
import { Fault } from '../../domain/kernel/errors.ts';
import type { ChangedDetail } from '../../../views/details-model.ts';
import { renderDetailsPage } from '../../../views/details.ts';
import { findField, readForm } from '../body.ts';
import { redirectTo, sendPage } from '../frame.ts';
import type { PageNeeds } from '../needs.ts';
import { ownPlaces, toAnswers, toOwnDetails, toRegisters } from './held-details.ts';
import { findIdentityCheck } from './identity-check.ts';
import { getAccountForPost, openAccount } from './open-account.ts';

/** A channel that nothing is sent to is changed at a counter. */
function toChangeUrl({ declaring: { doors } }: PageNeeds, name: string): string | null {
  const place = new Map<string, keyof typeof doors | 'name'>(Object.entries(ownPlaces)).get(name);
  return place === undefined || (place !== 'name' && doors[place] === null) ? null : `/account/details/${place}`;
}

const changes: readonly ChangedDetail[] = ['email', 'phone', 'name', 'language'];

export async function showDetails(needs: PageNeeds, ctx: Context): Promise<void> {
  const account = await openAccount(needs, ctx);
  if (account === undefined) {
    return;
  }
  const { person, data, language, token } = account;
  const reader = { person, data, language, now: needs.clock.now() };
  const page = renderDetailsPage(account.frame, {
    own: toOwnDetails(reader, (name) => toChangeUrl(needs, name)),
    language: { action: '/account/details/language', token },
    registers: toRegisters(reader),
    answers: toAnswers(reader),
    check: await findIdentityCheck(needs, account),
    seenUrl: '/account/attributes',
    takeUrl: '/account/take',
    changed: changes.find((changed) => changed === ctx.query['changed']) ?? null,
  });
  sendPage(ctx, page);
}

const languages = ['ar', 'en'] as const;

/** The next page is in the chosen language, and keeps it in this browser as a press on "the other language" does. */
export async function submitLanguage(needs: PageNeeds, ctx: Context): Promise<void> {
  const form = await readForm(ctx);
  const { person } = await getAccountForPost(needs, ctx, findField(form, 'token') ?? '');
  const chosen = languages.find((language) => language === findField(form, 'language'));
  if (chosen === undefined) {
    throw new Fault('request/invalid', 'no such language');
  }
  await needs.people.saveLanguage(person.id, chosen);
  redirectTo(ctx, `/account/details?changed=language&lang=${chosen}`);
}
