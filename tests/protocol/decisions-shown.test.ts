// What a person sees of their decisions: only what changed when asked again, and what they decided, refusals too, on their own page.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { allow, refuse, signIn } from '../support/person-journey.ts';
import type { Traveller } from '../support/person-journey.ts';
import { readLog } from '../support/read-log.ts';
import { askSilently, createEnrolled, createRequest, goThrough, openAccountPage, visit } from '../support/visits.ts';
import { createWorld } from '../support/world.ts';
import type { World } from '../support/world.ts';

const clean = (text: string): string => text.replace(/[\u2066-\u2069]/g, '');

describe('the decisions of a person', () => {
  let world: World;

  beforeAll(async () => {
    world = await createWorld();
  });

  afterAll(async () => {
    await world.close();
  });

  const readAccount = async (traveller: Traveller): Promise<string> => {
    await openAccountPage(traveller);
    await readLog(world);
    return clean((await traveller.agent.get(`${world.issuer}/account?lang=en`)).body);
  };

  it('lead straight on to the service, and wait on the own page with their receipt', async () => {
    const traveller = await createEnrolled(world);
    const { answer } = await visit(traveller, 'permit');
    expect(answer.has('code')).toBe(true);
    const [, notice = ''] = (await readAccount(traveller)).split('class="notice"');
    expect(notice).toContain('You gave consent to the service Work permits');
    expect(notice).toMatch(/href="\/account\/receipts\/[\w-]+\.json" data-action="receipt"/);
  });

  it('are listed when they were refusals, with state and receipt', async () => {
    const traveller = await createEnrolled(world);
    const page = await signIn(traveller, await traveller.agent.get(createRequest(world.issuer, 'permit').url));
    const refused = await refuse(traveller, page);
    expect(new URL(refused.url).searchParams.get('error')).toBe('access_denied');
    const account = await readAccount(traveller);
    const [before = '', service = ''] = account.split('data-service="mol-work-permit"');
    expect(before).toContain('You refused the request of the service Work permits');
    expect(service).toMatch(/<span class="state ">[\s\S]*?refused<\/span>/);
    expect(service).toContain('data-action="receipt"');
    expect(service).not.toContain('data-action="withdraw"');
  });

  it('are asked again with what changed, and nothing else in full', async () => {
    const traveller = await createEnrolled(world);
    await visit(traveller, 'permit');
    const registered = await world.storage.agencies.findService('mol-work-permit');
    const [purpose] = registered?.purposes.filter(({ isDefault }) => isDefault) ?? [];
    if (purpose === undefined) {
      throw new Error('the sample purpose is missing');
    }
    const why = { ar: 'لإصدار التصريح.', en: 'To issue the permit.' };
    const attributes = [...purpose.attributes, { name: 'gender', necessity: 'required' as const, why }];
    const changed = { ...purpose, version: purpose.version + 1, retention: 'P9Y', attributes };
    const nothing = { agencies: [], services: [], endedPurposes: [], defaultPurposes: [], events: [] };
    await world.storage.agencies.saveChanges({ ...nothing, purposes: [changed] });
    await openAccountPage(traveller);
    const service = await traveller.agent.get(`${world.issuer}/account/services/mol-work-permit?lang=en`);
    expect(clean(service.body)).toContain('2 years at most');
    expect(clean(service.body)).not.toContain('9 years');
    const page = await traveller.agent.get(`${createRequest(world.issuer, 'permit', { ui_locales: 'en' }).url}`);
    const body = clean(page.body);
    expect(body).toContain('What changed');
    expect([...body.matchAll(/<li class="change">/g)]).toHaveLength(2);
    expect(body).toContain('<ins>9 years</ins>');
    expect(body).not.toContain('id="needed"');
    const arrived = await allow(traveller, page);
    expect(new URL((await goThrough(traveller, arrived)).url).searchParams.has('code')).toBe(true);
    expect((await askSilently(traveller, 'permit')).has('code')).toBe(true);
  });
});
