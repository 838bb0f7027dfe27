// On which hosts a service is called: those to which its people return, and no neighbour's.

import { expect, test } from 'vitest';
import { checkServiceFile, createPublicJwk, servicePath, toPaths } from '../../support/sample-proposal.ts';

const jwks = { keys: [createPublicJwk(), createPublicJwk({ kid: 'two' })] };

/** What is said of a receiver there, in class fapi and in class standard. */
function check(redirect: string, receiver: string): readonly (readonly string[])[] {
  const members = { jwks, redirect_uris: [`https://${redirect}/callback`], backchannel_logout_uri: `https://${receiver}/out` };
  const fapi = checkServiceFile({ ...members, class: 'fapi' });
  return [toPaths(fapi), toPaths(checkServiceFile(members)), toPaths(checkServiceFile(members), 'warning')];
}

test.each([
  ['permits.mol.gov.sa', 'permits.mol.gov.sa'],
  ['mol.gov.sa', 'hooks.mol.gov.sa'],
  ['permits.mol.gov.sa', 'hooks.mol.gov.sa'],
  ['permits.mol.gov.sa', 'mol.gov.sa'],
  ['bank.com', 'hooks.bank.com'],
])('people return to %s, and the receiver is on %s: it is of the same domain', (redirect, receiver) => {
  expect(check(redirect, receiver)).toEqual([[], [], []]);
});

test.each([
  ['mol.gov.sa', 'moh.gov.sa'],
  ['mol.gov.sa', 'gov.sa'],
  ['bank.com.sa', 'evil.com.sa'],
  ['a.co.uk', 'b.co.uk'],
  ['app.bank.com', 'hooks.bank.com'],
  ['permits.mol.gov.sa', 'permits.moh.gov.sa'],
  ['mol.gov.sa', 'evilmol.gov.sa'],
  ['permits.mol.gov.sa', 'hooks.evilmol.gov.sa'],
])('people return to %s, and the receiver is on %s: it is another, refused in class fapi and told elsewhere', (redirect, receiver) => {
  const place = [`${servicePath}.backchannel_logout_uri`];
  expect(check(redirect, receiver)).toEqual([place, [], place]);
});
