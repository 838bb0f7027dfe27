// A service that publishes its keys instead of giving them: where it may, and that inline is better.

import { expect, test } from 'vitest';
import {
  checkFile,
  checkServiceFile,
  createAgencyFile,
  createPublicJwk,
  createServiceFile,
  servicePath,
  toFileText,
} from '../../support/sample-proposal.ts';

const given = (members: Readonly<Record<string, unknown>>, isLoopback = false): readonly string[] =>
  checkServiceFile({ jwks: undefined, ...members }, isLoopback).map(({ severity, path, problem }) => `${severity} ${path} ${problem}`);
const at = `${servicePath}.jwks_uri`;
const advice = `warning ${at} is fetched while somebody signs in`;
const address = 'https://permits.mol.example/jwks';

test('keys at an address on the host of the redirect URIs are taken, with the advice to give them inline', () => {
  expect(given({ jwks_uri: address })).toEqual([advice]);
  expect(given({ jwks_uri: 'http://localhost:3001/jwks', redirect_uris: ['http://localhost:3001/callback'] }, true)).toEqual([advice]);
});

test('a service of class fapi gives its keys inline, where one that leaked is gone at once', () => {
  expect(given({ class: 'fapi', jwks_uri: address })).toContain(
    `refusal ${at} is read while somebody signs in, and a key that leaked would be believed for up to 15 minutes`,
  );
});

test.each([
  ['another host', 'https://keys.example/jwks'],
  ['a host beneath', 'https://permits.mol.example.evil.example/jwks'],
  ['a neighbour', 'https://other.mol.example/jwks'],
])('keys at %s are refused', (_, uri) => {
  expect(given({ jwks_uri: uri })).toContain(`refusal ${at} is not on a host to which this service sends people back`);
});

test.each([
  'http://permits.mol.example/jwks',
  'https://user@permits.mol.example/jwks',
  'https://10.0.0.1/jwks',
  'https://localhost/jwks',
  'x',
])('RG-08 keys at %s are refused', (uri) => {
  expect(given({ jwks_uri: uri }).filter((finding) => finding.startsWith(`refusal ${at}`))).not.toEqual([]);
});

test('keys are given in one place', () => {
  expect(given({ jwks_uri: address, jwks: { keys: [createPublicJwk()] } })).toEqual([`refusal ${at} stands beside jwks`, advice]);
  expect(given({})).toEqual([`refusal ${servicePath}.jwks holds no key that signs`]);
});

test('one address serves one service', () => {
  const services = [
    createServiceFile({ jwks: undefined, jwks_uri: address }),
    createServiceFile({ client_id: 'second', jwks: undefined, jwks_uri: address }),
  ];
  const refusals = checkFile(toFileText(createAgencyFile(services))).filter(({ severity }) => severity === 'refusal');
  expect(refusals.map(({ path, problem }) => [path, problem])).toEqual([
    ['agencies[0].services[1].jwks_uri', 'holds the keys of another service'],
  ]);
});

test('a sector is named in the file and never fetched from an address', () => {
  const findings = checkServiceFile({ sector_identifier_uri: 'https://permits.mol.example/sector' });
  expect(findings.map(({ severity, path }) => [severity, path])).toEqual([['refusal', servicePath]]);
});
