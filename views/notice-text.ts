// The very text that a decision page shows, as data: what is between the words of the page, line by line, with the person's own values and the dates of the
// moment left open. It is read off the finished page, so that no word can stand on the page and be missing from the evidence.

/** What stands in the place of a person's own value or a date of the moment. */
export const openPlace = '[…]';

const emptyTags: ReadonlySet<string> = new Set(['input', 'br', 'meta', 'link', 'img', 'hr', 'path']);
/** These stand inside a line; every other element begins one. */
const inlineTags: ReadonlySet<string> = new Set(['bdi', 'span', 'strong', 'del', 'ins', 'a', 'time']);
const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };

type Reading = { text: string; skipped: number };

/** Of a page that these templates made: every attribute is quoted and every angle bracket in a text escaped. */
export function toNoticeText(document: string): string {
  const reading: Reading = { text: '', skipped: 0 };
  for (const [token] of getMain(document).matchAll(/<[^<>]*>|[^<]+/g)) {
    if (token.startsWith('<')) {
      readTag(reading, token);
    } else if (reading.skipped === 0) {
      reading.text += token.replaceAll(/\s+/g, ' ');
    }
  }
  return toLines(reading.text);
}

function getMain(document: string): string {
  const start = document.indexOf('<main');
  const end = document.indexOf('</main>');
  if (start < 0 || end < start) {
    throw new TypeError('the page has no main part');
  }
  return document.slice(start, end);
}

function readTag(reading: Reading, token: string): void {
  const name = /^<\/?([a-z0-9]+)/i.exec(token)?.[1] ?? '';
  const isClosing = token.startsWith('</');
  if (emptyTags.has(name) || token.endsWith('/>')) {
    return;
  }
  if (reading.skipped > 0) {
    reading.skipped += isClosing ? -1 : 1;
  } else {
    readVisibleTag(reading, name, token);
  }
}

function readVisibleTag(reading: Reading, name: string, token: string): void {
  reading.text += inlineTags.has(name) ? '' : '\n';
  if (!token.startsWith('</')) {
    beginSkipping(reading, name, token);
  }
}

/** Pictures say nothing; an open place says that something stood there. */
function beginSkipping(reading: Reading, name: string, token: string): void {
  const isPlace = isOpen(name, token);
  reading.skipped = isPlace || name === 'svg' ? 1 : 0;
  reading.text += isPlace ? openPlace : '';
}

function isOpen(name: string, token: string): boolean {
  return name === 'time' || /\sdata-own(?:\s|>|=)/.test(token);
}

/** Isolates and no-break spaces order the letters on the screen and are no part of the words. */
function toLines(text: string): string {
  return text
    .replaceAll(/&(amp|lt|gt|quot|#39);/g, (_match, name: string) => entities[name] ?? '')
    .replaceAll(/[\u2066-\u2069]/g, '')
    .split('\n')
    .map((line) => line.replaceAll(/\s+/g, ' ').trim())
    .filter((line) => line !== '')
    .join('\n');
}
