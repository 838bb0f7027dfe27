// The preferred name. It opens no door and proves nothing, so the session is enough; the entry says that it changed.

import type { Context } from 'koa';
import { changePreferredName } from '../../domain/declared/change-preferred-name.ts';
import { parsePreferredName } from '../../domain/declared/parse-preferred-name.ts';
import { getValue } from '../../domain/kernel/errors.ts';
import type { PersonalData } from '../../domain/people/person.ts';
import type { NamePage } from '../../../views/details-model.ts';
import { renderNamePage } from '../../../views/preferred-name.ts';
import { findField, readForm } from '../body.ts';
import { redirectTo, sendPage } from '../frame.ts';
import type { PageNeeds } from '../needs.ts';
import { getAccountForPost, openAccount } from './open-account.ts';
import type { Account } from './open-account.ts';

const detailsUrl = '/account/details';
const languages = ['ar', 'en'] as const;

function sendNamePage(ctx: Context, account: Account, page: Pick<NamePage, 'given' | 'wrong'>): void {
  const form = { action: `${detailsUrl}/name`, token: account.token };
  sendPage(ctx, renderNamePage(account.frame, { ...page, form, detailsUrl }), page.wrong.length === 0 ? 200 : 400);
}

/** A name without a language stands in the field of its letters. */
function toGiven(data: PersonalData): NamePage['given'] {
  const plain = data['preferred_name'];
  const find = (language: 'ar' | 'en'): string => {
    const tagged = data[`preferred_name#${language}`];
    const isHere = typeof plain === 'string' && parsePreferredName(language, plain).ok;
    return typeof tagged === 'string' ? tagged : (isHere && plain) || '';
  };
  return { ar: find('ar'), en: find('en') };
}

export async function showPreferredName(needs: PageNeeds, ctx: Context): Promise<void> {
  const account = await openAccount(needs, ctx);
  if (account !== undefined) {
    sendNamePage(ctx, account, { given: toGiven(account.data), wrong: [] });
  }
}

export async function submitPreferredName(needs: PageNeeds, ctx: Context): Promise<void> {
  const form = await readForm(ctx);
  const account = await getAccountForPost(needs, ctx, findField(form, 'token') ?? '');
  const given = { ar: findField(form, 'name-ar') ?? '', en: findField(form, 'name-en') ?? '' };
  const [ar, en] = [parsePreferredName('ar', given.ar), parsePreferredName('en', given.en)];
  if (!ar.ok || !en.ok) {
    const parsed = { ar, en };
    sendNamePage(ctx, account, { given, wrong: languages.filter((language) => !parsed[language].ok) });
    return;
  }
  getValue(await changePreferredName(needs.declaring, account.person, { ar: ar.value, en: en.value }));
  redirectTo(ctx, `${detailsUrl}?changed=name`);
}
