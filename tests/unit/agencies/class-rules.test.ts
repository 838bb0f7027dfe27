// Every rule of the onboarding check that a class of service brings, both ways: a registration that keeps it, and one that breaks it and is told where,
// why and what to do instead.

import { expect, test } from 'vitest';
import { classRules } from '../../../src/domain/agencies/class-rules.ts';
import { createSelfSigned } from '../../support/certificate.ts';
import { classRows, fapi, legacy, sampleSecret } from '../../support/class-rows.ts';
import type { Members, Row } from '../../support/class-rows.ts';
import { checkFile, checkServiceFile, createAgencyFile, servicePath } from '../../support/sample-proposal.ts';
import { createPublicJwk, createServiceFile, toFileText, toPaths } from '../../support/sample-proposal.ts';

const jwk = createPublicJwk();
const secret = { jwks: undefined, client_secret: sampleSecret };
const credentialsOf: Readonly<Record<string, Members>> = {
  client_secret_basic: secret,
  client_secret_post: secret,
  tls_client_auth: { jwks: undefined, tls_client_auth_san_dns: 'permits.mol.example' },
  self_signed_tls_client_auth: { jwks: { keys: [createSelfSigned({ subject: { CN: 'permits' } }).jwk] } },
};
const hooks = 'https://permits.mol.example/sign-outs';
const elsewhere = 'https://collector.example/sign-outs';

test.each(classRows)('$rule', ({ keeps, breaks, at }) => {
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
      const credentials = credentialsOf[method] ?? {};
      const broken = toPaths(checkServiceFile({ class: name, token_endpoint_auth_method: method, ...credentials }));
      return [name, method, broken.length === 0, rules.methods.includes(method)];
    }),
  );
  expect(refusedMethods.filter(([, , taken, own]) => taken !== own)).toEqual([]);
});

const advised: readonly Row[] = [
  {
    rule: 'an algorithm for answers comes with a mode in which they are signed',
    keeps: { response_modes: ['query', 'jwt'], authorization_signed_response_alg: 'ES256' },
    breaks: { authorization_signed_response_alg: 'ES256' },
    at: 'authorization_signed_response_alg',
  },
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
