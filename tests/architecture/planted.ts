// A rule that catches nothing is worse than none: for each, a violation that it must name and a neighbour that it must leave alone.

import type { RuleName } from './rules/all.ts';

export type File = readonly [path: string, text: string];
type Planted = { readonly rule: RuleName; readonly bad: readonly File[]; readonly good: readonly File[] };

const lines = (count: number, line = 'export const a = 1;\n'): string => line.repeat(count);
const domain = 'src/domain/consent/a.ts';

export const planted: readonly Planted[] = [
  {
    rule: 'import-matrix',
    bad: [['src/web/page.ts', `import { open } from '../storage/open.ts';`]],
    good: [['src/web/page.ts', `import { grant } from '../domain/consent/grant.ts';`]],
  },
  {
    rule: 'import-matrix',
    bad: [['src/domain/ledger/a.ts', `import type { A } from '../consent/a.ts';`]],
    good: [[domain, `import type { A } from '../ledger/a.ts';`]],
  },
  {
    rule: 'import-matrix',
    bad: [['src/verifier/a.ts', `export { a } from '../domain/ledger/merkle.ts';`]],
    good: [['src/verifier/a.ts', `export { a } from './b.ts';`]],
  },
  {
    rule: 'import-matrix',
    bad: [['src/cli/a.ts', `const a = await import('../main.ts');`]],
    good: [['src/cli/a.ts', `const a = await import('../app.ts');`]],
  },
  { rule: 'import-matrix', bad: [['src/oidc/a.ts', `import '../app.ts';`]], good: [['src/main.ts', `import './app.ts';`]] },
  {
    rule: 'import-matrix',
    bad: [['views/a.ts', `import { a } from '../src/domain/consent/a.ts';`]],
    good: [['views/a.ts', `import type { A } from '../src/domain/consent/a.ts';`]],
  },
  {
    rule: 'import-matrix',
    bad: [['src/storage/a.ts', `import { a } from '../oidc/store.ts';`]],
    good: [['src/storage/a.ts', `import type { A } from '../oidc/store.ts';`]],
  },
  {
    rule: 'import-matrix',
    bad: [['src/oidc/a.ts', `import { a } from '../../tests/support/a.ts';`]],
    good: [['tests/unit/a.test.ts', `import { a } from '../support/a.ts';`]],
  },
  {
    rule: 'import-matrix',
    bad: [['examples/a.ts', `import { a } from '../src/config/config.ts';`]],
    good: [['examples/a.ts', `import { a } from './b.ts';`]],
  },
  { rule: 'unknown-zone', bad: [['src/domain/payments/pay.ts', '']], good: [['src/domain/people/person.ts', '']] },
  { rule: 'unknown-zone', bad: [['src/stray.ts', '']], good: [['src/app.ts', '']] },
  {
    rule: 'third-party',
    bad: [['src/web/a.ts', `import { Provider } from 'oidc-provider';`]],
    good: [['src/oidc/a.ts', `import { Provider } from 'oidc-provider';`]],
  },
  {
    rule: 'third-party',
    bad: [[domain, `import { eq } from 'drizzle-orm/sql';`]],
    good: [['src/storage/a.ts', `import { eq } from 'drizzle-orm/sql';`]],
  },
  { rule: 'third-party', bad: [[domain, `import { z } from 'zod';`]], good: [[domain, `import { SignJWT } from 'jose';`]] },
  {
    rule: 'third-party',
    bad: [['src/domain/ledger/a.ts', `import { readFileSync } from 'node:fs';`]],
    good: [['src/domain/ledger/a.ts', `import { createHash } from 'node:crypto';`]],
  },
  {
    rule: 'third-party',
    bad: [['examples/a.ts', `import { z } from 'zod';`]],
    good: [['examples/a.ts', `import * as client from 'openid-client';`]],
  },
  {
    rule: 'one-webauthn-file',
    bad: [
      ['src/domain/passkeys/a.ts', `import { a } from '@simplewebauthn/server';`],
      ['src/domain/passkeys/b.ts', `import type { B } from '@simplewebauthn/server';`],
    ],
    good: [['src/domain/passkeys/a.ts', `import { a } from '@simplewebauthn/server';`]],
  },
  {
    rule: 'engine-inside',
    bad: [['src/oidc/a.ts', `import { x } from 'oidc-provider/lib/models/client.js';`]],
    good: [['src/oidc/a.ts', `import * as oidc from 'oidc-provider';`]],
  },
  {
    rule: 'raw-html',
    bad: [['views/page.ts', `import { html, raw } from 'hono/html';`]],
    good: [['views/html.ts', `import { html, raw } from 'hono/html';`]],
  },
  {
    rule: 'cycle',
    bad: [
      ['src/oidc/a.ts', `import { b } from './b.ts';`],
      ['src/oidc/b.ts', `export * from './c.ts';`],
      ['src/oidc/c.ts', `import type { A } from './a.ts';`],
    ],
    good: [
      ['src/oidc/a.ts', `import { b } from './b.ts'; import { c } from './c.ts';`],
      ['src/oidc/b.ts', `import { c } from './c.ts';`],
      ['src/oidc/c.ts', ''],
    ],
  },
  { rule: 'file-length', bad: [[domain, lines(301)]], good: [[domain, lines(300)]] },
  { rule: 'index-file', bad: [['src/web/index.ts', '']], good: [['src/domain/ledger/index-entries.ts', '']] },
  { rule: 'forbidden-name', bad: [['src/web/utils/a.ts', '']], good: [['src/web/headers.ts', '']] },
  { rule: 'forbidden-name', bad: [['src/oidc/helpers.ts', '']], good: [['src/oidc/adapter.ts', '']] },
  { rule: 'forbidden-name', bad: [['src/oidc/buildProvider.ts', '']], good: [['tests/unit/build-provider.test.ts', '']] },
  { rule: 'size-budget', bad: [['src/a.ts', lines(71)]], good: [['src/a.ts', lines(70)]] },
  {
    rule: 'size-budget',
    bad: [
      ['src/a.ts', lines(1)],
      ['src/b.ts', lines(1)],
      ['src/c.ts', lines(181)],
    ],
    good: [
      ['src/a.ts', lines(1)],
      ['src/b.ts', lines(1)],
      ['src/c.ts', lines(180)],
    ],
  },
  {
    rule: 'comment-share',
    bad: [[domain, `${lines(4, '// why\n')}${lines(20)}`]],
    good: [[domain, `${lines(3, '// why\n')}${lines(20)}`]],
  },
  { rule: 'comment-share', bad: [[domain, `/**\n * long\n * story\n */\n${lines(10)}`]], good: [[domain, `/** short */\n${lines(10)}`]] },
  { rule: 'default-export', bad: [['src/web/a.ts', 'export default 1;']], good: [['src/web/a.ts', 'export const a = 1;']] },
  {
    rule: 'default-export',
    bad: [['src/web/a.ts', 'const a = 1; export { a as default };']],
    good: [['vitest.config.ts', 'export default {};']],
  },
  {
    rule: 'suppression-comment',
    bad: [['src/web/a.ts', '// @ts-expect-error it is fine\n']],
    good: [['src/web/a.ts', `const a = '// @ts-ignore';`]],
  },
  { rule: 'suppression-comment', bad: [['tests/unit/a.test.ts', '/* eslint-disable */']], good: [['tests/unit/a.test.ts', '/* why */']] },
  {
    rule: 'suppression-comment',
    bad: [['src/web/a.ts', '// oxlint-disable-next-line no-console']],
    good: [['src/web/a.ts', '// the lint rule is right']],
  },
  {
    rule: 'cast',
    bad: [['src/web/a.ts', 'const a = b as string;']],
    good: [['src/web/a.ts', `const a = ['b'] as const; import { c as d } from './d.ts'; import * as e from './e.ts';`]],
  },
  {
    rule: 'cast',
    bad: [['src/web/a.ts', 'const a = (b as unknown as C).d;']],
    good: [['src/web/a.ts', 'const a = `one as two`; // three as four']],
  },
  {
    rule: 'cast',
    bad: [['src/web/a.ts', 'function a(b: any): void {}']],
    good: [['src/web/a.ts', 'await Promise.any([AbortSignal.any(b)]);']],
  },
  {
    rule: 'cast',
    bad: [['src/web/a.ts', 'const a: Record<string, any> = {};']],
    good: [['src/web/a.ts', `const a = { any: 1, many: 2 };`]],
  },
  { rule: 'cast', bad: [['src/web/a.ts', 'const a = b!.c;']], good: [['src/web/a.ts', 'const a = !b && c !== d && !!(e) && f != null;']] },
  { rule: 'cast', bad: [['src/web/a.ts', 'const a = b()!;']], good: [['src/web/a.ts', 'if (!a) { return !b; }']] },
  {
    rule: 'cast',
    bad: [['views/a.ts', 'const a = html`<p>${html`<b>${c as string}</b>`}</p>`;']],
    good: [['views/a.ts', 'const a = html`<p>${html`<b>as big as any!</b>`} as is</p>`;']],
  },
  { rule: 'environment', bad: [['src/oidc/a.ts', 'const a = process.env.A;']], good: [['src/config/a.ts', 'const a = process.env.A;']] },
  {
    rule: 'environment',
    bad: [['src/oidc/a.ts', `const a = process['env'];`]],
    good: [['src/oidc/a.ts', 'process.on(a, b); const c = process.version;']],
  },
  {
    rule: 'environment',
    bad: [['src/oidc/a.ts', `import { env } from 'node:process';`]],
    good: [['src/oidc/a.ts', `import { hrtime } from 'node:process';`]],
  },
  {
    rule: 'unawaited-body',
    bad: [['src/web/a.ts', 'const form = readForm(ctx);']],
    good: [['src/web/a.ts', 'const form = await readForm(ctx);']],
  },
  {
    rule: 'module-mock',
    bad: [['tests/unit/a.test.ts', `vi.mock('../src/a.ts');`]],
    good: [['tests/unit/a.test.ts', `expect('vi.mock').toBe(1);`]],
  },
  { rule: 'module-mock', bad: [['tests/unit/a.test.ts', `vi.spyOn(a, 'b');`]], good: [['tests/unit/a.test.ts', 'vi.waitFor(a);']] },
  {
    rule: 'skipped-test',
    bad: [['tests/unit/a.test.ts', `test.skip('a', b);`]],
    good: [['tests/unit/a.test.ts', `test('skip only todo', b);`]],
  },
  {
    rule: 'skipped-test',
    bad: [['tests/unit/a.test.ts', `describe.only('a', b);`]],
    good: [['tests/unit/a.test.ts', `describe.each([1])('a', b);`]],
  },
  {
    rule: 'skipped-test',
    bad: [['tests/unit/a.test.ts', `test.concurrent.skipIf(a)('a', b);`]],
    good: [['tests/unit/a.test.ts', `iterator.only(a);`]],
  },
  {
    rule: 'prototype-write',
    bad: [['src/oidc/a.ts', 'provider.Client.prototype.other = b;']],
    good: [['src/oidc/a.ts', 'provider.Client.prototype.compareClientSecret = b;']],
  },
  {
    rule: 'prototype-write',
    bad: [['src/web/a.ts', 'Client.prototype.compareClientSecret = b;']],
    good: [['src/web/a.ts', 'a === B.prototype.c;']],
  },
  {
    rule: 'prototype-write',
    bad: [['src/oidc/a.ts', 'Object.assign(Session.prototype, { b });']],
    good: [['src/oidc/a.ts', 'Object.assign(session, { b });']],
  },
  {
    rule: 'physical-css',
    bad: [['views/assets/a.css', '.a { margin-left: 1rem }']],
    good: [['views/assets/a.css', '.a { margin-inline-start: 1rem }']],
  },
  {
    rule: 'physical-css',
    bad: [['views/assets/a.css', '.a { color: red; width: 1rem }']],
    good: [['views/assets/a.css', '@media (min-width: 40rem) { .a { inline-size: 1rem; border-width: 1px } }']],
  },
  {
    rule: 'physical-css',
    bad: [['views/assets/a.css', '.a { text-align: right }']],
    good: [['views/assets/a.css', '.a { /* left: 0; */ text-align: end }']],
  },
  { rule: 'computed-import', bad: [['src/oidc/a.ts', 'await import(name);']], good: [['src/oidc/a.ts', `await import('./b.ts');`]] },
];
