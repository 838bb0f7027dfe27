// A person's own value, hidden until asked for (DESIGN 6.10): somebody may be looking over the shoulder. The mask tells the person which value it is
// and tells nobody else much. It is no protection of the page source: a value that must not be on the page is handed over as `withheld`.

import type { OwnValue } from './models.ts';

const dot = '•';
const wholeMask = dot.repeat(4);

function toLetters(text: string): readonly string[] {
  return [...new Intl.Segmenter('und', { granularity: 'grapheme' }).segment(text)].map((part) => part.segment);
}

/** "س••• ا•••••••": the first letter of each word, at most seven dots, so that length does not give a long name away. */
function maskName(name: string): string {
  return name
    .split(/\s+/)
    .filter((word) => word !== '')
    .map((word) => {
      const [first = '', ...rest] = toLetters(word);
      return first + dot.repeat(Math.min(rest.length, 7));
    })
    .join(' ');
}

/** "••••••0008": the last four, and never more than half. */
function maskCode(code: string, visible: number): string {
  const total = code.replace(/[^\p{L}\p{N}]/gu, '').length;
  const hidden = total - Math.min(visible, Math.floor(total / 2));
  let seen = 0;
  return code.replace(/[\p{L}\p{N}]/gu, (sign) => {
    seen += 1;
    return seen <= hidden ? dot : sign;
  });
}

function maskEmail(email: string): string {
  const at = email.lastIndexOf('@');
  return at < 1 ? wholeMask : `${email.slice(0, 1)}${dot.repeat(3)}${email.slice(at)}`;
}

const maskers = {
  name: maskName,
  code: (text: string) => maskCode(text, 4),
  phone: (text: string) => maskCode(text, 3),
  email: maskEmail,
  text: () => wholeMask,
  date: () => wholeMask,
  plain: (text: string) => text,
} as const;

/** What stands in the place of a value. Empty for a value that is not there. */
export function toMasked(value: OwnValue): string {
  if ('text' in value) {
    return maskers[value.kind](value.text);
  }
  return value.kind === 'answer' ? dot.repeat(3) : '';
}
