// The screen rules of consent (domain model 3.8), as far as a machine can tell; each test names its rule.

import { describe, expect, test } from 'vitest';
import { ar } from '../../../views/messages/ar.ts';
import { en } from '../../../views/messages/en.ts';
import { renderSamplePages } from '../../support/sample-pages.ts';
import { sampleWords } from '../../support/sample-words.ts';

const languages = ['ar', 'en'] as const;
type Language = (typeof languages)[number];

const samples = { ar: renderSamplePages('ar'), en: renderSamplePages('en') };

function getPage(name: string, language: Language): string {
  const page = samples[language].find((sample) => sample.name === name);
  if (page === undefined) {
    throw new TypeError(`no sample page ${name}`);
  }
  return page.document;
}

const toText = (markup: string): string =>
  markup
    .replace(/<[^>]+>/g, ' ')
    .replace(/[\u2066-\u2069]/g, '')
    .replace(/\s+/g, ' ')
    .trim();

/** The parts of a page in their order: elements, their classes and what programs rely on; no words, no addresses. */
function toSkeleton(document: string): readonly string[] {
  return [...document.replace(/<head>[\s\S]*?<\/head>/, '').matchAll(/<(\w+)([^>]*)>/g)].map(([, tag = '', attributes = '']) => {
    const kept = [...attributes.matchAll(/\s(?:class|id|name|data-(?!label)[a-z-]+)="[^"]*"/g)].map(([text]) => text.trim());
    return [tag, ...kept].join(' ');
  });
}

function findHeading(document: string): string {
  return toText(/<h1>([\s\S]*?)<\/h1>/.exec(document)?.[1] ?? '');
}

const countMatches = (text: string, pattern: RegExp): number => [...text.matchAll(pattern)].length;

describe('rule 1: Arabic and English', () => {
  test.each(samples.ar.map(({ name }) => name))('%s is the same page in both', (name) => {
    expect(toSkeleton(getPage(name, 'en'))).toEqual(toSkeleton(getPage(name, 'ar')));
  });
});

describe.each(languages)('the consent page in %s', (language) => {
  const page = getPage('consent', language);
  const words = sampleWords[language];

  test('rule 2: isolates names, numbers and addresses from the direction around them', () => {
    const outside = page
      .replace(/<bdi[\s\S]*?<\/bdi>/g, '')
      .replace(/<(?:title|option|span class="whole")>[\s\S]*?<\/(?:title|option|span)>/g, '');
    expect(toText(outside)).not.toMatch(/[\w.]+@[\w.]+|mol\.example|1000000008|555 010/);
    expect(page).toMatch(/<bdi class="code code-long" dir="ltr">1000000008<\/bdi>/);
  });

  test('rule 3: is titled with a question that names the agency and the purpose', () => {
    const heading = findHeading(page);
    expect(heading).toMatch(/[؟?]$/);
    expect(heading).toContain(words.renewal);
    expect(heading).toContain(words.labour.agencyName);
  });

  test('rule 4: has three blocks in their order, nothing ticked, and no box that ticks others', () => {
    const order = ['id="needed"', 'id="choice"', 'id="not-asked"', 'id="terms"', 'data-action="allow"'].map((sign) => page.indexOf(sign));
    expect(order).toEqual(order.toSorted((one, other) => one - other));
    expect(order).not.toContain(-1);
    const boxes = [...page.matchAll(/<input type="checkbox"[^>]*>/g)].map(([box]) => box);
    expect(boxes).toHaveLength(3);
    expect(boxes.filter((box) => !box.includes('name="attribute"') || box.includes('checked'))).toEqual([]);
  });

  test('rule 5: says of each detail its masked value, its source, why it is asked and how long it is kept', () => {
    const details = page.split(/<li class="attribute[ "]/).slice(1);
    expect(details).toHaveLength(8);
    const lacking = details.filter(
      (detail) =>
        !/<summary>[\s\S]*•[\s\S]*<\/summary>|<p class="muted"( data-own)?>/.test(detail) ||
        !/<p class="attribute-why">[^<]+<\/p>/.test(detail) ||
        countMatches(/<p class="attribute-facts">[\s\S]*?<\/p>/.exec(detail)?.[0] ?? '', /<span>[^<]+<\/span>/g) !== 2,
    );
    expect(lacking).toEqual([]);
    expect(page).not.toMatch(/<details class="reveal" open/);
  });

  test('rule 7: offers accept and refuse alike, and says what refusing does and that another way can be asked for', () => {
    const [, choice = ''] = page.split('<div class="choice">');
    const buttons = [...(choice.split('</div>')[0] ?? '').matchAll(/<button class="([^"]*)"/g)].map(([, classes]) => classes);
    expect([buttons.length, new Set(buttons).size]).toEqual([2, 1]);
    expect(toText(/<p class="choice-note">([\s\S]*?)<\/p>/.exec(choice)?.[1] ?? '')).toMatch(/طريقة أخرى|another way/);
    const [, later = ''] = choice.split('<p class="actions">');
    expect([...later.matchAll(/<button class="([^"]*)"[^>]*value="(\w+)"/g)].map(([, classes, value]) => [classes, value])).toEqual([
      ['button button-text', 'later'],
    ]);
    expect(toText(later)).toMatch(/التأجيل ليس رفضًا|not a refusal/);
  });

  test('rule 9: says who receives it, how long it is kept and until when before anything else, folded nowhere', () => {
    const [head = ''] = page.split('<form class="split');
    const first = toText(head.split('class="terms-first"')[1] ?? '');
    expect(first).toContain(words.labour.agencyName);
    expect(first).toMatch(/سنتان و6 أشهر|2 years and 6 months/);
    expect(first).toContain('2027');
    expect(head).not.toContain('<details');
  });

  test('rule 11: says in short sentences how to undo it, and where', () => {
    const undo = toText(page).match(
      /بسحب الموافقة من صفحتك متى شئت\. يسري السحب فورًا\.|Withdraw it on your page at any time\. It takes effect at once\./,
    );
    expect(undo).not.toBeNull();
  });

  test('rule 8: says that leaving a choice off changes nothing', () => {
    const [, choices = ''] = page.split('id="choice"');
    expect(toText(choices.split('</ul>')[0] ?? '')).toMatch(/تركها لا يؤثر في طلبك|Leaving them off does not affect your request/);
    expect(choices.split('</ul>')[0]).not.toContain(' required');
  });

  test('rule 13: presses nobody for time, here and on the pages beside', () => {
    for (const name of ['consent', 'consent-changed', 'notice', 'confirm']) {
      expect([name, /http-equiv|autofocus|<meter|<progress/.test(getPage(name, language))]).toEqual([name, false]);
    }
  });

  test('rule 14: every icon stands beside a word', () => {
    for (const name of ['consent', 'notice', 'confirm', 'account', 'service']) {
      const icons = [...getPage(name, language).matchAll(/<svg class="icon[^>]*>/g)].map(([icon]) => icon);
      expect([name, icons.filter((icon) => !icon.includes('aria-hidden="true"'))]).toEqual([name, []]);
    }
  });

  test('rule 20: needs no script', () => {
    expect(page).not.toContain('<script');
    expect(getPage('notice', language)).not.toContain('<script');
  });
});

describe.each(languages)('the other pages of a decision in %s', (language) => {
  test('rules 7 and 12: a sensitive or long consent is signed with a passkey, beside a refusal that looks the same', () => {
    const page = getPage('confirm', language);
    const [, choice = ''] = page.split('<div class="choice">');
    const buttons = [...(choice.split('</div>')[0] ?? '').matchAll(/<button\s+class="([^"]*)"[\s\S]*?data-action="([\w-]+)"/g)];
    expect(buttons.map(([, , action]) => action)).toEqual(['use-passkey', 'refuse']);
    expect(new Set(buttons.map(([, classes]) => classes)).size).toBe(1);
    expect(page).toMatch(/<button[^>]*form="refusal"[^>]*value="refuse"/);
    expect(page).toMatch(/<form id="refusal" method="post"/);
    expect(getPage('consent', language)).not.toContain('data-ceremony=');
  });

  test('rule 6: a notice by law says what will be received, with its reference and one way on', () => {
    const page = getPage('notice', language);
    expect(findHeading(page)).not.toMatch(/[؟?]$/);
    expect(toText(page)).toContain(sampleWords[language].law);
    expect(countMatches(page, /name="decision" value="(?:continue|allow)"/g)).toBe(1);
    expect(countMatches(page, /<button class="button" /g)).toBe(1);
  });

  test('rule 10: asked again, shows what changed and folds the rest', () => {
    const page = getPage('consent-changed', language);
    expect(page).not.toContain('id="needed"');
    expect(countMatches(page, /<li class="change">/g)).toBe(7);
    const [, folded = ''] = page.split('<details class="more">');
    expect(toText(folded)).toContain(sampleWords[language].birthdate);
  });

  test('rule 2: every date that decides stands in both calendars', () => {
    const both = /<time [^>]*>[^<]+<span class="hijri">\([^)]+\)<\/span><\/time>/g;
    const expected = {
      consent: 2,
      notice: 2,
      'consent-changed': 3,
      'continue-as': 1,
      enrol: 1,
      withdrawn: 1,
      account: 3,
      service: 2,
      activity: 5,
    };
    for (const [name, count] of Object.entries(expected)) {
      expect([name, countMatches(getPage(name, language), both) >= count]).toEqual([name, true]);
    }
  });
});

describe.each(languages)('rule 16: a computer that others use, in %s', (language) => {
  test('is a choice before the press, off, in no form, and explained', () => {
    const page = getPage('sign-in', language);
    const [before = ''] = page.split('data-action="use-passkey"');
    const box = /<input type="checkbox"[^>]*data-shared[^>]*>/.exec(before)?.[0] ?? '';
    expect(box).toContain('autocomplete="off"');
    expect(box).not.toMatch(/\s(?:checked|name)\b/);
    expect(page).toMatch(/<label for="shared">[^<]+<\/label>\s*<p class="hint" id="shared-hint">[^<]+<\/p>/);
  });

  test('says so on a page, with one press that ends it, and opens no value by itself', () => {
    const page = getPage('consent-shared-computer', language);
    expect(countMatches(page, /data-action="finish"/g)).toBe(1);
    expect(page).not.toMatch(/<details class="reveal" open/);
    expect(getPage('consent', language)).not.toContain('data-band="shared"');
  });

  test('is marked among the open sessions, with when it ends', () => {
    const page = getPage('security', language);
    expect(countMatches(page, /<span class="state state-care" data-shared>/g)).toBe(1);
    expect(toText(page)).toMatch(/5 دقائق دون استخدام|5 minutes without use/);
  });
});

describe.each(languages)('the own page in %s', (language) => {
  test('rule 17: shows the last decision first, with its receipt and where it stays', () => {
    const page = getPage('account', language);
    const [latest = ''] = page.split('id="services"');
    expect(toText(latest)).toMatch(/R-7K4Q-9M2T/);
    expect(toText(latest)).toMatch(/يبقى الإيصال هنا|The receipt stays here/);
  });

  test('rule 18: by agency, by detail and by time, with state, history, use and every act in one press', () => {
    const page = getPage('service', language);
    const actions = new Set([...page.matchAll(/data-action="([\w-]+)"/g)].map(([, action]) => action));
    expect(['pause', 'narrow', 'withdraw', 'erase', 'report'].filter((action) => !actions.has(action))).toEqual([]);
    expect(toText(page)).toMatch(/قُرئت 6 مرات|Read 6 times/);
    expect(toText(page)).toMatch(/بنفسك|Yourself/);
    expect(page).toMatch(/<span class="state[^"]*">/);
    expect(getPage('account', language)).toContain('href="/account/attributes"');
    expect(getPage('account', language)).toContain('href="/account/activity"');
    expect(getPage('take', language)).toContain('data-action="take"');
  });

  test('rule 11: withdrawing takes one press, as accepting did', () => {
    const [, form = ''] = getPage('account', language).split(/<form[^>]*withdraw/);
    expect(countMatches(form.split('</form>')[0] ?? '', /<button /g)).toBe(1);
    expect(countMatches(form.split('</form>')[0] ?? '', /type="(?:checkbox|text|radio)"/g)).toBe(0);
  });
});

describe('rule 14: words at level B1', () => {
  const limits = { ar: { words: 9, letters: 9 }, en: { words: 11, letters: 12 } } as const;

  test.each([
    ['ar', ar],
    ['en', en],
  ] as const)('keep sentences and words short on the whole (%s)', (language, catalogue) => {
    const sentences = Object.values(catalogue)
      .filter((source) => !source.includes('.match'))
      .flatMap((source) => source.replace(/\{[^}]*\}/g, 'x').split(/(?<=[.؟?؛;])\s+/))
      .filter((sentence) => /[.؟?]$/.test(sentence));
    const words = sentences.flatMap((sentence) => sentence.replace(/[\u064b-\u0652]/g, '').match(/\p{L}+/gu) ?? []);
    expect(words.length / sentences.length).toBeLessThan(limits[language].words);
    const long = words.filter((word) => word.length > limits[language].letters);
    expect(long.length / words.length).toBeLessThan(0.01);
  });
});
