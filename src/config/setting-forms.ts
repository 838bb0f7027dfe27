// Forms of settings that more than one may have, or that say little by themselves.

import { z } from 'zod';

import type { Level } from './config.ts';

// One for each setting: a note belongs to a schema.
export const createName = () => z.string().regex(/^[^\p{C}<>]{1,200}$/u, 'is not a name of at most 200 characters');
export const publicPage = z
  .string()
  .refine((text) => URL.canParse(text) && new URL(text).protocol === 'https:' && text.length <= 300, 'is not an https URL');

/** Known to the names that the runtime has of countries, so that no typing error stands for one. */
export const country = z
  .string()
  .refine(
    (text) => /^[A-Z]{2}$/.test(text) && new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' }).of(text) !== undefined,
    'is not two capital letters of ISO 3166-1',
  );

export const path = z.string().refine((text) => !text.includes('\0'), 'is not a path');
export const hops = z.string().regex(/^\d$/, 'is not a whole number between 0 and 9').transform(Number);
/** Null for off. */
export const hourOrOff = z
  .string()
  .regex(/^(?:1?\d|2[0-3]|off)$/, 'is neither a whole number between 0 and 23 nor off')
  .transform((text) => (text === 'off' ? null : Number(text)));
export const seconds = z
  .string()
  .regex(/^(?:[1-5]?\d|60)$/, 'is not a whole number between 0 and 60')
  .transform(Number);
export const keyDays = z
  .string()
  .regex(/^(?:[2-9]|[1-9]\d|[12]\d\d|3[0-5]\d|36[0-5])$/, 'is not a whole number between 2 and 365')
  .transform(Number);
export const recoveryHours = z
  .string()
  .regex(/^(?:2[4-9]|[3-9]\d|[1-6]\d\d|7[01]\d|720)$/, 'is not a whole number between 24 and 720')
  .transform(Number);
export const unfreezeHours = z
  .string()
  .regex(/^(?:2[4-9]|[3-9]\d|1[0-5]\d|16[0-8])$/, 'is not a whole number between 24 and 168')
  .transform(Number);
export const trustFramework = z.string().regex(/^[\x21-\x7E]{3,200}$/, 'is not an identifier of 3 to 200 visible characters');
export const staffPasskeys = z.enum(['metadata', 'attested'], 'is neither metadata nor attested');
export const level = z.enum(['debug', 'info', 'warn', 'error'] satisfies readonly Level[], 'is not one of debug, info, warn, error');

/** Where the door for certificates is known: an origin like the issuer, and never in the clear. */
export const origin = z.string().refine((text) => {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return url?.protocol === 'https:' && text.replace(/\/$/, '') === url.origin;
}, 'is not an https origin: no path, query, fragment, user name, capital letters or default port');

// So that no header that means something else can be named by mistake.
export const certificateHeader = z
  .string()
  .regex(/^(?=.*cert)[a-z\d-]{4,64}$/i, 'is not the name of a header for certificates')
  .transform((text) => text.toLowerCase());
