// Whoever asks every public form about everybody learns of nobody: the answer is the same to the letter, and so is the work behind it (security contract 2.6 and 2.7).

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systemRandom } from '../../src/domain/kernel/ids.ts';
import { toShownCode } from '../../src/domain/kernel/one-time-code.ts';
import type { StoredPerson } from '../../src/domain/people/person.ts';
import { makeFreezeCode } from '../../src/domain/protection/make-freeze-code.ts';
import { watchWorld } from '../support/case-world.ts';
import type { Watch } from '../support/case-world.ts';
import { setPersonStatus } from '../support/change-standing.ts';
import { startCountedNode } from '../support/counted-work.ts';
import type { CountedNode } from '../support/counted-work.ts';
import { mailEnv } from '../support/mailbox.ts';
import { beginCeremony, createTraveller, enrol } from '../support/person-journey.ts';
import type { Traveller } from '../support/person-journey.ts';
import { createProvider, trustProvider } from '../support/proofing-issuer.ts';
import { createOfficer } from '../support/staff-journey.ts';
import { createUserAgent } from '../support/user-agent.ts';
import type { Answered, UserAgent } from '../support/user-agent.ts';
import { createRequest, getForm } from '../support/visits.ts';
import { createWorld, sampleData } from '../support/world.ts';
import type { World } from '../support/world.ts';

const statuses = ['active', 'frozen', 'suspended', 'deceased', 'emigrated'] as const;

type Known = { readonly name: string; readonly number: string; readonly traveller: Traveller; readonly person: StoredPerson };

/** What differs from one request to the next whoever is asked about: random names, times and numbers of requests. */
function toLetter(text: string): string {
  return text
    .replaceAll(/[2-9A-Z]{4}-[2-9A-Z]{4}\b/g, 'REFERENCE')
    .replaceAll(/[\w-]{20,}/g, 'RANDOM')
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z?/g, 'TIME');
}

const passing: ReadonlySet<string> = new Set(['date', 'x-request-id', 'keep-alive', 'connection']);

function toHeaders(headers: Headers): string {
  const kept = [...headers].filter(([name]) => !passing.has(name) && name !== 'set-cookie').map(([name, value]) => `${name}: ${value}`);
  return toLetter([...kept, ...headers.getSetCookie().map((line) => line.replace(/=[^;]*/, '='))].join('\n'));
}

const toAnswer = ({ status, url, body, headers }: Answered): string =>
  toLetter(`${status} ${new URL(url).pathname}\n${toHeaders(headers)}\n\n${body}`);

describe('EN-06 WA-26 nobody learns who has an account', () => {
  let world: World;
  let watch: Watch;
  let node: CountedNode;
  const known: Known[] = [];
  /** Each with a passkey of this site, and each as a stranger imitates them. */
  let asked: readonly Known[] = [];
  let provider: Awaited<ReturnType<typeof createProvider>>;

  beforeAll(async () => {
    world = await createWorld({ env: mailEnv });
    watch = watchWorld(world);
    node = await startCountedNode(world);
    provider = await createProvider(world);
    await trustProvider(world, provider);
    for (const name of [...statuses, 'removed', 'nobody']) {
      const person = await world.addPerson('citizen', { ...sampleData, email: `${name}@example.test` });
      const traveller = createTraveller(world.issuer);
      await enrol(traveller, await world.invite(person));
      known.push({ name, number: known.length === 0 ? '1000000008' : `test-${known.length + 1}`, traveller, person });
    }
    for (const { name, person } of known) {
      const status = statuses.find((one) => one === name) ?? 'active';
      if (status !== 'active') {
        await setPersonStatus(world, person, status);
      }
    }
    const idOf = (name: string): string => known.find((one) => one.name === name)?.person.id ?? '';
    watch.database.run(`UPDATE passkeys SET ended_at = 1, end_reason = 'removed' WHERE person_id = '${idOf('removed')}'`);
    watch.database.run(`UPDATE passkeys SET id = 'gone' WHERE person_id = '${idOf('nobody')}'`);
    asked = known.map((one) => (one.name === 'nobody' ? { ...one, number: 'test-4711' } : one));
  });

  afterAll(async () => {
    await node.close();
    watch.close();
    await world.close();
  });

  type Ask = (one: Known, agent: UserAgent) => Promise<() => Promise<Answered>>;

  /** Answer and work, by whom it was about. What is cached was cached before. */
  const askAll = async (about: readonly Known[], ask: Ask): Promise<readonly (readonly [string, string, string])[]> => {
    const seen: (readonly [string, string, string])[] = [];
    const [first] = about;
    for (const one of first === undefined ? [] : [first, ...about]) {
      const send = await ask(one, createUserAgent(world.issuer, node.fetcher));
      let answered = '';
      const work = await node.count(async () => {
        answered = toAnswer(await send());
      });
      // A passkey that ended is looked for in place of the person: one row by its key, as well.
      const rows = work.replace(/(?:people\.findPerson|passkeys\.findEndedPasskey) ×/, 'one row by its key ×');
      seen.push([one.name, answered, rows.split(', ').toSorted().join(', ')]);
    }
    return seen.slice(1);
  };

  const expectOne = async (about: readonly Known[], ask: Ask): Promise<string> => {
    const seen = await askAll(about, ask);
    const [, answer = '', work = ''] = seen[0] ?? [];
    expect(seen).toEqual(seen.map(([name]) => [name, answer, work]));
    expect(work).not.toBe('');
    return `${answer}\n${work}`;
  };

  /** As whoever has the id of a passkey and the handle of its person, and not the key. */
  const forge =
    (path: string): Ask =>
    async ({ traveller }, agent) => {
      const url = path === 'request' ? createRequest(world.issuer, 'permit').url : `${world.issuer}${path}`;
      const begun = await beginCeremony({ ...traveller, agent }, await agent.get(url), 'authenticate');
      const bend = (_whole: string, before: string, letter: string): string => `${before}${letter === '_' ? '-' : '_'}`;
      const forged: unknown = JSON.parse(JSON.stringify(begun.answer).replace(/("signature":"[^"]{20})(.)/, bend));
      return () => agent.postJson(begun.verifyUrl, begun.token, forged);
    };

  test('by a passkey at the sign-in: known, frozen, suspended, deceased, gone, removed or never here', async () => {
    expect(await expectOne(asked, forge('request'))).toMatch(/^400 [\s\S]*passkey\/refused[\s\S]*verify × 1/);
  });

  test('by a passkey at the lifting of a freeze', async () => {
    expect(await expectOne(asked, forge('/unfreeze'))).toMatch(/^400 [\s\S]*passkey\/refused[\s\S]*verify × 1/);
  });

  test('by a passkey at the door of staff, of officers and of people', async () => {
    const [one] = asked;
    const { traveller } = await createOfficer(world, 'auditor', 'Hind');
    const suspended = await createOfficer(world, 'auditor', 'Badr');
    watch.database.run(`UPDATE officers SET status = 'suspended' WHERE id = '${suspended.id}'`);
    const officers = [{ traveller }, suspended].map((officer, index) => ({ name: `officer ${index}`, traveller: officer.traveller }));
    const about = one === undefined ? [] : [...officers.map((officer) => ({ ...one, ...officer })), ...asked];
    expect(await expectOne(about, forge('/audit'))).toMatch(/^400 [\s\S]*officer\/refused[\s\S]*verify × 1/);
  });

  test('by a number at the recovery', async () => {
    const answered = await expectOne(asked, async ({ number }, agent) => {
      const form = getForm(await agent.get(`${world.issuer}/recover/number`), /\/recover\/number$/);
      return () => agent.post(form.action, { ...form.fields, number });
    });
    expect(answered).toMatch(/^200 \/recover\/code/);
  });

  test('by a hint in a request of a service', async () => {
    for (const hint of ['login_hint', 'sub']) {
      const answered = await expectOne(asked, async ({ number }, agent) => {
        const { url } = createRequest(world.issuer, 'permit', { [hint]: number });
        return () => agent.get(url);
      });
      expect(answered).toMatch(/^200 \/interaction\//);
    }
  });

  test('by a link of an enrolment: of somebody not active, or of nobody', async () => {
    const links = new Map<string, string>();
    for (const one of asked.filter(({ name }) => name === 'frozen' || name === 'suspended' || name === 'deceased')) {
      watch.database.run(`UPDATE people SET status = 'active' WHERE id = '${one.person.id}'`);
      links.set(one.name, await world.invite(one.person));
      watch.database.run(`UPDATE people SET status = '${one.name}' WHERE id = '${one.person.id}'`);
    }
    const about = asked.filter(({ name }) => links.has(name) || name === 'nobody');
    const answered = await expectOne(about, async ({ name }, agent) => {
      const url = links.get(name) ?? `${world.issuer}/enrol/${'A'.repeat(43)}`;
      return () => agent.get(url);
    });
    expect(answered).toMatch(/^410 [\s\S]*enrolment\/invalid-link/);
  });

  test('by a freeze code: the sheet of somebody does not say which status lies above, and one that was replaced is as good as none', async () => {
    const { clock, keys, storage } = world;
    const needs = { protection: storage.protection, clock, random: systemRandom, issuer: world.issuer, lookupKey: keys.data.lookup };
    const codes = new Map<string, string>();
    for (const { name, person } of asked.filter((one) => one.name !== 'nobody')) {
      codes.set(name, toShownCode(await makeFreezeCode(needs, person.id)));
    }
    await makeFreezeCode(needs, asked.find(({ name }) => name === 'active')?.person.id ?? '');
    const give: Ask = async ({ name }, agent) => {
      const form = getForm(await agent.get(`${world.issuer}/freeze`), /\/freeze$/);
      return () => agent.post(form.action, { ...form.fields, code: codes.get(name) ?? '2345-6789-ABCD-EFGH' });
    };
    const toOne = async (names: readonly string[]): Promise<readonly string[]> => {
      // Whoever is asked first is asked twice, and a sheet serves once: the one that was replaced goes first.
      const about = ['active', ...names].flatMap((wanted) => asked.filter(({ name }) => name === wanted));
      const seen = (await askAll(about, give)).filter(([name]) => names.includes(name));
      return [...new Set(seen.map(([, answer]) => answer))];
    };
    expect(await toOne(['active', 'nobody'])).toEqual([expect.stringMatching(/^4\d\d \/freeze/)]);
    expect(await toOne(['suspended', 'deceased', 'emigrated'])).toEqual([expect.stringMatching(/^200 \/frozen/)]);
  });

  test('by the statement of a provider', async () => {
    const answered = await expectOne(
      asked.filter(({ name }) => name !== 'removed'),
      async ({ number }, agent) => {
        const jwt = await provider.state(number);
        return async () => {
          const answer = await agent.send(`${world.issuer}/proofing/statements`, {
            method: 'POST',
            body: jwt,
            headers: { 'content-type': 'application/jwt' },
          });
          return {
            url: answer.url === '' ? world.issuer : answer.url,
            status: answer.status,
            body: await answer.text(),
            headers: answer.headers,
          };
        };
      },
    );
    expect(answered).toMatch(/^400 [\s\S]*proofing\/statement-refused/);
  });
});
