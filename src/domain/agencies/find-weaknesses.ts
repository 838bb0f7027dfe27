// In which ways a service is less protected than the strictest class. Said to reviewers, to auditors and to everybody in the public register
// (decision 10): a weaker class is allowed, and never hidden.

import type { Service } from './agency.ts';
import { classRules } from './class-rules.ts';
import { readText, readTexts } from './proposal.ts';

/** Each with what it is, for operators; people read it in the words of the pages. */
export const weaknessNotes = {
  'symmetric-credential': 'a shared secret instead of a key of its own',
  'no-authentication': 'no proof of who it is, because it runs on the device of its user',
  'open-requests': 'requests through the browser',
  'no-pkce': 'no duty to tie the code to whoever began the request',
  'bearer-tokens': 'access tokens that anybody can use for five minutes',
  'old-signature': 'RS256',
  'answers-by-form': 'answers in a form that the browser sends',
} as const;

export type Weakness = keyof typeof weaknessNotes;

export const weaknesses = [
  'symmetric-credential',
  'no-authentication',
  'open-requests',
  'no-pkce',
  'bearer-tokens',
  'old-signature',
  'answers-by-form',
] as const satisfies readonly Weakness[];

type Judged = Pick<Service, 'serviceClass' | 'metadata'>;

const isWeakIn: Readonly<Record<Weakness, (service: Judged) => boolean>> = {
  'symmetric-credential': (service) => toMethod(service).startsWith('client_secret_'),
  'no-authentication': (service) => toMethod(service) === 'none',
  'open-requests': ({ metadata }) => metadata['require_pushed_authorization_requests'] !== true,
  'no-pkce': ({ serviceClass }) => !classRules[serviceClass].needsPkce,
  'bearer-tokens': ({ metadata }) =>
    metadata['dpop_bound_access_tokens'] !== true && metadata['tls_client_certificate_bound_access_tokens'] !== true,
  'old-signature': ({ metadata }) =>
    ['id_token_signed_response_alg', 'userinfo_signed_response_alg'].some((member) => metadata[member] === 'RS256'),
  'answers-by-form': ({ serviceClass, metadata }) => {
    const registered = readTexts(metadata, 'response_modes');
    const modes = registered.length > 0 ? registered : classRules[serviceClass].responseModes.standing;
    return modes.some((mode) => mode.startsWith('form_post'));
  },
};

function toMethod({ metadata }: Judged): string {
  return readText(metadata, 'token_endpoint_auth_method') ?? '';
}

/** Of a service that people use; a program without people sends no requests through a browser. */
export function findWeaknesses(service: Judged): readonly Weakness[] {
  return weaknesses.filter((weakness) => isWeakIn[weakness](service));
}
