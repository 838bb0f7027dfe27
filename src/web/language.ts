// The language of a page: what the request names, then the person's saved choice, then the browser, then Arabic.
// A press on "the other language" within the last minutes stands above what is saved; above what a request names only where it was
// made against such a request, because the pages of one request follow each other.

import type { Context } from 'koa';
import type { Language } from '../domain/people/person.ts';
import { setCookie, toCookieName } from './browser-cookies.ts';

const name = 'lang';
const cookieNames = { secure: toCookieName({ isSecure: true }, name), plain: toCookieName({ isSecure: false }, name) } as const;
const freshSeconds = 600;
const lifeSeconds = 400 * 24 * 60 * 60;

function findLanguage(text: string | undefined): Language | undefined {
  const tag = text?.trim().slice(0, 2).toLowerCase();
  return tag === 'ar' || tag === 'en' ? tag : undefined;
}

function findFirst(list: string | undefined): Language | undefined {
  return list
    ?.split(/\s+/)
    .map(findLanguage)
    .find((language) => language !== undefined);
}

/** By the weights that the browser gives (RFC 9110 §12.5.4). */
function findAccepted(ctx: Context): Language | undefined {
  const tag = ctx.get('accept-language') === '' ? false : ctx.acceptsLanguages('ar', 'en');
  return tag === false ? undefined : findLanguage(tag);
}

type Choice = { readonly language: Language; readonly isFresh: boolean; readonly isAgainstRequest: boolean };

const againstRequest = 'asked';

function findChoice(ctx: Context, nowSeconds: number): Choice | undefined {
  const [tag, at, against] = (ctx.cookies.get(cookieNames.secure) ?? ctx.cookies.get(cookieNames.plain) ?? '').split('.');
  const language = findLanguage(tag);
  const isFresh = nowSeconds - Number(at) < freshSeconds;
  return language === undefined ? undefined : { language, isFresh, isAgainstRequest: isFresh && against === againstRequest };
}

export type LanguageHints = {
  readonly uiLocales?: string | undefined;
  readonly saved?: Language | null | undefined;
  readonly nowSeconds: number;
};

function findPressed(ctx: Context): Language | undefined {
  const asked = ctx.query['lang'];
  return findLanguage(typeof asked === 'string' ? asked : undefined);
}

/** Of the page that follows an end after which no cookie tells the language any more. */
export function findNamedLocales(ctx: Context): string | undefined {
  const { ui_locales: named } = ctx.query;
  return typeof named === 'string' ? named : undefined;
}

/** Whether this request is a press on "the other language". */
export function isLanguagePressed(ctx: Context): boolean {
  return findPressed(ctx) !== undefined;
}

export function findLanguageOf(ctx: Context, hints: LanguageHints): Language {
  const choice = findChoice(ctx, hints.nowSeconds);
  const inOrder = [
    findPressed(ctx),
    choice?.isAgainstRequest === true ? choice.language : undefined,
    findFirst(hints.uiLocales),
    choice?.isFresh === true ? choice.language : undefined,
    hints.saved,
    choice?.language,
    findAccepted(ctx),
  ];
  return inOrder.find((language) => language === 'ar' || language === 'en') ?? 'ar';
}

type CookieLife = { readonly isSecure: boolean; readonly maxAge?: number };

function saveChoice(ctx: Context, value: string, { isSecure, ...life }: CookieLife): void {
  setCookie({ isSecure }, ctx, { name, value, sameSite: 'lax', ...life });
}

export type Kept = {
  readonly isSecure: boolean;
  readonly nowSeconds: number;
  readonly uiLocales: string | undefined;
  /** On a computer that others use the choice goes with the browser's window. */
  readonly isShared: boolean;
};

/** Keeps a press on "the other language" in the browser. */
export function keepPressedLanguage(ctx: Context, { isSecure, nowSeconds, uiLocales, isShared }: Kept): void {
  const pressed = findPressed(ctx);
  if (pressed !== undefined) {
    const against = findFirst(uiLocales) === undefined ? '' : `.${againstRequest}`;
    saveChoice(ctx, `${pressed}.${nowSeconds}${against}`, { isSecure, ...(isShared ? {} : { maxAge: lifeSeconds * 1000 }) });
  }
}

/** A choice made before the sign-in said that others use this computer no longer outlives the browser's window. */
export function keepLanguageWithBrowser(ctx: Context, isSecure: boolean): void {
  const choice = ctx.cookies.get(isSecure ? cookieNames.secure : cookieNames.plain);
  if (choice !== undefined) {
    saveChoice(ctx, choice, { isSecure });
  }
}
