// Why a service was not believed to be itself.

import type { Clock } from '../../domain/kernel/clock.ts';
import { readText } from '../../domain/agencies/proposal.ts';
import type { TraceRule } from '../../domain/traces/rules.ts';
import { examineAssertion } from './examine-assertion.ts';
import type { Examined } from './examined.ts';
import type { Credentials } from './read-credentials.ts';

type Proof = 'secret' | 'assertion' | 'certificate' | 'none';

const proofsByWay: Readonly<Record<Credentials['way'], Exclude<Proof, 'certificate'> | TraceRule>> = {
  none: 'none',
  basic: 'secret',
  'secret-in-body': 'secret',
  assertion: 'assertion',
  several: 'client/two-ways',
  unreadable: 'client/header-unreadable',
};

function toExpected({ registered }: Examined): Proof {
  const method = readText(registered.service.metadata, 'token_endpoint_auth_method') ?? 'private_key_jwt';
  if (method === 'none') {
    return 'none';
  }
  if (method.endsWith('tls_client_auth')) {
    return 'certificate';
  }
  return method.startsWith('client_secret_') ? 'secret' : 'assertion';
}

/** Whose a certificate was is not looked at: all that is known of one is that it was none of this service. */
export function findCertificateRule({ hasCertificate }: Pick<Examined, 'hasCertificate'>): TraceRule {
  return hasCertificate ? 'certificate/refused' : 'certificate/missing';
}

function findUnproven(examined: Examined, expected: Proof): TraceRule {
  return expected === 'certificate' ? findCertificateRule(examined) : 'client/not-proven';
}

export type ClientRuleNeeds = { readonly issuer: string; readonly clock: Clock };

export function findClientRule(needs: ClientRuleNeeds, examined: Examined): TraceRule {
  const { credentials, registered, keys } = examined;
  const given = proofsByWay[credentials.way];
  const expected = toExpected(examined);
  if (registered.service.status !== 'active') {
    return 'service/not-active';
  }
  if (given !== 'secret' && given !== 'assertion' && given !== 'none') {
    return given;
  }
  if (given !== expected) {
    return given === 'none' ? findUnproven(examined, expected) : 'client/other-method';
  }
  const nowSeconds = Math.floor(needs.clock.now() / 1000);
  return credentials.assertion === undefined
    ? 'client/secret-wrong'
    : examineAssertion(credentials.assertion, { issuer: needs.issuer, nowSeconds, registered, keys });
}
