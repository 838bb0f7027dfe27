// Pages that post themselves: a browser sends a form only where the page's own policy lets it go, along the whole chain of redirects.

import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { createTraveller, signIn } from '../support/person-journey.ts';
import { readAttribute, readHidden, createUserAgent } from '../support/user-agent.ts';
import type { Answered } from '../support/user-agent.ts';
import { createEnrolled, createRequest, findStep, getForm, goThrough, openAccountPage, visit } from '../support/visits.ts';
import { createWorld } from '../support/world.ts';
import type { World } from '../support/world.ts';

const formAction = (page: Answered): string | undefined =>
  /form-action ([^;]*)/.exec(page.headers.get('content-security-policy') ?? '')?.[1];

describe('a page that posts itself', () => {
  let world: World;

  beforeAll(async () => {
    world = await createWorld();
  });

  afterAll(async () => {
    await world.close();
  });

  it('may carry an answer by form to the service, and an error too', async () => {
    const traveller = await createEnrolled(world);
    await visit(traveller, 'clinic');
    const page = await traveller.agent.get(createRequest(world.issuer, 'clinic', { response_mode: 'form_post' }).url);
    expect(page.body).toContain('name="code"');
    expect(formAction(page)).toBe("'self' http://localhost:3002");
    expect(page.headers.get('content-security-policy')).toMatch(/script-src 'self';/);
    const stranger = createUserAgent(world.issuer);
    const refused = await stranger.get(createRequest(world.issuer, 'clinic', { response_mode: 'form_post', prompt: 'none' }).url);
    expect(refused.body).toContain('value="login_required"');
    expect(formAction(refused)).toBe("'self' http://localhost:3002");
  });

  it('is ours: in the language of the request, with the name of the service, a button, and every field as it came', async () => {
    const state = `a"b'c<d>&amp;e&#39;f="g" ع \u{1f600}</form><script>`;
    const traveller = await createEnrolled(world);
    await visit(traveller, 'clinic');
    const ask = async (languages: string): Promise<Answered> =>
      traveller.agent.get(createRequest(world.issuer, 'clinic', { response_mode: 'form_post', state, ui_locales: languages }).url);
    for (const [language, title] of [
      ['en', 'Back to'],
      ['ar', 'العودة إلى'],
    ] as const) {
      const page = await ask(language);
      expect([page.status, /<html lang="(\w\w)"/.exec(page.body)?.[1], page.body.includes(`<h1>${title} `)]).toEqual([200, language, true]);
      expect(page.body).toMatch(/<script src="\/assets\/go-on\.[0-9a-f]+\.js" defer>/);
      expect(page.body).toContain('data-action="go-on"');
      const form = getForm(page, /^http:\/\/localhost:3002\/callback$/);
      expect(Object.keys(form.fields).toSorted()).toEqual(['code', 'iss', 'state']);
      expect([form.fields['state'], form.fields['iss']]).toEqual([state, world.issuer]);
    }
    const switched = await traveller.agent.get(`${(await ask('en')).url}&lang=ar`);
    expect([switched.body.includes('lang="ar"'), switched.body.includes('name="code"')]).toEqual([true, true]);
  });

  it('offers no other language where its address would not answer again', async () => {
    const traveller = await createEnrolled(world);
    const asked = await traveller.agent.get(createRequest(world.issuer, 'clinic', { response_mode: 'form_post' }).url);
    const answered = await goThrough(traveller, asked);
    expect([answered.url.includes('/auth/'), answered.body.includes('data-go-on="answer"')]).toEqual([true, true]);
    expect(answered.body).not.toContain('hreflang');
  });

  it('never leads to an address that the service did not register', async () => {
    const page = await createUserAgent(world.issuer).get(
      createRequest(world.issuer, 'clinic', { response_mode: 'form_post', redirect_uri: 'http://elsewhere.example/' }).url,
    );
    expect([page.status, formAction(page)]).toEqual([400, "'self'"]);
  });

  it('lets another person who takes over reach the service', async () => {
    const [first, second] = [await createEnrolled(world), await createEnrolled(world)];
    await visit(second, 'clinic');
    await openAccountPage(first);
    const asked = await first.agent.get(createRequest(world.issuer, 'clinic').url);
    const action = new URL(readAttribute(asked.body, 'action'), asked.url).href;
    const switched = await first.agent.post(action, { ...readHidden(asked.body), switch: 'yes' });
    const shared = { ...createTraveller(world.issuer, second.authenticator), agent: first.agent };
    const leaving = await signIn(shared, switched);
    expect(formAction(leaving)).toBe("'self' http://localhost:3002");
    expect(leaving.body).toContain('data-go-on="another-person"');
    const form = getForm(leaving, /\/session\/end\/confirm$/);
    expect((await first.agent.post(form.action, form.fields)).url).toContain('http://localhost:3002/callback?code=');
  });

  it('lets a sign-out that finds nobody signed in go back to the service', async () => {
    const url = new URL('/session/end', world.issuer);
    url.searchParams.set('client_id', 'mol-work-permit');
    url.searchParams.set('post_logout_redirect_uri', 'http://localhost:3001/');
    const page = await createUserAgent(world.issuer).get(url.href);
    expect(formAction(page)).toBe("'self' http://localhost:3001");
    expect(page.body).toContain('data-go-on="no-session"');
    const form = getForm(page, /\/session\/end\/confirm$/);
    expect([Object.keys(form.fields).toSorted(), page.body.includes('تصاريح العمل')]).toEqual([['logout', 'xsrf'], true]);
  });
});

describe('the page of passkeys', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  it('asks for a new ceremony when the last one is older than five minutes, and opens after it', async () => {
    const world = await createWorld();
    const traveller = await createEnrolled(world);
    await openAccountPage(traveller);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 6 * 60_000 });
    const asked = await traveller.agent.get(`${world.issuer}/account/passkeys`);
    expect(findStep(asked)).toBe('sign-in');
    const opened = await signIn(traveller, asked);
    expect([opened.status, new URL(opened.url).pathname]).toEqual([200, '/account/passkeys']);
    expect(opened.body).toContain('data-action="create-passkey"');
    vi.useRealTimers();
    await world.close();
  });
});
