// Once for each server and kind of client, before anything is measured: the ID token is signed, is for this service, and names the person that UserInfo names.

import { createRemoteJWKSet, jwtVerify } from 'jose';
import type { Side } from './measure.ts';
import type { Authentication } from './registry.ts';
import { createCaller } from './requests.ts';
import { fetchAttributes, signIn } from './units.ts';
import type { Load } from './units.ts';

export async function checkAnswers(side: Side, kinds: readonly Authentication[] = ['secret', 'key']): Promise<void> {
  const { issuer, paths, visits } = side.target;
  const keys = createRemoteJWKSet(new URL(paths.keys, issuer));
  for (const authentication of kinds) {
    const [visit] = visits.filter(({ service }) => service.authentication === authentication);
    if (visit === undefined) {
      throw new Error(`no service with a ${authentication}`);
    }
    const caller = createCaller(issuer, 1);
    const load: Load = { ...side, caller, visits: [visit], assertions: [], tokens: [], refreshes: [] };
    const tokens = await signIn(load, 0);
    const { payload } = await jwtVerify(tokens.idToken, keys, { issuer, audience: visit.service.clientId, algorithms: ['ES256'] });
    const attributes = await fetchAttributes(load, tokens.accessToken);
    caller.close();
    if (payload.sub === undefined || payload.sub !== attributes.get('sub') || payload['nonce'] !== 'nonce-0') {
      throw new Error('the ID token does not belong to this request');
    }
  }
}
