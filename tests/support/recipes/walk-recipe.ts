// One person's way through a service: nobody is signed in, sign-in, an answer that was not asked for, new tokens, sign-out.

import { request as send } from 'node:http';
import { createUserAgent } from '../user-agent.ts';
import type { Answered, UserAgent } from '../user-agent.ts';
import { createEnrolled, getForm, goThrough } from '../visits.ts';
import type { Traveller } from '../person-journey.ts';
import type { World } from '../world.ts';

const name = 'سارة';

type Way = { readonly traveller: Traveller; readonly browser: UserAgent; readonly origin: string };

/** What came true, in the order of the way. */
export type Steps = string[];

function check(steps: Steps, { what, page, isAsExpected }: { what: string; page: Answered; isAsExpected: boolean }): void {
  if (!isAsExpected) {
    throw new Error(`${what}: ${page.url} answered ${page.status} ${page.body.slice(0, 2000)}`);
  }
  steps.push(what);
}

/** As a browser asks for a page. `fetch` cannot say that it navigates, and some services send nobody away who does not. */
async function navigate(url: string, { headers }: RequestInit): Promise<Response> {
  return new Promise((resolve, reject) => {
    const page = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' };
    const sent = { ...Object.fromEntries(new Headers(headers)), ...page };
    const request = send(url, { headers: sent }, (answer) => {
      const parts: Buffer[] = [];
      const pairs = Object.entries(answer.headersDistinct).flatMap(([name, values = []]) =>
        values.map((value): [string, string] => [name, value]),
      );
      answer.on('data', (part: Buffer) => parts.push(part));
      answer.once('close', () => resolve(new Response(Buffer.concat(parts), { status: answer.statusCode ?? 500, headers: pairs })));
    });
    request.once('error', reject);
    request.end();
  });
}

async function goToProvider({ browser, traveller, origin }: Way, path: string): Promise<Answered> {
  const sent = await browser.get(`${origin}${path}`);
  if (!sent.url.startsWith(`${traveller.issuer}/`)) {
    throw new Error(`${path} does not lead to the provider: ${sent.url} answered ${sent.status} ${sent.body.slice(0, 2000)}`);
  }
  return traveller.agent.get(sent.url);
}

async function signIn(way: Way): Promise<Answered> {
  const arrived = await goThrough(way.traveller, await goToProvider(way, '/login'), ['age_over_15']);
  return way.browser.get(arrived.url);
}

/** An address that the service links to, where it has no page of its own for it. */
function findRefresh({ origin }: Way, page: Answered): string {
  const link = /href="([^"]*[?&;]refresh=[^"]*)"/.exec(page.body)?.[1]?.replaceAll('&amp;', '&');
  return new URL(link ?? '/refresh', origin).href;
}

async function signOut(way: Way): Promise<Answered> {
  const form = getForm(await goToProvider(way, '/logout'), /session\/end\/confirm$/);
  const left = await way.traveller.agent.post(form.action, form.fields);
  return way.browser.get(left.url);
}

const knows = ({ status, body }: Answered): boolean => status === 200 && body.includes(name);
const knowsNobody = ({ status, body }: Answered): boolean => status === 200 && !body.includes(name);

export async function walkRecipe(world: World, origin: string, showsRefresh = true): Promise<Steps> {
  const steps: Steps = [];
  const way: Way = { traveller: await createEnrolled(world), browser: createUserAgent(origin, navigate), origin };
  const before = await way.browser.get(`${origin}/`);
  check(steps, { what: 'nobody is signed in at first', page: before, isAsExpected: knowsNobody(before) });
  const signedIn = await signIn(way);
  check(steps, { what: 'a person signs in, and what UserInfo gave is shown', page: signedIn, isAsExpected: knows(signedIn) });
  if (showsRefresh) {
    const refreshed = await way.browser.get(findRefresh(way, signedIn));
    check(steps, { what: 'new tokens come, and UserInfo is read again', page: refreshed, isAsExpected: knows(refreshed) });
  }
  const left = await signOut(way);
  check(steps, { what: 'the person signs out at the provider and comes back', page: left, isAsExpected: knowsNobody(left) });
  const arrived = await goThrough(way.traveller, await goToProvider(way, '/login'), ['age_over_15']);
  const refused = await createUserAgent(origin, navigate).get(arrived.url);
  const isRefused = refused.status >= 400 && !refused.body.includes(name);
  check(steps, { what: 'an answer that another browser asked for is not believed', page: refused, isAsExpected: isRefused });
  return steps;
}
