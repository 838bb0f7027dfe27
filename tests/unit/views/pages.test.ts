import { describe, expect, test } from 'vitest';

import { renderSamplePages } from '../../support/sample-pages.ts';
import { sampleWords } from '../../support/sample-words.ts';

const pages = (['ar', 'en'] as const).flatMap((language) => renderSamplePages(language).map((page) => ({ ...page, language })));

function getDocument(name: string, language: 'ar' | 'en' = 'ar'): string {
  const page = pages.find((candidate) => candidate.name === name && candidate.language === language);
  if (page === undefined) {
    throw new TypeError(`no sample page ${name}`);
  }
  return page.document;
}

function countMatches(document: string, pattern: RegExp): number {
  return [...document.matchAll(pattern)].length;
}

describe('every page', () => {
  test.each(pages)(
    '$name ($language) names its language and direction once and has one title and one main heading',
    ({ document, language }) => {
      expect(document.startsWith(`<!doctype html><html lang="${language}" dir="${language === 'ar' ? 'rtl' : 'ltr'}">`)).toBe(true);
      expect(countMatches(document, /<h1[\s>]/g)).toBe(1);
      expect(countMatches(document, /<title>[^<]+<\/title>/g)).toBe(1);
    },
  );

  test.each(pages)('$name ($language) has no inline script, style or handler and no unquoted attribute', ({ document }) => {
    expect(document).not.toMatch(/<script(?![^>]* src=)/);
    expect(document).not.toMatch(/<style|\sstyle=|\son[a-z]+=/);
    expect(document.replace(/"[^"]*"/g, '""')).not.toMatch(/<[^>]*=[^"]/);
    expect(document).not.toContain('[object');
    expect(document).not.toContain('undefined');
  });

  test.each(pages)('$name ($language) has unique ids and a hidden token in every form that posts to us', ({ document }) => {
    const ids = [...document.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const forms = [...document.matchAll(/<form[\s\S]*?<\/form>/g)].map(([form]) => form);
    const posted = forms.filter((form) => !/^<form[^>]* (?:method="get"|action="https:)/.test(form));
    expect(posted.filter((form) => !/name="(?:token|xsrf)"/.test(form))).toEqual([]);
  });
});

describe('the footer of every page', () => {
  test.each(pages.filter(({ document }) => document.includes('<footer')))(
    '$name ($language) leads to the check of receipts',
    ({ document }) => {
      const [, footer = ''] = document.split('<footer');
      const addresses = [...footer.matchAll(/href="([^"]+)"/g)].map(([, address = '']) => new URL(address, 'https://id.example').pathname);
      expect(addresses).toEqual(['/verify']);
    },
  );
});

describe('the consent page', () => {
  test('asks with agency and purpose, names every choice, and ticks nothing', () => {
    const document = getDocument('consent');
    expect(document).toContain('name="attribute"');
    expect(document).toContain('value="phone_number"');
    expect(document).not.toContain('checked');
    expect(document).toContain('name="version" value="4"');
  });

  test('keeps accept and refuse equal: same classes, same form, one row', () => {
    const buttons = [
      ...getDocument('consent', 'en').matchAll(
        /<button class="([^"]+)" type="submit" name="decision" value="(allow|refuse)" data-action="(allow|refuse)">/g,
      ),
    ];
    expect(buttons.map(([, , value, action]) => [value, action])).toEqual([
      ['allow', 'allow'],
      ['refuse', 'refuse'],
    ]);
    expect(new Set(buttons.map(([, classes]) => classes)).size).toBe(1);
  });

  test('asked again shows what changed, keeps earlier ticks and says who is signed in', () => {
    const document = getDocument('consent-changed', 'en');
    expect(document.replace(/[\u2066-\u2069]/g, '')).toContain('<del>6 months</del>');
    expect(document).toContain('checked');
    expect(document).toContain('name="switch" value="yes"');
  });
});

describe('the notice', () => {
  test('has no word of agreeing and no choice', () => {
    for (const language of ['ar', 'en'] as const) {
      const document = getDocument('notice', language);
      expect(document).not.toMatch(/data-action="(?:allow|refuse)"|name="attribute"/);
      expect(document).not.toMatch(/موافقتك|أوافق|Accept|agree/);
      expect(document).toContain('data-action="continue"');
    }
  });
});

describe('the page of a service with several purposes', () => {
  test('begins with where each stands, and folds only what ended', () => {
    const document = getDocument('service');
    const [index = ''] = /<nav class="column"[\s\S]*?<\/nav>/.exec(document) ?? [];
    expect([...index.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id)).toEqual(['purpose-1', 'purpose-2']);
    const [, standing = '', ended = ''] = document.split(/<h2 id="purpose-\d">/);
    expect(standing).not.toContain('<details');
    expect(countMatches(ended, /<details class="more"/g)).toBe(1);
  });
});

describe('the own page', () => {
  test('holds everything about a service in one element, with a receipt and a withdrawal for each consent', () => {
    const document = getDocument('account');
    const [, service = ''] = document.split('data-service="mol-work-permit"');
    const [own = ''] = service.split('data-service=');
    expect(countMatches(own, /data-action="receipt"/g)).toBe(2);
    expect(countMatches(own, /· <time [\s\S]*?data-action="receipt"/g)).toBe(2);
    expect(countMatches(own, /data-action="withdraw"/g)).toBe(2);
    expect(document).toContain('data-action="sign-out"');
  });

  test('offers no withdrawal where the law decides or nothing is left', () => {
    const [, rest = ''] = getDocument('account').split('data-service="hf-support"');
    expect(rest).not.toContain('data-action="withdraw"');
  });

  test('does not call an order of an authority a decision of the person', () => {
    expect(getDocument('account', 'en')).toContain('Your decision is kept');
    const ordered = getDocument('account-ordered', 'en');
    expect(ordered).toContain('A decision of an authority');
    expect(ordered).not.toContain('Your decision is kept');
  });

  test('speaks of no consent where sharing rests on the law', () => {
    const document = getDocument('service-by-law', 'en');
    expect(document).toContain('What you can ask for');
    expect(document.replace(/<[^>]*>/g, ' ')).not.toMatch(/consent/i);
  });

  test('sets apart what is changed at a registration office, and masks no language', () => {
    const [changed = '', given = ''] = getDocument('details', 'en').split('id="given"');
    expect(changed).toContain('data-action="change-email"');
    expect(given).toContain('changed at a registration office');
    expect(given.split('</section>')[0]).not.toContain('data-action="change-');
  });
});

describe('on a shared computer', () => {
  test('no passkey is added', () => {
    expect(getDocument('security')).toContain('data-action="create-passkey"');
    expect(getDocument('security-shared')).not.toContain('data-action="create-passkey"');
    expect(getDocument('security-shared', 'en')).toContain('No passkey is added on a computer that others use');
  });

  test.each(['take', 'close'])('the page %s warns of what outlasts the visit', (name) => {
    expect(getDocument(name)).not.toMatch(/class="notice notice-care" data-warning="shared"/);
    expect(getDocument(`${name}-shared`)).toMatch(/class="notice notice-care" data-warning="shared"/);
  });
});

describe('whoever finds a sign-in that stands', () => {
  const toWords = (markup: string): string => markup.replace(/<[^>]+>|[\u2066-\u2069]/g, '');

  test.each(['ar', 'en'] as const)(
    'is asked by name whether to continue, to an agency by its name, or as somebody else (%s)',
    (language) => {
      const page = getDocument('continue-as', language);
      const { fullName, housing } = sampleWords[language];
      expect(toWords(/<h1>([\s\S]*?)<\/h1>/.exec(page)?.[1] ?? '')).toContain(housing.agencyName);
      expect(toWords(/<title>([^<]*)<\/title>/.exec(page)?.[1] ?? '')).toContain(housing.agencyName);
      expect([page.includes(fullName), page.includes('name="switch" value="yes"')]).toEqual([true, true]);
    },
  );

  test.each(['ar', 'en'] as const)(
    'reads on a sign-in page whom another passkey signs out, and is led back on the own page alone (%s)',
    (language) => {
      const { fullName } = sampleWords[language];
      const pages = ['sign-in', 'sign-in-live', 'sign-in-own-live'].map((name) => getDocument(name, language));
      expect(pages.map((page) => [page.includes(fullName), page.includes('data-live'), page.includes('data-action="stay"')])).toEqual([
        [false, false, false],
        [true, true, false],
        [true, true, true],
      ]);
      expect(getDocument('account', language)).toContain('data-action="switch"');
    },
  );
});

describe('the public figures', () => {
  test.each(['ar', 'en'] as const)('give no row to an agency without a number that is shown, and name it all the same (%s)', (language) => {
    const page = getDocument('figures', language);
    const rows = [...page.matchAll(/<tr>\s*<th scope="row">([\s\S]*?)<\/th>/g)].map(([, name = '']) => name.replace(/<[^>]+>/g, '').trim());
    const health = language === 'ar' ? 'وزارة الصحة' : 'Ministry of Health';
    const named = [...page.matchAll(/<details class="more">([\s\S]*?)<\/details>/g)].filter(([, each = '']) => each.includes(health));
    const countRows = (name: string): number => rows.filter((row) => row === name).length;
    // Of the ministry numbers are large enough in one of four parts, of the other in three.
    expect([countRows(health), named.length, countRows(sampleWords[language].labour.agencyName)]).toEqual([1, 3, 3]);
  });
});

describe('the other pages a program relies on', () => {
  test.each([
    ['enrol', 'data-action="create-passkey"'],
    ['security', 'data-action="create-passkey"'],
    ['security', 'data-action="end-session"'],
    ['sign-in', 'data-action="use-passkey"'],
    ['sign-in', 'autocomplete="username webauthn"'],
    ['continue-as', 'data-action="continue"'],
    ['sign-out', 'name="logout" value="yes" data-action="sign-out"'],
    ['sign-out', 'data-action="sign-out-here"'],
    ['error', 'data-error="interaction/expired"'],
    ['withdrawn', 'data-action="receipt"'],
  ])('%s carries %s', (name, attribute) => {
    expect(getDocument(name)).toContain(attribute);
  });
});
