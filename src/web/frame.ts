// What every page stands in: language, dates, assets, and who is signed in.

import type { Context } from 'koa';
import type { PersonalData, Language } from '../domain/people/person.ts';
import { createDates } from '../../views/dates.ts';
import type { Dates } from '../../views/dates.ts';
import type { FormTarget, Frame, SignedIn } from '../../views/models.ts';
import { findLanguageOf, keepPressedLanguage } from './language.ts';
import type { WebNeeds } from './needs.ts';

export type Framed = { readonly frame: Frame; readonly language: Language };

export type FrameAsked = {
  readonly uiLocales?: string | undefined;
  readonly saved?: Language | null | undefined;
  readonly signedIn?: SignedIn | undefined;
  /** On a computer that others use: what ends everything. */
  readonly finish?: FormTarget | null | undefined;
};

// One clock for the country; a person abroad reads the time of the service.
const timeZone = 'Asia/Riyadh';
export const dates: Readonly<Record<Language, Dates>> = { ar: createDates('ar', timeZone), en: createDates('en', timeZone) };

function toOtherLanguageUrl(ctx: Context, language: Language): string {
  const query = new URLSearchParams(ctx.querystring);
  query.set('lang', language === 'ar' ? 'en' : 'ar');
  return `${ctx.path}?${query.toString()}`;
}

export type BareNeeds = Pick<WebNeeds, 'texts' | 'assets' | 'issuer'>;

/** Where no request could be read: the other language is that of the first page. */
export function createBareFrame(needs: BareNeeds, language: Language): Frame {
  return {
    texts: needs.texts[language],
    dates: dates[language],
    assets: needs.assets.names,
    siteHost: new URL(needs.issuer).host,
    homeUrl: '/',
    verifyUrl: '/verify',
    otherLanguageUrl: `/?lang=${language === 'ar' ? 'en' : 'ar'}`,
    signedIn: null,
    finish: null,
  };
}

type Reader = Pick<FrameAsked, 'uiLocales' | 'saved' | 'finish'>;

// What a request has told of its reader: an error that comes later on is told in the same language, under the same band.
const readers = new WeakMap<object, Reader>();

function getReader(ctx: Context, { uiLocales, saved, finish }: FrameAsked): Reader {
  const before = readers.get(ctx.req);
  const reader = { uiLocales: uiLocales ?? before?.uiLocales, saved: saved ?? before?.saved, finish: finish ?? before?.finish };
  readers.set(ctx.req, reader);
  return reader;
}

export function createFrame(needs: WebNeeds, ctx: Context, asked: FrameAsked = {}): Framed {
  const nowSeconds = Math.floor(needs.clock.now() / 1000);
  const { uiLocales, saved, finish = null } = getReader(ctx, asked);
  const language = findLanguageOf(ctx, { uiLocales, saved, nowSeconds });
  keepPressedLanguage(ctx, { isSecure: needs.isSecure, nowSeconds, uiLocales, isShared: finish !== null });
  const bare = createBareFrame(needs, language);
  const frame = { ...bare, otherLanguageUrl: toOtherLanguageUrl(ctx, language), signedIn: asked.signedIn ?? null, finish };
  return { frame, language };
}

function toText(data: PersonalData, name: string, language: Language): string | undefined {
  const other = language === 'ar' ? 'en' : 'ar';
  return [data[`${name}#${language}`], data[name], data[`${name}#${other}`]].find((value) => typeof value === 'string');
}

export function toGivenName(data: PersonalData, language: Language): string {
  return toText(data, 'given_name', language) ?? '';
}

export function toFullName(data: PersonalData, language: Language): string {
  const parts = ['given_name', 'family_name'].map((name) => toText(data, name, language)).filter((part) => part !== undefined);
  return toText(data, 'name', language) ?? parts.join(' ');
}

/** As a document may bear it: in the language of the page, and in the other one where it is spelt there too. */
export function toNames(data: PersonalData, language: Language): readonly string[] {
  const both = [toFullName(data, language), toFullName(data, language === 'ar' ? 'en' : 'ar')];
  return [...new Set(both)].filter((name) => name !== '');
}

/** The last four digits of the number that the person is known by, as a recognition aid; null where there is none, as for a visitor. */
export function toNumberEnding(data: PersonalData): string | null {
  const number = data['national_id'] ?? data['residency_number'];
  return typeof number === 'string' ? number.slice(-4) : null;
}

const sentPages = new WeakSet<object>();

/** Whether what is about to leave is one of our pages. */
export function isSentPage(ctx: Pick<Context, 'req'>): boolean {
  return sentPages.has(ctx.req);
}

export function sendPage(ctx: Context, page: string, status = 200): void {
  sentPages.add(ctx.req);
  ctx.status = status;
  ctx.type = 'text/html; charset=utf-8';
  ctx.body = page;
}

export function redirectTo(ctx: Context, url: string): void {
  ctx.redirect(url);
  // After a form, always 303: a 307 would send the form on.
  ctx.status = 303;
}
