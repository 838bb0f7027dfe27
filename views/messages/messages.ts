// The words of the pages in both languages, MessageFormat 2 (Unicode LDML). Everything is compiled when the process starts:
// a text that does not parse, or that exists in one language only, stops it there and not in front of a person.

import { MessageFormat } from 'messageformat';

import { ar } from './ar.ts';
import { en } from './en.ts';

export type Language = 'ar' | 'en';

export type MessageKey = keyof typeof ar;

export type MessageValues = Readonly<Record<string, string | number>>;

export type Texts = {
  readonly language: Language;
  readonly direction: 'rtl' | 'ltr';
  /** The text of a key. Values are isolated from the direction of their surroundings. Throws when a value is missing. */
  readonly t: (key: MessageKey, values?: MessageValues) => string;
};

type Catalogue = Readonly<Record<MessageKey, string>>;

const locales = { ar: 'ar-u-nu-latn', en: 'en-GB-u-nu-latn' } as const;

function findMissingKeys(): readonly string[] {
  const arabic = new Set(Object.keys(ar));
  const english = new Set(Object.keys(en));
  return [...arabic.symmetricDifference(english)];
}

function compileCatalogue(language: Language, catalogue: Catalogue): ReadonlyMap<string, MessageFormat> {
  const compiled = Object.entries(catalogue).map(([key, source]): [string, MessageFormat] => {
    try {
      return [key, new MessageFormat(locales[language], source)];
    } catch (cause) {
      throw new TypeError(`the ${language} text of "${key}" is not MessageFormat 2`, { cause });
    }
  });
  return new Map(compiled);
}

function toTexts(language: Language, catalogue: Catalogue): Texts {
  const messages = compileCatalogue(language, catalogue);
  return {
    language,
    direction: language === 'ar' ? 'rtl' : 'ltr',
    t: (key, values = {}) => {
      const message = messages.get(key);
      if (message === undefined) {
        throw new TypeError(`no text has the key "${key}"`);
      }
      return message.format({ ...values }, (cause) => {
        throw new TypeError(`the text "${key}" lacks a value`, { cause });
      });
    },
  };
}

const missingKeys = findMissingKeys();
if (missingKeys.length > 0) {
  throw new TypeError(`texts in one language only: ${missingKeys.join(', ')}`);
}

const textsByLanguage: Readonly<Record<Language, Texts>> = { ar: toTexts('ar', ar), en: toTexts('en', en) };

export function createTexts(language: Language): Texts {
  return textsByLanguage[language];
}
