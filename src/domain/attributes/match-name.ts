// Whether a name that a service holds is this person's. Only yes or no comes out. Ways of writing that people do not take for another name are folded:
// case, marks, the forms of alif, ya and ta marbuta, the article, hyphens and spaces.

import type { Json } from '../kernel/canonical.ts';
import { isText } from './tagged-value.ts';
import type { AttributeValues } from './tagged-value.ts';

const parts = ['given_name', 'father_name', 'grandfather_name', 'family_name'] as const;
const tags = ['', '#ar', '#en'] as const;
const maxLength = 300;

/** `undefined` where there is nothing to compare. */
export function isOwnName(data: AttributeValues, wanted: Json | undefined): boolean | undefined {
  const own = tags.flatMap((tag) => toForms(data, tag));
  if (own.length === 0 || !isText(wanted) || wanted.length > maxLength) {
    return undefined;
  }
  const asked = toSkeleton(wanted);
  return asked !== '' && own.some((name) => toSkeleton(name) === asked);
}

/** The whole name as it stands or composed, and first with family name. */
function toForms(data: AttributeValues, tag: (typeof tags)[number]): readonly string[] {
  const read = (name: string): string => {
    const value = data[`${name}${tag}`];
    return isText(value) ? value : '';
  };
  const [given, family] = [read('given_name'), read('family_name')];
  const composed = given !== '' && family !== '' ? [`${given} ${family}`, parts.map(read).join(' ')] : [];
  return [read('name'), ...composed].filter((name) => name.trim() !== '');
}

const connectives: ReadonlySet<string> = new Set(['bin', 'ben', 'ibn', 'bint', 'بن', 'ابن', 'بنت', 'al', 'el', 'ال']);

function toSkeleton(name: string): string {
  return name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[\p{M}\u0640]/gu, '')
    .replaceAll(/[أإآٱ]/g, 'ا')
    .replaceAll(/[ىیے]/g, 'ي')
    .replaceAll('ة', 'ه')
    .replaceAll('ک', 'ك')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '' && !connectives.has(word))
    .map((word) => word.replace(/^(?:al|el|ال)(?=\p{L}{3})/u, ''))
    .join('');
}
