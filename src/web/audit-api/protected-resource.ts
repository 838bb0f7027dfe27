// Tells a program that was refused where tokens for this interface come from (RFC 9728).

import type { Context } from 'koa';
import { auditScope } from '../../domain/agencies/agency.ts';
import type { PageNeeds } from '../needs.ts';

export const apiPath = '/audit/api/v1';
export const metadataPath = `/.well-known/oauth-protected-resource${apiPath}`;

export async function serveResourceMetadata(needs: PageNeeds, ctx: Context): Promise<void> {
  ctx.set('Access-Control-Allow-Origin', '*');
  ctx.body = {
    resource: `${needs.issuer}${apiPath}`,
    resource_name: 'Huwiya: the auditor’s interface',
    'resource_name#ar': 'هوية: واجهة المدققين البرمجية',
    resource_documentation: `${needs.issuer}${apiPath}/openapi.json`,
    authorization_servers: [needs.issuer],
    scopes_supported: [auditScope],
    bearer_methods_supported: ['header'],
    dpop_signing_alg_values_supported: needs.engine.programs.proofAlgorithms,
    tls_client_certificate_bound_access_tokens: needs.certificates !== undefined,
  };
}
