// The page that the engine makes is read whole or not at all.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readPageForm } from '../../../src/oidc/self-posting.ts';

const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll("'", '&#39;');

type Field = { readonly name: string; readonly value: string };

/** As oidc-provider 9 writes it (`lib/response_modes/form_post.js`). */
const write = (action: string, fields: readonly Field[], more = ''): string => `<!DOCTYPE html>
<html>
<head>
  <title>Submitting Callback</title>
  <script>
    document.addEventListener('DOMContentLoaded', function () { document.forms[0].submit() });
  </script>
</head>
<body>
  <form method="post" action="${escape(action)}">
    ${fields.map(({ name, value }) => `<input type="hidden" name="${name}" value="${escape(value)}"/>`).join('\n')}${more}
    <noscript>
      <button autofocus type="submit">Continue</button>
    </noscript>
  </form>
</body>
</html>`;

const texts = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('<noscript>', '"/>', '&amp;lt;', '</form>', '\n', "'"));

describe('the form of a page that the engine made', () => {
  it('comes back as it went in, whatever stands in it', () => {
    const fields = fc.array(fc.record({ name: fc.constantFrom('code', 'state', 'iss', 'response'), value: texts }), { minLength: 1 });
    fc.assert(
      fc.property(texts, fields, (action, given) => {
        expect(readPageForm(write(action, given))).toEqual({ action, fields: given });
      }),
    );
  });

  it.each([
    ['another page', '<!DOCTYPE html>\n<html><body><p>An error occurred</p></body></html>'],
    ['a page of ours', '<!doctype html><html lang="ar"><form method="post" action="/x"><noscript></noscript></form></html>'],
    ['a form without fields', write('/x', [])],
    ['a form with something else in it', write('/x', [{ name: 'code', value: 'x' }], '<input type="text" name="y"/>')],
    ['a page that is cut off', write('/x', [{ name: 'code', value: 'x' }]).slice(0, -8)],
    ['no page', ''],
  ])('is not found in %s', (_, document) => {
    expect(readPageForm(document)).toBeUndefined();
  });
});
