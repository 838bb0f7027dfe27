import { expect, test } from 'vitest';
import { parseAgenciesFile } from '../../../src/cli/files/agencies-file.ts';
import { checkAgencies } from '../../../src/domain/agencies/check-agencies.ts';
import { toService } from '../../../src/domain/agencies/to-registered.ts';
import {
  checkFile,
  checkServiceFile,
  createAgencyFile,
  createPublicJwk,
  createPurposeFile,
  createRsaJwk,
  createServiceFile,
  servicePath,
  toFileText,
  toPaths,
} from '../../support/sample-proposal.ts';

test('a service that keeps all rules is neither refused nor warned about', () => {
  expect(checkServiceFile({})).toEqual([]);
});

test.each([
  'http://permits.mol.example/callback',
  'https://user@permits.mol.example/callback',
  'https://permits.mol.example@evil.example/callback',
  'https://permits.mol.example/callback#part',
  'https://permits.mol.example/callback#',
  'https://*.mol.example/callback',
  'https://permits.mol.example/*',
  'https://192.0.2.7/callback',
  'https://3221225991/callback',
  'https://0xC0000207/callback',
  'https://[2001:db8::7]/callback',
  'https://localhost/callback',
  'http://localhost:3001/callback',
  'http://127.0.0.1/callback',
  'https://intranet/callback',
  'https://permits.mol.example./callback',
  'https://PERMITS.mol.example/callback',
  'https://permits.mol.example:443/callback',
  'https://permits.mol.example/a/../callback',
  'https://permits.mol.example/%2e%2e/callback',
  'https://permits.mol.example\\@evil.example/callback',
  'https://تصاريح.example/callback',
  'https://permits.mol.example/call back',
  ' https://permits.mol.example/callback',
  'javascript:alert(1)',
  'data:text/html,x',
  'example.mol.permits:/callback',
  'permits:/callback',
  '/callback',
  '',
])('RG-04 RG-05: %j is refused as a redirect URI', (uri) => {
  expect(toPaths(checkServiceFile({ redirect_uris: [uri] }))).toContain(`${servicePath}.redirect_uris[0]`);
});

test.each(['https://permits.mol.example', 'https://permits.mol.example/callback?tenant=1', 'https://permits.mol.example:8443/callback'])(
  '%s is a redirect URI',
  (uri) => {
    expect(checkServiceFile({ redirect_uris: [uri] })).toEqual([]);
  },
);

test.each([
  'http://localhost:3001/callback',
  'http://127.0.0.1:9/callback',
  'http://[::1]:3001/callback',
  'https://app.localhost/callback',
])('%s is a redirect URI while the issuer itself is on a loopback host, and only then', (uri) => {
  expect(checkServiceFile({ redirect_uris: [uri] }, true)).toEqual([]);
  expect(toPaths(checkServiceFile({ redirect_uris: [uri] }))).toHaveLength(1);
});

test('an address that is not loopback stays refused beside a loopback issuer', () => {
  expect(toPaths(checkServiceFile({ redirect_uris: ['http://192.0.2.7/callback'] }, true))).toHaveLength(1);
  expect(toPaths(checkServiceFile({ redirect_uris: ['http://permits.mol.example/callback'] }, true))).toHaveLength(1);
});

test('the same rules hold for the addresses of logout', () => {
  const findings = checkServiceFile({
    post_logout_redirect_uris: ['http://a.example/'],
    backchannel_logout_uri: 'https://10.0.0.1/logout',
  });
  expect(toPaths(findings)).toEqual([`${servicePath}.post_logout_redirect_uris[0]`, `${servicePath}.backchannel_logout_uri`]);
});

test('several redirect hosts need a sector', () => {
  const redirects = { redirect_uris: ['https://a.mol.example/cb', 'https://b.mol.example/cb'] };
  expect(toPaths(checkServiceFile({ ...redirects, sector: undefined }))).toEqual([`${servicePath}.sector`]);
  expect(checkServiceFile(redirects)).toEqual([]);
});

const secret = 'kZ0yq3T8vXw1LrB7mNc5Pd9sHfJg2QeAuYiOoKtE4xM';

test.each<[string, Readonly<Record<string, unknown>>, readonly string[]]>([
  ['fapi with a key', { class: 'fapi' }, []],
  [
    'fapi with a secret',
    { class: 'fapi', token_endpoint_auth_method: 'client_secret_basic', client_secret: secret },
    ['token_endpoint_auth_method'],
  ],
  ['fapi with RS256', { class: 'fapi', id_token_signed_response_alg: 'RS256' }, ['id_token_signed_response_alg']],
  ['standard with a secret', { token_endpoint_auth_method: 'client_secret_post', client_secret: secret }, ['token_endpoint_auth_method']],
  ['standard without keys', { jwks: undefined }, ['jwks']],
  ['standard with an idle secret', { client_secret: secret }, ['client_secret']],
  ['standard with symmetric tokens', { id_token_signed_response_alg: 'HS256' }, ['id_token_signed_response_alg']],
  ['standard with unsigned tokens', { id_token_signed_response_alg: 'none' }, ['id_token_signed_response_alg']],
  ['a public application', { token_endpoint_auth_method: 'none', jwks: undefined }, []],
  [
    'a public application with loose refresh tokens',
    { token_endpoint_auth_method: 'none', jwks: undefined, grant_types: ['authorization_code', 'refresh_token'] },
    ['grant_types'],
  ],
  [
    'a public application with bound refresh tokens',
    {
      token_endpoint_auth_method: 'none',
      jwks: undefined,
      grant_types: ['authorization_code', 'refresh_token'],
      dpop_bound_access_tokens: true,
    },
    [],
  ],
  ['legacy with a secret', { class: 'legacy', token_endpoint_auth_method: undefined, jwks: undefined, client_secret: secret }, []],
  [
    'legacy with a short secret',
    { class: 'legacy', token_endpoint_auth_method: 'client_secret_post', jwks: undefined, client_secret: 'secret' },
    ['client_secret'],
  ],
  ['legacy without a secret', { class: 'legacy', token_endpoint_auth_method: 'client_secret_post', jwks: undefined }, ['client_secret']],
  [
    'legacy without authentication',
    { class: 'legacy', token_endpoint_auth_method: 'none', jwks: undefined },
    ['token_endpoint_auth_method'],
  ],
  ['the implicit flow', { response_types: ['id_token'] }, ['response_types']],
  ['the implicit grant', { grant_types: ['authorization_code', 'implicit'] }, ['grant_types']],
  ['no redirect URI', { redirect_uris: [] }, ['redirect_uris']],
  ['an audit scope for people', { scope: 'openid audit:read' }, ['scope']],
  ['nobody as audience', { audience: undefined }, ['audience']],
  ['no purpose', { purposes: undefined }, ['purposes']],
])('%s', (_title, members, broken) => {
  expect(toPaths(checkServiceFile(members))).toEqual(broken.map((member) => `${servicePath}.${member}`));
});

const program = {
  grant_types: ['client_credentials'],
  scope: 'audit:read',
  redirect_uris: undefined,
  purposes: undefined,
  audience: undefined,
};

test('an audit program needs neither redirect URIs nor purposes', () => {
  expect(checkServiceFile(program)).toEqual([]);
});

test('a program without people is an audit program; a service has client credentials beside its people, and then no scope of auditors', () => {
  expect(toPaths(checkServiceFile({ ...program, scope: 'openid' }))).toEqual([`${servicePath}.scope`]);
  expect(toPaths(checkServiceFile({ ...program, grant_types: ['client_credentials', 'authorization_code'] }))).toContain(
    `${servicePath}.scope`,
  );
  expect(toPaths(checkServiceFile({ ...program, purposes: [createPurposeFile()] }))).toEqual([`${servicePath}.purposes`]);
});

test.each<[string, Readonly<Record<string, unknown>>, string]>([
  ['the class for applications that know no keys', { class: 'legacy' }, 'class'],
  ['a secret', { token_endpoint_auth_method: 'client_secret_basic', client_secret: secret, jwks: undefined }, 'token_endpoint_auth_method'],
  ['no authentication', { token_endpoint_auth_method: 'none', jwks: undefined }, 'token_endpoint_auth_method'],
  ['an idle secret', { client_secret: secret }, 'client_secret'],
  ['no key', { jwks: undefined }, 'jwks'],
  ['redirect URIs', { redirect_uris: ['https://permits.mol.example/callback'] }, 'redirect_uris'],
  ['a response type', { response_types: ['code'] }, 'response_types'],
  ['a return from sign-out', { post_logout_redirect_uris: ['https://permits.mol.example/'] }, 'post_logout_redirect_uris'],
  ['an ID token', { id_token_signed_response_alg: 'ES256' }, 'id_token_signed_response_alg'],
  ['refresh tokens', { grant_types: ['client_credentials', 'refresh_token'] }, 'grant_types'],
  ['kinds of person', { audience: ['citizen'] }, 'audience'],
])('an audit program with %s is refused, with the reason and the fix', (_title, members, broken) => {
  const finding = checkServiceFile({ ...program, ...members }).find(({ path }) => path === `${servicePath}.${broken}`);
  expect([finding?.severity, finding?.problem, finding?.fix]).toEqual(['refusal', expect.stringMatching(/./), expect.stringMatching(/./)]);
});

test('an audit program may be of the class that binds its tokens', () => {
  expect(toPaths(checkServiceFile({ ...program, class: 'fapi' }))).toEqual([]);
});

test('a service that people use never becomes an audit program, nor the reverse', () => {
  const check = (now: Readonly<Record<string, unknown>>, before: Readonly<Record<string, unknown>>) => {
    const [registered, proposed] = [before, now].map((members) =>
      parseAgenciesFile(toFileText(createAgencyFile([createServiceFile(members)]))),
    );
    if (registered?.ok !== true || proposed?.ok !== true) {
      throw new Error('the sample file has another shape');
    }
    const [agency] = registered.proposal.agencies;
    const services = (agency?.services ?? []).map((service) => ({
      agency: { id: 'mol', registrationNumber: '7000000001', name: { ar: '', en: '' }, contacts: {} },
      service: toService('mol', service, undefined),
      version: 1,
      purposes: [],
    }));
    return toPaths(checkAgencies({ isLoopback: false }, proposed.proposal, { agencies: [], services, versions: [] }));
  };
  expect(check(program, {})).toEqual([`${servicePath}.grant_types`]);
  expect(check({}, program)).toEqual([`${servicePath}.grant_types`]);
  expect(check(program, program)).toEqual([]);
});

test('RG-13: weak, private and symmetric keys are refused', () => {
  const weak = [
    createRsaJwk(1024),
    createRsaJwk(2048, 3),
    { ...createPublicJwk(), d: 'AAAA' },
    { kty: 'oct', k: 'AAAA' },
    { ...createPublicJwk(), crv: 'P-192' },
    { ...createPublicJwk(), x: 'AAAA' },
    createPublicJwk({ alg: 'HS256' }),
    createPublicJwk({ use: 'both' }),
    {},
  ];
  for (const key of weak) {
    expect(toPaths(checkServiceFile({ jwks: { keys: [key] } }))).toEqual([`${servicePath}.jwks.keys[0]`]);
  }
  expect(checkServiceFile({ jwks: { keys: [createRsaJwk(2048), createPublicJwk()] } })).toEqual([]);
});

test('RG-13: one key serves one service', () => {
  const key = createPublicJwk();
  const services = [
    createServiceFile({ jwks: { keys: [key] } }),
    createServiceFile({ client_id: 'other', jwks: { keys: [{ ...key, kid: 'renamed' }] } }),
  ];
  expect(toPaths(checkFile(toFileText(createAgencyFile(services))))).toEqual(['agencies[0].services[1].jwks']);
  expect(toPaths(checkServiceFile({ jwks: { keys: [key, { ...key, kid: 'renamed' }] } }))).toEqual([`${servicePath}.jwks`]);
});

test.each([
  ['bidi override', 'Work\u202Epermits'],
  ['isolate', 'Work\u2066permits'],
  ['zero-width', 'Work\u200Bpermits'],
  ['direction mark', 'Work permits\u200F'],
  ['control', 'Work\u0007permits'],
  ['line end', 'Work\npermits'],
  ['mixed scripts', 'Wоrk permits'],
  ['a tick', 'Work permits ✓'],
  ['markup', 'Work <b>permits</b>'],
  ['a flood of marks', 'Wo\u0301\u0302\u0303rk'],
  ['decomposed', 'Cafe\u0301'],
  ['full width', 'Ｗork permits'],
  ['61 characters', 'a'.repeat(61)],
  ['empty', ''],
  ['spaces at its end', 'Work permits '],
])('RG-06: a name with %s is refused', (_title, en) => {
  expect(toPaths(checkServiceFile({ name: { ar: 'تصاريح العمل', en } }))).toContain(`${servicePath}.name.en`);
});

test('RG-06: an agency cannot take a name that looks like another one', () => {
  const other = (name: { readonly ar: string; readonly en: string }): string =>
    toFileText(createAgencyFile([]), createAgencyFile([], { id: 'moi', registration_number: '7000000009', name }));
  expect(toPaths(checkFile(other({ ar: 'وزاره  العَمل', en: 'Something else' })))).toEqual(['agencies[1].name']);
  expect(toPaths(checkFile(other({ ar: 'جهة أخرى', en: 'MINISTRY-OF LABOUR' })))).toEqual(['agencies[1].name']);
  expect(toPaths(checkFile(other({ ar: 'جهة أخرى', en: 'Ministry of Interior' })))).toEqual([]);
});

test('two agencies share neither sector nor host nor client_id', () => {
  const foreign = createServiceFile({ jwks: { keys: [createPublicJwk()] } });
  const name = { ar: 'جهة أخرى', en: 'Another agency' };
  const findings = checkFile(toFileText(createAgencyFile([createServiceFile()]), createAgencyFile([foreign], { id: 'moi', name })));
  expect(toPaths(findings)).toEqual([
    'agencies[1].services[0].client_id',
    'agencies[1].services[0].sector',
    'agencies[1].services[0].redirect_uris',
  ]);
});

test('the names of the provider itself are taken', () => {
  expect(toPaths(checkServiceFile({ client_id: 'huwiya-account' }))).toEqual([`${servicePath}.client_id`]);
});

test.each([
  ['no JSON', '{'],
  ['another shape', '[]'],
  ['a member that does not exist', toFileText(createAgencyFile([createServiceFile({ logo_uri: 'https://a.example/x.png' })]))],
  ['a class that does not exist', toFileText(createAgencyFile([createServiceFile({ class: 'open' })]))],
  ['public subjects', toFileText(createAgencyFile([createServiceFile({ subject_type: 'public' })]))],
])('a file with %s is refused as a whole', (_title, text) => {
  expect(parseAgenciesFile(text).ok).toBe(false);
});

test('no finding repeats a secret or a private key', () => {
  const findings = checkServiceFile({ client_secret: 'topsecret4711', jwks: { keys: [{ ...createPublicJwk(), d: 'topsecret4711' }] } });
  expect(findings.length).toBeGreaterThan(0);
  expect(JSON.stringify(findings)).not.toContain('4711');
});
