// Every module of the FAPI 2.0 Security Profile plan has its test, under its exact name, once.

import { readFileSync, readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import plans from './plans.json' with { type: 'json' };

const readTitles = (): readonly string[] =>
  readdirSync(import.meta.dirname)
    .filter((file) => /^fapi-.*\.test\.ts$/.test(file))
    .flatMap((file) => [...readFileSync(`${import.meta.dirname}/${file}`, 'utf8').matchAll(/^ {2}it\('(fapi2-[^']+)'/gm)])
    .map(([, title = '']) => title);

test('every module of fapi2-security-profile-final-test-plan is run, and no other', () => {
  const modules = plans['fapi2-security-profile-final-test-plan'];
  expect(modules).toHaveLength(56);
  expect(readTitles().toSorted()).toEqual(modules.toSorted());
});

// Signed requests and answers (RFC 9101, JARM) are not offered yet, nor are certificates in place of keys (RFC 8705): what the plan of message signing adds to the
// fifty-six waits, module by module, in plans.json.
test('no module of fapi2-message-signing-final-test-plan is claimed before it is run', () => {
  const waiting = plans['fapi2-message-signing-final-test-plan'];
  expect(waiting).toHaveLength(14);
  expect(readTitles().filter((title) => waiting.includes(title))).toEqual([]);
});
