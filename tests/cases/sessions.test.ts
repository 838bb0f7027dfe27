// Sessions and cookies under attack (security contract 2.11).

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createCaseWorld } from '../support/case-world.ts';
import type { CaseWorld } from '../support/case-world.ts';
import { setPersonStatus } from '../support/change-standing.ts';
import { createTraveller, enrol } from '../support/person-journey.ts';
import { sendRaw, toPort } from '../support/raw-request.ts';
import { startSecondNode } from '../support/second-node.ts';
import { hours, minutes, shiftTime } from '../support/shift-time.ts';
import { asBrowser } from '../support/two-doors.ts';
import {
  askSilently,
  createEnrolledPerson,
  createOtherBrowser,
  createRequest,
  findStep,
  openAccountPage,
  signOut,
  visit,
} from '../support/visits.ts';
import { createSoftwareAuthenticator } from '../support/software-authenticator.ts';
import { createUserAgent } from '../support/user-agent.ts';
import { createWorld, findFreePort } from '../support/world.ts';

/** A proxy that ends TLS: passes the request on, says that it came by https, and keeps what the answer sets. */
function createProxy(port: number, lines: string[]) {
  return async (url: string, init: RequestInit): Promise<Response> => {
    const { host, pathname, search } = new URL(url);
    const headers = {
      ...Object.fromEntries(new Headers(init.headers)),
      host,
      'x-forwarded-proto': 'https',
      'x-forwarded-for': '192.0.2.1',
    };
    const body = init.body instanceof URLSearchParams || typeof init.body === 'string' ? init.body.toString() : '';
    const type = init.body instanceof URLSearchParams ? { 'content-type': 'application/x-www-form-urlencoded' } : {};
    const answer = await sendRaw({
      port,
      method: init.method ?? 'GET',
      path: `${pathname}${search}`,
      headers: { ...headers, ...type },
      body,
    });
    const answered = new Headers();
    for (const [name, value] of Object.entries(answer.headers)) {
      [value ?? []].flat().forEach((one) => answered.append(name, one));
    }
    lines.push(...(answer.headers['set-cookie'] ?? []));
    return new Response(answer.body, { status: answer.status, headers: answered });
  };
}

describe('sessions', () => {
  let at: CaseWorld;

  beforeAll(async () => {
    at = await createCaseWorld();
  });

  afterAll(async () => {
    await at.close();
  });

  const silent = (): { readonly path: string; readonly headers: Readonly<Record<string, string>> } => {
    const { pathname, search } = new URL(createRequest(at.issuer, 'permit', { prompt: 'none' }).url);
    return { path: `${pathname}${search}`, headers: { host: new URL(at.issuer).host } };
  };

  /** What a request without pages hears under this cookie header. */
  const hear = async (cookie: string): Promise<string> => {
    const shot = silent();
    const answer = await sendRaw({ ...shot, headers: { ...shot.headers, cookie }, port: toPort(at.issuer) });
    const said = new URL(String(answer.headers.location ?? `/?error=status-${answer.status}`), at.issuer).searchParams;
    return said.get('error') ?? 'code';
  };

  test('SE-01 a session cookie planted before the sign-in is dead after it', async () => {
    const owner = await at.newPerson();
    const victim = createOtherBrowser(owner);
    await victim.agent.get(createRequest(at.issuer, 'permit').url);
    const planted = [...victim.agent.cookies.values()].map(({ name, value }) => `${name}=${value}`).join('; ');
    const plantedSession = victim.agent.cookies.get('sid;/')?.value;
    await visit(victim, 'permit');
    expect(victim.agent.cookies.get('sid;/')?.value).not.toBe(plantedSession);
    expect(await hear(planted)).toBe('login_required');
    expect((await askSilently(victim, 'permit')).has('code')).toBe(true);
  });

  test('SE-02 every cookie over https is Secure, HttpOnly, SameSite, signed, without a Domain and with its prefix', async () => {
    const port = await findFreePort();
    const world = await createWorld({
      issuer: 'https://id.example',
      env: { HUWIYA_LISTEN: `127.0.0.1:${port}`, HUWIYA_TRUSTED_HOPS: '1' },
    });
    const lines: string[] = [];
    const agent = createUserAgent(world.issuer, createProxy(port, lines));
    const traveller = { issuer: world.issuer, agent, authenticator: createSoftwareAuthenticator() };
    try {
      await enrol(traveller, await world.invite(await world.addPerson()));
      expect((await visit(traveller, 'permit')).answer.has('code')).toBe(true);
      const page = await agent.get(`${world.issuer}/?lang=en`);
      expect(new URL((await signOut(traveller, 'permit', 'everywhere')).url).pathname).toBe('/session/end/success');
      expect([page.status, page.headers.get('strict-transport-security')?.includes('max-age=')]).toEqual([200, true]);
    } finally {
      await world.close();
    }
    const names = [...new Set(lines.map((line) => line.split('=')[0] ?? ''))];
    const engine = ['__Host-sid', '__Secure-int', '__Secure-res'];
    expect(names).toEqual(expect.arrayContaining([...engine, ...engine.map((name) => `${name}.sig`), '__Host-lang', '__Host-ended']));
    for (const line of lines) {
      const flags = line.toLowerCase().split(/;\s*/);
      // What shows where somebody was, or lets them make a second passkey, is asked for by our own pages only.
      const sameSite = /^__Host-(?:ended|spare)=/.test(line) ? 'samesite=strict' : 'samesite=lax';
      expect([line, ['secure', 'httponly', sameSite].filter((flag) => !flags.includes(flag))]).toEqual([line, []]);
      expect([line, flags.some((flag) => flag.startsWith('domain'))]).toEqual([line, false]);
      expect([line, /^__(?:Host|Secure)-/.test(line), !line.startsWith('__Host-') || flags.includes('path=/')]).toEqual([line, true, true]);
    }
  });

  test('SE-03 a cookie that is bent, cut, foreign, huge, doubled or malformed counts as none, never as a defect', async () => {
    const [traveller, other] = [await at.newPerson(), await at.newPerson()];
    await visit(traveller, 'permit');
    await visit(other, 'permit');
    const sid = traveller.agent.cookies.get('sid;/')?.value ?? '';
    const signature = traveller.agent.cookies.get('sid.sig;/')?.value ?? '';
    const foreignSignature = other.agent.cookies.get('sid.sig;/')?.value ?? '';
    expect(await hear(`sid=${sid}; sid.sig=${signature}`)).toBe('code');
    const bent = [
      `sid=${sid}`,
      `sid=${sid}; sid.sig=`,
      `sid=${sid}; sid.sig=${foreignSignature}`,
      `sid=${sid.slice(0, -1)}; sid.sig=${signature}`,
      `sid=${sid}A; sid.sig=${signature}`,
      `sid=${sid.toLowerCase()}; sid.sig=${signature}`,
      `sid=%ZZ; sid.sig=${signature}`,
      `sid=${'x'.repeat(8000)}; sid.sig=${signature}`,
      `sid=; sid=${sid}; sid.sig=${signature}`,
      'sid; ; =; sid.sig',
      `sid="${sid}; sid.sig=${signature}`,
      `sid=null; sid.sig=${signature}`,
    ];
    for (const cookie of bent) {
      expect([cookie.slice(0, 20), await hear(cookie)]).toEqual([cookie.slice(0, 20), 'login_required']);
    }
    expect(await hear(`sid=${sid}; sid.sig=${signature}`)).toBe('code');
  });

  test('SE-04 a session ends after 30 minutes at rest and 12 hours in use, and a clock that steps back revives none', async () => {
    const time = shiftTime();
    try {
      const resting = await at.newPerson();
      await visit(resting, 'permit');
      time.advance(minutes(30) - 1000);
      expect((await askSilently(resting, 'permit')).has('code')).toBe(true);
      time.advance(minutes(30) + 1000);
      expect((await askSilently(resting, 'permit')).get('error')).toBe('login_required');
      const busy = await at.newPerson();
      await visit(busy, 'permit');
      for (let passed = 0; passed < 23; passed += 1) {
        time.advance(minutes(29));
        expect((await askSilently(busy, 'permit')).has('code')).toBe(true);
      }
      time.advance(hours(12) - 23 * minutes(29) - 1000);
      await askSilently(busy, 'permit');
      time.advance(2000);
      expect((await askSilently(busy, 'permit')).get('error')).toBe('login_required');
      const left = await at.newPerson();
      await visit(left, 'permit');
      await signOut(left, 'permit', 'everywhere');
      time.advance(-minutes(10));
      expect((await askSilently(left, 'permit')).get('error')).toBe('login_required');
    } finally {
      time.restore();
    }
  });

  test('SE-04 shorter times of an operator hold to the second, and longer ones are refused before anything starts', async () => {
    const time = shiftTime();
    const world = await createWorld({ env: { HUWIYA_SESSION_IDLE: '7', HUWIYA_SESSION_HOURS: '1' } });
    try {
      const { traveller: resting } = await createEnrolledPerson(world);
      await visit(resting, 'permit');
      time.advance(minutes(7) - 1000);
      expect((await askSilently(resting, 'permit')).has('code')).toBe(true);
      time.advance(minutes(7) + 1000);
      expect((await askSilently(resting, 'permit')).get('error')).toBe('login_required');
      const { traveller: busy } = await createEnrolledPerson(world);
      await visit(busy, 'permit');
      for (let passed = 0; passed < 9; passed += 1) {
        time.advance(minutes(6));
        expect((await askSilently(busy, 'permit')).has('code')).toBe(true);
      }
      time.advance(minutes(6) - 2000);
      expect((await askSilently(busy, 'permit')).has('code')).toBe(true);
      time.advance(3000);
      expect((await askSilently(busy, 'permit')).get('error')).toBe('login_required');
    } finally {
      await world.close();
      time.restore();
    }
    for (const [name, values] of [
      ['HUWIYA_SESSION_IDLE', ['31', '0', '7.5', '-1']],
      ['HUWIYA_SESSION_HOURS', ['13', '0', '24', '1e1']],
    ] as const) {
      for (const value of values) {
        await expect(createWorld({ env: { [name]: value } }), `${name}=${value}`).rejects.toThrow(name);
      }
    }
  });

  test('SE-06 the session of somebody suspended is dead at the next request of every process', async () => {
    const { traveller, person } = await createEnrolledPerson(at.world);
    await visit(traveller, 'permit');
    const node = await startSecondNode(at.world);
    try {
      const ask = async (): Promise<string | null> => {
        const answer = await sendRaw({ ...asBrowser(traveller.agent, silent()), port: node.port });
        return new URL(String(answer.headers.location), at.issuer).searchParams.get('error');
      };
      expect(await ask()).toBe(null);
      await setPersonStatus(at.world, person, 'suspended');
      expect(await ask()).toBe('login_required');
      expect((await askSilently(traveller, 'permit')).get('error')).toBe('login_required');
      expect(findStep(await traveller.agent.get(`${at.issuer}/account`))).toBe('sign-in');
    } finally {
      await node.stop();
    }
  });

  test('SE-08 two tabs that finish at once both go on, and nobody is signed out', async () => {
    const traveller = await at.newPerson();
    await visit(traveller, 'permit');
    await visit(traveller, 'clinic');
    const [one, two] = [createRequest(at.issuer, 'permit'), createRequest(at.issuer, 'clinic')];
    const shots = [one, two, one, two].map(({ url }) => {
      const { pathname, search } = new URL(url);
      return asBrowser(traveller.agent, { path: `${pathname}${search}`, headers: { host: new URL(at.issuer).host } });
    });
    const answers = await Promise.all(shots.map(async (shot) => sendRaw({ ...shot, port: toPort(at.issuer) })));
    expect(answers.map(({ headers }) => new URL(String(headers.location), at.issuer).searchParams.has('code'))).toEqual([
      true,
      true,
      true,
      true,
    ]);
    expect((await askSilently(traveller, 'permit')).has('code')).toBe(true);
  });

  test('SE-12 no page of a person is kept by a cache or named to another site', async () => {
    const traveller = createTraveller(at.issuer);
    const person = await at.world.addPerson();
    const link = await at.world.invite(person);
    const enrolPage = await traveller.agent.get(link);
    await enrol(traveller, link);
    const signInPage = await traveller.agent.get(createRequest(at.issuer, 'permit').url);
    await visit(traveller, 'permit');
    const pages = [
      enrolPage,
      signInPage,
      await openAccountPage(traveller),
      await traveller.agent.get(`${at.issuer}/account/services/mol-work-permit`),
    ];
    for (const { url, status, headers } of pages) {
      expect([url, status, headers.get('cache-control'), headers.get('referrer-policy')]).toEqual([url, 200, 'no-store', 'no-referrer']);
    }
    await signOut(traveller, 'permit', 'everywhere');
    expect(findStep(await traveller.agent.get(`${at.issuer}/account`))).toBe('sign-in');
  });
});
