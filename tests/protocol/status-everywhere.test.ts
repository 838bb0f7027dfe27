// What the registry says of somebody counts at the next request also where no page of theirs is: at introspection, at a step up that is under way, at the interface for
// agencies, and for whatever stands open on the own page.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { runPeopleImport } from '../../src/cli/people-import.ts';
import { getPersonalData } from '../../src/domain/people/get-personal-data.ts';
import { registryStatuses } from '../../src/domain/people/person.ts';
import type { RegistryStatus, StoredPerson } from '../../src/domain/people/person.ts';
import { createCapturedContext } from '../support/captured-context.ts';
import { toObject } from '../support/raw-request.ts';
import { registerMetadata } from '../support/receiver.ts';
import { createAssertion, fetchUserInfo, requestTokens } from '../support/service.ts';
import { createBothKinds } from '../support/strong-passkey.ts';
import { createRequest, findForms, goThrough, obtainTokens, openAccountPage } from '../support/visits.ts';
import { createWorld } from '../support/world.ts';
import type { World } from '../support/world.ts';

const high = 'urn:huwiya:loa:high';
const endings = registryStatuses.filter((status) => status !== 'active');
const offline = { scope: 'openid offline_access', prompt: 'consent' };

describe('a status by the registry feed', () => {
  let world: World;

  beforeEach(async () => {
    world = await createWorld();
    await registerMetadata(world, 'mol-work-permit', { grant_types: ['authorization_code', 'refresh_token', 'client_credentials'] });
  });
  afterEach(async () => {
    await world.close();
  });

  const feed = async (person: StoredPerson, status: RegistryStatus): Promise<unknown> => {
    const { context, takeErr, takeOut } = createCapturedContext(world.storage);
    const { id, ...data } = getPersonalData({ dataKey: world.keys.data.encryption }, person);
    const file = join(world.folder, 'feed.jsonl');
    writeFileSync(file, `${JSON.stringify({ id, kind: person.kind, ...data, status })}\n`);
    const code = await runPeopleImport({ ...context, issuer: world.issuer, keys: world.keys }, { file, json: true });
    expect([code, takeErr()]).toEqual([0, '']);
    return JSON.parse(takeOut());
  };

  const introspect = async (token: unknown): Promise<Readonly<Record<string, unknown>>> => {
    const form = new URLSearchParams({
      token: String(token),
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: createAssertion(world.issuer),
    });
    return toObject(await (await fetch(`${world.issuer}/token/introspection`, { method: 'POST', body: form })).text());
  };

  const statusesSchema = z.object({ items: z.array(z.object({ valid: z.boolean(), state: z.string(), attributes: z.array(z.string()) })) });

  /** What the service hears of its own record, with a token of its own. */
  const askAgencyApi = async (person: StoredPerson): Promise<unknown> => {
    const own = await requestTokens(world.issuer, { grant_type: 'client_credentials', scope: 'consents' });
    const sub = await world.storage.people.getSubject(person.registryDigest, 'mol', 'x');
    const answer = await fetch(`${world.issuer}/agency/api/v1/consents/status`, {
      method: 'POST',
      headers: { authorization: `Bearer ${String(own.body['access_token'])}`, 'content-type': 'application/json' },
      body: JSON.stringify({ items: [{ sub, purpose: 'permit-renewal' }] }),
    });
    return statusesSchema.parse(await answer.json()).items[0];
  };

  test.each(endings)('%s ends what no page shows, and what stands open', async (status) => {
    const { weak, strong, person } = await createBothKinds(world);
    const tokens = await obtainTokens(weak, 'permit', { extra: offline });
    const account = await openAccountPage(weak);
    const stepUp = await weak.agent.get(createRequest(world.issuer, 'permit', { acr_values: high }).url);
    expect(stepUp.body).toContain('/step-up/verify');
    expect(await introspect(tokens.body['access_token'])).toMatchObject({ active: true });
    expect(await askAgencyApi(person)).toMatchObject({ valid: true, state: 'given' });

    expect(await feed(person, status)).toMatchObject({ status_changed: 1 });
    expect(await introspect(tokens.body['access_token'])).toEqual({ active: false });
    expect(await introspect(tokens.body['refresh_token'])).toEqual({ active: false });
    expect((await fetchUserInfo(world.issuer, tokens.body['access_token'])).status).toBe(401);
    expect(await askAgencyApi(person)).toEqual({ valid: false, state: 'none', attributes: [] });
    await expect(goThrough(strong, stepUp)).rejects.toThrow(/no ceremony began|passkey\/refused/);
    for (const { action, fields } of findForms(account, /\/account\//)) {
      expect([action, (await weak.agent.post(action, fields)).body.includes('data-person')]).toEqual([action, false]);
    }
    expect((await world.storage.consents.listConsents(person.id)).map(({ state }) => state)).toEqual(['given']);

    expect(await feed(person, status)).toMatchObject({ status_changed: 0, unchanged: 1 });
    expect(await feed(person, 'active')).toMatchObject({ status_changed: 1, unchanged: 1 });
    expect(await introspect(tokens.body['access_token'])).toEqual({ active: false });
    expect(await askAgencyApi(person)).toMatchObject({ valid: true, state: 'given' });
  });
});
