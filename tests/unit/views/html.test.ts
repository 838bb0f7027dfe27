import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { html, inlineScript, inlineStyle, safeUrl, toDocument } from '../../../views/html.ts';

describe('escaping', () => {
  test('a text of any kind never opens an element, an attribute or an entity', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (hostile) => {
        const markup = String(html`<p title="${hostile}">${hostile}</p>`);
        const [, title = '', text = ''] = /^<p title="([^"]*)">([^<]*)<\/p>$/s.exec(markup) ?? [];
        const unescape = (escaped: string): string =>
          escaped
            .replaceAll('&lt;', '<')
            .replaceAll('&gt;', '>')
            .replaceAll('&quot;', '"')
            .replaceAll('&#39;', "'")
            .replaceAll('&amp;', '&');
        expect(unescape(title)).toBe(hostile);
        expect(unescape(text)).toBe(hostile);
      }),
    );
  });

  test('an element inside a list stays an element and a text beside it is escaped', () => {
    const inner = [html`<b>a</b>`, '<b>', null, 3];
    expect(String(html`${inner}`)).toBe('<b>a</b>&lt;b&gt;3');
  });

  test('a document is a plain string', () => {
    expect(toDocument(html`<html></html>`)).toBe('<!doctype html><html></html>');
  });
});

describe('an address', () => {
  test.each(['/account', '/a?b=c#d', '?lang=en', '#main', 'https://mol.example/x', 'http://localhost:3001/'])('%s passes', (url) => {
    expect(safeUrl(url)).toBe(url);
  });

  test.each([
    'javascript:alert(1)',
    ' javascript:alert(1)',
    'java\nscript:alert(1)',
    'data:text/html,x',
    'vbscript:x',
    '//evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    'https:evil.example',
    '/\t/evil.example',
    'blob:https://a.example/1',
    '',
  ])('%j becomes nothing', (url) => {
    expect(safeUrl(url)).toBe('#');
  });

  test('whatever passes leads to this site or is a web address that says so', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.webUrl(),
          fc.string(),
          fc.string().map((tail) => `/${tail}`),
        ),
        (url) => {
          const passed = safeUrl(url);
          const target = new URL(passed, 'https://huwiya.example/');
          expect(target.origin === 'https://huwiya.example' || /^https?:\/\//i.test(passed)).toBe(true);
          expect(['http:', 'https:']).toContain(target.protocol);
        },
      ),
    );
  });
});

describe('a style sheet or script of our own inside a page', () => {
  test('stands there as it is', () => {
    expect(String(html`${inlineStyle('a > b { content: "&" }')}`)).toBe('<style>a > b { content: "&" }</style>');
    expect(String(inlineScript('const a = 1 < 2 && "x";'))).toBe('<script type="module">const a = 1 < 2 && "x";</script>');
  });

  test.each(['</script>', '</SCRIPT >', '</style', '<!-- <script>'])('may not hold %s', (text) => {
    expect(() => inlineScript(`const a = '${text}';`)).toThrow(/cannot stand/);
    expect(() => inlineStyle(text)).toThrow(/cannot stand/);
  });
});
