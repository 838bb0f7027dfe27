// The content security policy of every page as it is served, on whole ways of a person and at the doors of staff (security contract 2.11). That Chromium has nothing to
// complain about is watched in each journey; Firefox follows no redirect of a form for `form-action` and so asks for less. Here each policy is read and weighed.

import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createCaseWorld } from '../support/case-world.ts';
import type { CaseWorld } from '../support/case-world.ts';
import { allow, createTraveller, enrol, signIn, submit } from '../support/person-journey.ts';
import type { Traveller } from '../support/person-journey.ts';
import { permitRedirect, clinicRedirect } from '../support/sample-services.ts';
import type { Answered } from '../support/user-agent.ts';
import { createRequest, findStep, getForm, openAccountPage, visit } from '../support/visits.ts';

type Policy = ReadonlyMap<string, readonly string[]>;

function readPolicy({ headers }: Answered): Policy {
  const directives = (headers.get('content-security-policy') ?? '').split(';').map((text) => text.trim().split(/\s+/));
  return new Map(directives.map(([name = '', ...sources]) => [name, sources]));
}

const fixed: Readonly<Record<string, string>> = {
  'default-src': "'none'",
  'base-uri': "'none'",
  'frame-ancestors': "'none'",
  'require-trusted-types-for': "'script'",
  'trusted-types': "'none'",
};

const toDigest = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

const sourcesOf = (policy: Policy, name: string): readonly string[] => policy.get(name) ?? policy.get('default-src') ?? [];

type Inline = { readonly tag: string; readonly attributes: string; readonly text: string };

function isCovered(policy: Policy, { tag, attributes, text }: Inline): boolean {
  const sources = sourcesOf(policy, `${tag}-src`);
  const isFile = /\ssrc="\/assets\//.test(attributes) && text === '';
  const isData = tag === 'script' && /type="application\/json"/.test(attributes);
  return isData || (isFile ? sources.includes("'self'") : sources.includes(toDigest(text)));
}

function findPolicyFaults(policy: Policy): readonly string[] {
  const loose = [...policy].flatMap(([name, sources]) =>
    sources.filter((source) => /unsafe|\*|^https?:$|^(?:blob|filesystem):$/.test(source)).map((source) => `${name} ${source}`),
  );
  const missing = Object.entries(fixed).flatMap(([name, value]) =>
    policy.get(name)?.join(' ') === value ? [] : [`${name} is not ${value}`],
  );
  const objects = sourcesOf(policy, 'object-src').join(' ') === "'none'" ? [] : ['objects may run'];
  return [...loose, ...missing, ...objects];
}

/** What a browser would refuse of this page, or let through and should not. */
function findFaults(page: Answered, issuer: string): readonly string[] {
  const policy = readPolicy(page);
  const inline = [...page.body.matchAll(/<(script|style)\b([^>]*)>([\s\S]*?)<\/\1>/g)]
    .filter(([, tag = '', attributes = '', text = '']) => !isCovered(policy, { tag, attributes, text }))
    .map(([, tag = '']) => `inline ${tag}`);
  const attributes = [...page.body.matchAll(/<[a-z][^>]*\s(on[a-z]+|style)=/g)].map(([, name = '']) => `attribute ${name}`);
  const addresses = [...page.body.matchAll(/(?:href|src|action)="\s*(javascript|data|vbscript):/g)].map(
    ([, scheme = '']) => `address ${scheme}`,
  );
  const forms = [...page.body.matchAll(/<form\b[^>]*action="([^"]*)"/g)]
    .map(([, action = '']) => new URL(action, page.url).origin)
    .filter((origin) => !sourcesOf(policy, 'form-action').includes(origin === issuer ? "'self'" : origin))
    .map((origin) => `form to ${origin}`);
  return [...findPolicyFaults(policy), ...inline, ...attributes, ...addresses, ...forms];
}

const formTargets = (page: Answered): string => (readPolicy(page).get('form-action') ?? []).join(' ');

describe('the policy of every page', () => {
  let at: CaseWorld;

  beforeAll(async () => {
    at = await createCaseWorld();
  });

  afterAll(async () => {
    await at.close();
  });

  const expectSound = (page: Answered, target = ''): void => {
    const { pathname } = new URL(page.url);
    expect([pathname, findFaults(page, at.issuer), formTargets(page)]).toEqual([pathname, [], `'self'${target}`]);
  };

  test('SE-11 pages on the way to a service let a form go to that service and nowhere else, and the answer of the decision goes just there', async () => {
    const traveller = createTraveller(at.issuer);
    const enrolling = await traveller.agent.get(await at.world.invite(await at.world.addPerson()));
    expectSound(enrolling);
    expectSound(await enrol(traveller, enrolling.url));
    for (const [place, redirect] of [
      ['permit', permitRedirect],
      ['clinic', clinicRedirect],
    ] as const) {
      const target = ` ${new URL(redirect).origin}`;
      const ask = async (extra = {}): Promise<Answered> => traveller.agent.get(createRequest(at.issuer, place, extra).url);
      const asked = await ask({ prompt: 'login' });
      expect(findStep(asked)).toBe('sign-in');
      expectSound(asked, target);
      const decision = await signIn(traveller, asked);
      expect(findStep(decision)).toBe('decide');
      expectSound(decision, target);
      // The service that did not ask is no target.
      expect(formTargets(decision)).not.toContain(new URL(place === 'permit' ? clinicRedirect : permitRedirect).origin);
      expect(new URL((await allow(traveller, decision)).url).origin).toBe(new URL(redirect).origin);
      expectSound(await ask({ response_mode: 'form_post' }), target);
    }
    const other = createTraveller(at.issuer, traveller.authenticator);
    await openAccountPage(other);
    const going = await other.agent.get(createRequest(at.issuer, 'permit').url);
    expect(findStep(going)).toBe('continue');
    expectSound(going, ` ${new URL(permitRedirect).origin}`);
    const left = getForm(going, /\/decision$/);
    expect(new URL((await other.agent.post(left.action, { ...left.fields, decision: 'leave' })).url).origin).toBe(
      new URL(permitRedirect).origin,
    );
  });

  test('SE-11 pages of our own let no form leave, whoever they are for and whatever went wrong', async () => {
    const traveller: Traveller = createTraveller(at.issuer);
    await enrol(traveller, await at.world.invite(await at.world.addPerson()));
    await visit(traveller, 'permit');
    await openAccountPage(traveller);
    const own = [
      '',
      '/activity',
      '/receipts',
      '/details',
      '/security',
      '/notices',
      '/freeze',
      '/freeze/code',
      '/attributes',
      '/sign-ins',
      '/passkeys',
    ];
    const more = ['/reports', '/report', '/take', '/close', '/services/mol-work-permit', '/services/unknown'];
    const open = [
      '/',
      '/services',
      '/services/mol-work-permit',
      '/verify',
      '/enrol',
      '/enrol/unknown',
      '/recover',
      '/recover/ways',
      '/recover/number',
    ];
    const doors = [
      '/freeze',
      '/unfreeze',
      '/not-me/x',
      '/signed-out',
      '/nowhere',
      '/interaction/unknown',
      '/office',
      '/audit',
      '/session/end',
    ];
    const paths = [...open, ...doors, ...[...own, ...more].map((path) => `/account${path}`)];
    const pages: Answered[] = [];
    for (const path of paths) {
      pages.push(await traveller.agent.get(`${at.issuer}${path}`));
    }
    for (const page of pages) {
      expect([page.url, page.headers.get('content-type')]).toEqual([page.url, 'text/html; charset=utf-8']);
      expectSound(page);
    }
    const form = getForm(await openAccountPage(traveller), /\/sign-out$/);
    expectSound(await traveller.agent.post(form.action, { token: 'x' }));
    expectSound(await submit(traveller, await traveller.agent.get(`${at.issuer}/session/end?client_id=mol-work-permit`), {}));
  });

  test('SE-11 the reader of policies sees each fault', async () => {
    const page = await createTraveller(at.issuer).agent.get(`${at.issuer}/`);
    const policy = page.headers.get('content-security-policy') ?? '';
    const withPolicy = (text: string): Answered => ({ ...page, headers: new Headers({ 'content-security-policy': text }) });
    const withBody = (text: string): Answered => ({ ...page, body: `${page.body}${text}` });
    const faulty = [
      withPolicy(policy.replace("script-src 'self'", "script-src 'self' 'unsafe-inline'")),
      withPolicy(policy.replace("base-uri 'none'", "base-uri 'self'")),
      withPolicy(policy.replace(/; trusted-types[^;]*/, '')),
      withPolicy(''),
      withBody('<script>run()</script>'),
      withBody('<p onclick="run()">'),
      withBody('<p style="color: red">'),
      withBody('<a href="javascript:run()">'),
      withBody('<form method="post" action="https://elsewhere.example/">'),
    ];
    expect(findFaults(page, at.issuer)).toEqual([]);
    expect(faulty.map((one) => findFaults(one, at.issuer).length > 0)).toEqual(faulty.map(() => true));
  });
});
