// Every rule of the onboarding check that a class of service brings, both ways: a registration that keeps it, and one that breaks it and is told where,
// why and what to do instead.

import { expect, test } from 'vitest';
import { classRules } from '../../../src/domain/agencies/class-rules.ts';
import { checkFile, checkServiceFile, createAgencyFile, createRsaJwk, servicePath } from '../../support/sample-proposal.ts';
import { createOkpJwk, createPublicJwk, createServiceFile, toFileText, toPaths } from '../../support/sample-proposal.ts';

type Members = Readonly<Record<string, unknown>>;
type Row = { readonly rule: string; readonly keeps: Members; readonly breaks: Members; readonly at: string };

const secret = 'kZ0yq3T8vXw1LrB7mNc5Pd9sHfJg2QeAuYiOoKtE4xM';
const jwk = createPublicJwk();
const rsa = createRsaJwk(2048);
const withSecret = { token_endpoint_auth_method: 'client_secret_basic', client_secret: secret, jwks: undefined };
const fapi = { class: 'fapi', jwks: { keys: [jwk, createPublicJwk({ kid: 'two' })] } };
const legacy = { class: 'legacy', ...withSecret };
const open = { token_endpoint_auth_method: 'none', jwks: undefined };
const native = { ...open, application_type: 'native', dpop_bound_access_tokens: true };
const two = { keys: [jwk, createPublicJwk({ kid: 'two' })] };
const hooks = 'https://permits.mol.example/sign-outs';
const elsewhere = 'https://collector.example/sign-outs';

const rows: readonly Row[] = [
  { rule: 'fapi signs in with a key', keeps: fapi, breaks: { ...fapi, ...withSecret }, at: 'token_endpoint_auth_method' },
  { rule: 'fapi is no public application', keeps: fapi, breaks: { ...fapi, ...open }, at: 'token_endpoint_auth_method' },
  { rule: 'standard keeps no secret', keeps: {}, breaks: withSecret, at: 'token_endpoint_auth_method' },
  { rule: 'standard may be public', keeps: open, breaks: { class: 'legacy', ...open }, at: 'token_endpoint_auth_method' },
  {
    rule: 'symmetric assertions are for nobody',
    keeps: {},
    breaks: { class: 'legacy', token_endpoint_auth_method: 'client_secret_jwt', client_secret: secret },
    at: 'token_endpoint_auth_method',
  },
  {
    rule: 'fapi pushes its requests',
    keeps: { ...fapi, require_pushed_authorization_requests: true },
    breaks: { ...fapi, require_pushed_authorization_requests: false },
    at: 'require_pushed_authorization_requests',
  },
  {
    rule: 'fapi binds its tokens',
    keeps: { ...fapi, dpop_bound_access_tokens: true },
    breaks: { ...fapi, dpop_bound_access_tokens: false },
    at: 'dpop_bound_access_tokens',
  },
  {
    rule: 'standard may leave tokens unbound, installed applications may not',
    keeps: { dpop_bound_access_tokens: false },
    breaks: { ...native, dpop_bound_access_tokens: false },
    at: 'dpop_bound_access_tokens',
  },
  {
    rule: 'an installed application keeps no secret',
    keeps: native,
    breaks: { ...legacy, application_type: 'native' },
    at: 'token_endpoint_auth_method',
  },
  {
    rule: 'refresh tokens of a public application are bound',
    keeps: { ...open, grant_types: ['authorization_code', 'refresh_token'], dpop_bound_access_tokens: true },
    breaks: { ...open, grant_types: ['authorization_code', 'refresh_token'] },
    at: 'grant_types',
  },
  {
    rule: 'RS256 is for legacy: ID tokens of fapi',
    keeps: { ...legacy, id_token_signed_response_alg: 'RS256' },
    breaks: { ...fapi, id_token_signed_response_alg: 'RS256' },
    at: 'id_token_signed_response_alg',
  },
  {
    rule: 'RS256 is for legacy: ID tokens of standard',
    keeps: { id_token_signed_response_alg: 'ES256' },
    breaks: { id_token_signed_response_alg: 'RS256' },
    at: 'id_token_signed_response_alg',
  },
  {
    rule: 'RS256 is for legacy: signed UserInfo',
    keeps: { ...legacy, userinfo_signed_response_alg: 'RS256' },
    breaks: { userinfo_signed_response_alg: 'RS256' },
    at: 'userinfo_signed_response_alg',
  },
  {
    rule: 'no class has unsigned ID tokens',
    keeps: legacy,
    breaks: { ...legacy, id_token_signed_response_alg: 'none' },
    at: 'id_token_signed_response_alg',
  },
  {
    rule: 'a service names an algorithm of a key that it has',
    keeps: { jwks: { keys: [rsa] }, token_endpoint_auth_signing_alg: 'PS256' },
    breaks: { token_endpoint_auth_signing_alg: 'PS256' },
    at: 'token_endpoint_auth_signing_alg',
  },
  {
    rule: 'a service with a secret signs nothing',
    keeps: { token_endpoint_auth_signing_alg: 'ES256' },
    breaks: { ...legacy, token_endpoint_auth_signing_alg: 'ES256' },
    at: 'token_endpoint_auth_signing_alg',
  },
  {
    rule: 'fapi has its answers in the query',
    keeps: { ...fapi, response_modes: ['query'] },
    breaks: { ...fapi, response_modes: ['query', 'form_post'] },
    at: 'response_modes',
  },
  {
    rule: 'standard has answers by form where it registers them',
    keeps: { response_modes: ['query', 'form_post'] },
    breaks: { response_modes: ['fragment'] },
    at: 'response_modes',
  },
  {
    rule: 'a list of modes says something',
    keeps: { ...legacy, response_modes: ['form_post'] },
    breaks: { ...legacy, response_modes: [] },
    at: 'response_modes',
  },
  {
    rule: 'an installed application returns to a claimed https address',
    keeps: { ...native, redirect_uris: ['https://app.mol.example/callback'] },
    breaks: { ...native, redirect_uris: ['mol.example:/callback'] },
    at: 'redirect_uris[0]',
  },
  {
    rule: 'fapi is called on the domain to which people return',
    keeps: { ...fapi, backchannel_logout_uri: hooks, security_events_uri: 'https://events.mol.example/in' },
    breaks: { ...fapi, backchannel_logout_uri: elsewhere },
    at: 'backchannel_logout_uri',
  },
  {
    rule: 'fapi hears of withdrawals on the domain to which people return',
    keeps: { ...fapi, security_events_uri: hooks },
    breaks: { ...fapi, security_events_uri: elsewhere },
    at: 'security_events_uri',
  },
  {
    rule: 'RG-13 a key is strong: RSA of 2048 to 4096 bits',
    keeps: { jwks: { keys: [rsa] } },
    breaks: { jwks: { keys: [createRsaJwk(1024)] } },
    at: 'jwks.keys[0]',
  },
  {
    rule: 'RG-13 a key is strong: a sound exponent',
    keeps: { jwks: { keys: [rsa] } },
    breaks: { jwks: { keys: [createRsaJwk(2048, 3)] } },
    at: 'jwks.keys[0]',
  },
  {
    rule: 'RG-13 a key is strong: P-256 or Ed25519',
    keeps: { jwks: { keys: [createOkpJwk()] } },
    breaks: { jwks: { keys: [{ ...jwk, crv: 'P-192' }] } },
    at: 'jwks.keys[0]',
  },
  {
    rule: 'RG-13 a key is public',
    keeps: { jwks: { keys: [jwk] } },
    breaks: { jwks: { keys: [{ ...jwk, d: 'AAAA' }] } },
    at: 'jwks.keys[0]',
  },
  {
    rule: 'RG-13 a key has an algorithm of its use',
    keeps: { jwks: { keys: [jwk, createPublicJwk({ kid: 'enc', use: 'enc', alg: 'ECDH-ES+A256KW' })] } },
    breaks: { jwks: { keys: [jwk, createPublicJwk({ kid: 'enc', use: 'enc' })] } },
    at: 'jwks.keys[1]',
  },
  {
    rule: 'RG-13 what signs does not decrypt',
    keeps: { jwks: two },
    breaks: { jwks: { keys: [jwk, { ...jwk, kid: 'enc', use: 'enc', alg: 'ECDH-ES+A256KW' }] } },
    at: 'jwks',
  },
  {
    rule: 'a service that signs in with a key has one that signs',
    keeps: { jwks: { keys: [jwk] } },
    breaks: { jwks: { keys: [createPublicJwk({ use: 'enc', alg: 'ECDH-ES+A256KW' })] } },
    at: 'jwks',
  },
  {
    rule: 'several keys have names',
    keeps: { jwks: two },
    breaks: { jwks: { keys: [jwk, { ...createPublicJwk(), kid: undefined }] } },
    at: 'jwks',
  },
];

test.each(rows)('$rule', ({ keeps, breaks, at }) => {
  expect(toPaths(checkServiceFile(keeps))).toEqual([]);
  const findings = checkServiceFile(breaks).filter(({ severity }) => severity === 'refusal');
  expect(findings.map(({ path }) => path)).toContain(`${servicePath}.${at}`);
  expect(findings.every(({ problem, fix }) => problem !== '' && fix !== '')).toBe(true);
});

test('each class takes each of its own methods, algorithms and modes, and none of another', () => {
  const known = { methods: new Set<string>(), tokenAlgorithms: new Set<string>() };
  for (const { methods, tokenAlgorithms } of Object.values(classRules)) {
    methods.forEach((method) => known.methods.add(method));
    tokenAlgorithms.forEach((algorithm) => known.tokenAlgorithms.add(algorithm));
  }
  const refusedAlgorithms = Object.entries(classRules).flatMap(([name, rules]) =>
    [...known.tokenAlgorithms].map((alg) => {
      const broken = toPaths(checkServiceFile({ ...(name === 'legacy' ? legacy : fapi), class: name, id_token_signed_response_alg: alg }));
      return [name, alg, broken.length === 0, rules.tokenAlgorithms.includes(alg)];
    }),
  );
  expect(refusedAlgorithms.filter(([, , taken, own]) => taken !== own)).toEqual([]);
  const refusedMethods = Object.entries(classRules).flatMap(([name, rules]) =>
    [...known.methods].map((method) => {
      const credentials = method.startsWith('client_secret_') ? { jwks: undefined, client_secret: secret } : {};
      const broken = toPaths(checkServiceFile({ class: name, token_endpoint_auth_method: method, ...credentials }));
      return [name, method, broken.length === 0, rules.methods.includes(method)];
    }),
  );
  expect(refusedMethods.filter(([, , taken, own]) => taken !== own)).toEqual([]);
});

const advised: readonly Row[] = [
  { rule: 'fapi has its next key ready', keeps: fapi, breaks: { ...fapi, jwks: { keys: [jwk] } }, at: 'jwks' },
  {
    rule: 'nobody stays signed in for longer than a session',
    keeps: { default_max_age: 0 },
    breaks: { default_max_age: 86_400 },
    at: 'default_max_age',
  },
  {
    rule: 'others are told of a receiver on another domain',
    keeps: { backchannel_logout_uri: hooks },
    breaks: { backchannel_logout_uri: elsewhere },
    at: 'backchannel_logout_uri',
  },
  {
    rule: 'a receiver has the port that is called',
    keeps: { security_events_uri: hooks },
    breaks: { security_events_uri: 'https://permits.mol.example:8443/in' },
    at: 'security_events_uri',
  },
];

test.each(advised)('$rule, and it blocks nothing', ({ keeps, breaks, at }) => {
  expect(checkServiceFile(keeps)).toEqual([]);
  expect(toPaths(checkServiceFile(breaks), 'warning')).toEqual([`${servicePath}.${at}`]);
  expect(toPaths(checkServiceFile(breaks))).toEqual([]);
});

test('RG-05 a host of another agency is refused in whatever member it stands', () => {
  const mine = createAgencyFile([createServiceFile({ backchannel_logout_uri: 'https://hooks.mol.example/out' })]);
  const name = { ar: 'وزارة الداخلية', en: 'Ministry of Interior' };
  const other = (members: Members): Members =>
    createAgencyFile(
      [
        createServiceFile({
          client_id: 'moi',
          sector: 'moi',
          redirect_uris: ['https://moi.example/cb'],
          jwks: { keys: [createPublicJwk()] },
          ...members,
        }),
      ],
      { id: 'moi', registration_number: '7000000009', name },
    );
  const check = (members: Members): readonly string[] => toPaths(checkFile(toFileText(mine, other(members))));
  expect(check({})).toEqual([]);
  expect(check({ post_logout_redirect_uris: ['https://permits.mol.example/'] })).toEqual([
    'agencies[1].services[0].post_logout_redirect_uris',
  ]);
  expect(check({ security_events_uri: 'https://hooks.mol.example/in' })).toEqual(['agencies[1].services[0].security_events_uri']);
});
