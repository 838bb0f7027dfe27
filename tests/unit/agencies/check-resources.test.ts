// What a file may say about resource servers and those who use them.

import { describe, expect, test } from 'vitest';
import { createProgramFile, createProgramKey } from '../../support/audit-program.ts';
import { createCallerFile, createDriveFile, createServerFile, resourceServer } from '../../support/resource-server.ts';
import { checkFile, createAgencyFile, createServiceFile, toFileText, toPaths } from '../../support/sample-proposal.ts';

type Members = Readonly<Record<string, unknown>>;

const server = createServerFile(createProgramKey('mol-api'));
const check = (...services: readonly Members[]): readonly string[] => toPaths(checkFile(toFileText(createAgencyFile(services))));
const spoil = (members: Members): readonly string[] => check(createServerFile(createProgramKey('mol-api'), members));
const spoilServer = (members: Members): readonly string[] => spoil({ resource_server: { ...resourceServer, ...members } });
const scope = (members: Members): Members => ({ scopes: [{ ...resourceServer.scopes[0], ...members }] });
const at = 'agencies[0].services[0]';

describe('a file with resource servers', () => {
  test('passes with those who use them, in one file', () => {
    const caller = createCallerFile(createProgramKey('mol-match'));
    expect(check(server, caller)).toEqual([]);
    expect(check(server, createDriveFile(createProgramKey('mol-drive'), ['permits:read', 'permits:renew']))).toEqual([]);
  });

  test('is refused where the address is none, has a query or a fragment, or is taken', () => {
    for (const resource of ['mol-api', 'http://api.mol.example/', 'https://api.mol.example/?a=1', 'https://api.mol.example/#a']) {
      expect([resource, spoilServer({ resource })]).toEqual([resource, [`${at}.resource_server.resource`]]);
    }
    expect(check(server, createServerFile(createProgramKey('mol-two')))).toEqual(['agencies[0].services[1].resource_server.resource']);
  });

  test('is refused where a scope is not in form, has a meaning of its own, comes twice or says nothing', () => {
    for (const name of ['', 'a b', '"', 'openid', 'offline_access', 'audit:read', 'consents']) {
      expect([name, spoilServer(scope({ name }))]).toEqual([name, [`${at}.resource_server.scopes[0].name`]]);
    }
    expect(spoilServer({ scopes: [resourceServer.scopes[0], resourceServer.scopes[0]] })).toEqual([`${at}.resource_server.scopes`]);
    expect(spoilServer(scope({ text: { ar: '', en: 'Look' } }))).toEqual([`${at}.resource_server.scopes[0].text.ar`]);
  });

  test('is refused where a program mixes what it is, or uses what nobody offers', () => {
    const key = createProgramKey('mol-match');
    expect(check(createCallerFile(key))).toEqual([`${at}.resource_access[0].server`]);
    expect(check(server, createCallerFile(key, { resource_access: [{ server: 'mol-api', scopes: ['permits:sell'] }] }))).toEqual([
      'agencies[0].services[1].resource_access[0].scopes',
    ]);
    expect(check(server, createCallerFile(key, { scope: 'audit:read' }))).toEqual(['agencies[0].services[1].scope']);
    expect(check(createProgramFile(key, { scope: undefined }))).toEqual([`${at}.scope`]);
    expect(check(server, createDriveFile(key, ['permits:sell']))).toEqual(['agencies[0].services[1].purposes[0].resources[0].scopes']);
    expect(check(createServiceFile({ grant_types: ['authorization_code'], resource_server: resourceServer }))).toEqual([
      `${at}.resource_server`,
    ]);
    expect(check(server, createServiceFile({ resource_access: [{ server: 'mol-api', scopes: ['permits:read'] }] }))).toEqual([
      'agencies[0].services[1].resource_access',
    ]);
  });
});
