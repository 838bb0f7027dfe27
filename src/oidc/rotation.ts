// When a refresh brings another refresh token.

import type { KoaContextWithOIDC } from 'oidc-provider';
import { classMember } from './clients.ts';

const duePercentage = 70;

/** Never in class `fapi`, whose services prove who they are at every refresh (FAPI 2.0 Security Profile §5.3.2.1): an answer that is lost on the way ends nothing. */
export function isRotationDue(ctx: KoaContextWithOIDC): boolean {
  const { RefreshToken: token, Client: client } = ctx.oidc.entities;
  if (token === undefined || client?.[classMember] === 'fapi') {
    return false;
  }
  const isUnbound = client?.clientAuthMethod === 'none' && !token.isSenderConstrained();
  return isUnbound || token.ttlPercentagePassed() >= duePercentage;
}
