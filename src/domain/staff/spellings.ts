// The spellings of an officer's name. One account has one name, as on the badge; where the badge says it in two scripts, it is "فهد العتيبي · Fahad Alotaibi", and
// each of the two is the name by itself: shown in its language, and compared.

const between = /[·•|/]|(?<=\s)[-–—](?=\s)/u;

/** In the order of the badge; the whole where it is one. */
export function toSpellings(name: string): readonly string[] {
  return name
    .split(between)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/** Whether any spelling of the one is a spelling of the other: two accounts of one human, as far as a name can tell. */
export function isSameName(one: string, other: string): boolean {
  const known = new Set(toSpellings(one).map(foldName));
  return toSpellings(other).some((spelling) => known.has(foldName(spelling)));
}

const scripts = { ar: /\p{Script=Arabic}/u, en: /\p{Script=Latin}/u } as const;

/** The spelling in the script of a language, and the whole name where there is none. */
export function toSpellingIn(name: string, language: 'ar' | 'en'): string {
  return toSpellings(name).find((spelling) => scripts[language].test(spelling)) ?? name;
}

/** Arabic letters that are written in more than one way, and what is not written by everybody. */
const folds: readonly (readonly [RegExp, string])[] = [
  [/[\p{Mn}\u0640]/gu, ''],
  [/[أإآٱ]/gu, 'ا'],
  [/ى/gu, 'ي'],
  [/ة/gu, 'ه'],
  [/\s+/gu, ' '],
];

/** So that two ways of writing one name are one text. Broad on purpose: what is one name too many costs another officer, and one too few a guard. */
export function foldName(text: string): string {
  const plain = text.normalize('NFKD');
  return folds
    .reduce((folded, [from, to]) => folded.replaceAll(from, to), plain)
    .trim()
    .toLowerCase();
}
