// What a request that goes well asked in vain: beyond its purpose, or in words that nobody knows. Nobody is refused for it, and the person never sees it; a developer
// would look for it where it is missing in the end.

import type { OIDCContext } from 'oidc-provider';
import { allowsOffline, findPurpose } from '../../domain/agencies/agency.ts';
import type { RegisteredService } from '../../domain/agencies/agency.ts';
import { toAsked } from '../../domain/consent/asked.ts';
import { listFrameworks } from '../../domain/proofing/find-frameworks.ts';
import type { FrameworkNeeds } from '../../domain/proofing/find-frameworks.ts';
import type { TraceFact } from '../../domain/traces/trace.ts';
import { findVerifiedFaults } from '../../domain/verified/request-faults.ts';
import { listVerified, parseClaims, toAttributeRequest } from '../requested.ts';
import { describeParameters, readParameters } from './describe-request.ts';

type Sent = { readonly oidc: OIDCContext; readonly ctx: { readonly query: object } };

/** As it was sent: the engine takes words out that it does not know. */
function readScope({ oidc: { params, body }, ctx }: Sent): string {
  const scope = readParameters({ params, body, ctx }).known.get('scope');
  return typeof scope === 'string' ? scope : '';
}

/** Whether there is anything to look for: most requests ask for what the purpose lists. */
export function asksMore({ oidc, ctx }: Sent): boolean {
  return typeof oidc.params?.['claims'] === 'string' || readScope({ oidc, ctx }) !== 'openid';
}

function findBeyond({ params = {} }: OIDCContext, scope: string, registered: RegisteredService): readonly TraceFact[] {
  const purposeId = params['purpose'];
  const purpose = findPurpose(registered, typeof purposeId === 'string' ? purposeId : undefined);
  if (purpose === undefined) {
    return [];
  }
  const { overAsked } = toAsked(purpose, toAttributeRequest(scope, parseClaims(params['claims'])));
  const claims = overAsked.filter((name) => name !== 'unlisted').join(' ');
  const isOffline = scope.split(' ').includes('offline_access') && !allowsOffline(registered.service, purpose);
  const facts = [
    { name: 'claims', value: claims.slice(0, 300), note: 'beyond' },
    { name: 'scope', value: isOffline ? 'offline_access' : '', note: 'beyond' },
  ] as const;
  return facts.filter(({ value }) => value !== '');
}

/** Of verified claims that are asked in a form of which nothing can come, whoever the person is. */
async function findMisasked(needs: FrameworkNeeds, { params = {} }: OIDCContext): Promise<readonly TraceFact[]> {
  const elements = listVerified(parseClaims(params['claims']));
  if (elements.length === 0) {
    return [];
  }
  const frameworks = await listFrameworks(needs);
  const faults = elements.flatMap((given) => findVerifiedFaults(given, frameworks));
  return faults.map(({ place, fault }) => ({ name: place, value: null, note: fault }));
}

export async function findDropped(
  needs: FrameworkNeeds,
  { oidc, ctx }: Sent,
  registered: RegisteredService,
): Promise<readonly TraceFact[]> {
  const scope = readScope({ oidc, ctx });
  const known = new Map<string, unknown>([
    ['claims', oidc.params?.['claims']],
    ['scope', scope],
  ]);
  const described = describeParameters({ known, unknown: 0 }, registered);
  const unknown = described.filter(({ note }) => note === 'unknown').map(({ name, note }) => ({ name, value: null, note }));
  return [...findBeyond(oidc, scope, registered), ...unknown, ...(await findMisasked(needs, oidc))];
}
