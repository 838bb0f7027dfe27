// The words of the pages in both languages, MessageFormat 2 (Unicode LDML). A text that exists in one language only stops the process when it starts. Each is compiled
// when it is first needed: all of them took a tenth of a second of every start; that each one parses is held by the tests.

import { MessageFormat } from 'messageformat';
import type { MessagePart } from 'messageformat';

import { ar } from './ar.ts';
import { en } from './en.ts';
import { createInteger } from './integer.ts';

export type Language = 'ar' | 'en';

export type MessageKey = keyof typeof ar;

export type MessageValues = Readonly<Record<string, string | number>>;

export type TextPart = {
  readonly kind: 'text' | 'open' | 'close' | 'slot';
  /** The text itself, or the name of the markup. */
  readonly content: string;
};

export type Texts = {
  readonly language: Language;
  readonly direction: 'rtl' | 'ltr';
  /** The plain text of a key. Values are isolated from the direction of their surroundings. Throws when a value is missing. */
  readonly t: (key: MessageKey, values?: MessageValues) => string;
  /** The same with its markup `{#name}…{/name}` and `{#name /}`, for views/rich-text.ts. */
  readonly parts: (key: MessageKey, values?: MessageValues) => readonly TextPart[];
};

type Message = MessageFormat<'number', 'number'>;

type Catalogue = Readonly<Record<MessageKey, string>>;

export const locales = { ar: 'ar-u-nu-latn', en: 'en-GB-u-nu-latn' } as const;
const directions = { ar: 'rtl', en: 'ltr' } as const;

function compileOnce(language: Language, catalogue: Catalogue): (key: MessageKey) => Message {
  const functions = { integer: createInteger(locales[language], directions[language]) };
  const compiled = new Map<MessageKey, Message>();
  const compile = (key: MessageKey): Message => {
    if (!Object.hasOwn(catalogue, key)) {
      throw new TypeError(`no text has the key "${key}"`);
    }
    try {
      return new MessageFormat(locales[language], catalogue[key], { functions });
    } catch (cause) {
      throw new TypeError(`the ${language} text of "${key}" is not MessageFormat 2`, { cause });
    }
  };
  return (key) => {
    const known = compiled.get(key);
    if (known !== undefined) {
      return known;
    }
    const message = compile(key);
    compiled.set(key, message);
    return message;
  };
}

function toPrinted(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

function toPartText(part: MessagePart<'number'>): string {
  if ('parts' in part && Array.isArray(part.parts)) {
    return part.parts.map((inner: { readonly value?: unknown }) => toPrinted(inner.value)).join('');
  }
  return 'value' in part ? toPrinted(part.value) : '';
}

function toTextPart(part: MessagePart<'number'>): TextPart {
  if (part.type !== 'markup' || !('kind' in part)) {
    return { kind: 'text', content: toPartText(part) };
  }
  return { kind: part.kind === 'standalone' ? 'slot' : part.kind, content: part.name };
}

function toTexts(language: Language, catalogue: Catalogue): Texts {
  const find = compileOnce(language, catalogue);
  const failOn =
    (key: MessageKey) =>
    (cause: unknown): never => {
      throw new TypeError(`the text "${key}" lacks a value`, { cause });
    };
  return {
    language,
    direction: directions[language],
    t: (key, values = {}) => find(key).format({ ...values }, failOn(key)),
    parts: (key, values = {}) =>
      find(key)
        .formatToParts({ ...values }, failOn(key))
        .map(toTextPart),
  };
}

const keysInOneLanguage = [...new Set(Object.keys(ar)).symmetricDifference(new Set(Object.keys(en)))];
if (keysInOneLanguage.length > 0) {
  throw new TypeError(`texts in one language only: ${keysInOneLanguage.join(', ')}`);
}

const textsByLanguage: Readonly<Record<Language, Texts>> = { ar: toTexts('ar', ar), en: toTexts('en', en) };

export function createTexts(language: Language): Texts {
  return textsByLanguage[language];
}
