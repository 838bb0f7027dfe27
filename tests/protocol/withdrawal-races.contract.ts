// Withdrawal, pause and narrowing against everything that could still release: seeded interleavings over two processes. What is sent after the acknowledgement is refused;
// what overlaps may succeed only if the log shows it before the withdrawal.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Traveller } from '../support/person-journey.ts';
import { createSeeded, firstSeed, isFull } from '../support/counts.ts';
import { toObject } from '../support/raw-request.ts';
import { startSecondNode } from '../support/second-node.ts';
import type { SecondNode } from '../support/second-node.ts';
import { clinicSecret } from '../support/sample-services.ts';
import { fetchUserInfo, requestTokens } from '../support/service.ts';
import type { Tokens } from '../support/service.ts';
import { asBrowser, createPost, fire, toPorts } from '../support/two-doors.ts';
import type { Shot, Timed } from '../support/two-doors.ts';
import { createEnrolled, exchange, findForms, findWithdrawals, openAccountPage, visit } from '../support/visits.ts';
import type { Form } from '../support/visits.ts';
import type { World } from '../support/world.ts';

const kinds = ['code exchange', 'refresh', 'UserInfo'] as const;
type Kind = (typeof kinds)[number];

/** 200 of each kind in the full run, 20 of each in `npm test`. */
const rounds = isFull ? 200 : 20;
/** Of each pause, and of narrowing: 100 in the full run, 6 in `npm test`. Together 1,000 interleavings. */
const lesserRounds = isFull ? 100 : 6;
const longestDelayMs = 14;
const requestsPerRound = 3;

type End = 'withdraw' | 'pause' | 'narrow';

type Round = {
  readonly kind: Kind;
  readonly seed: number;
  /** The withdrawal, pause or narrowing. */
  readonly withdrawal: Timed;
  readonly answers: readonly Timed[];
  readonly late: Timed;
};

const offline = { scope: 'openid offline_access', prompt: 'consent' };
const basic = { authorization: `Basic ${Buffer.from(`moh-clinic:${clinicSecret}`).toString('base64')}` };

export function describeWithdrawalRaces(name: string, open: () => Promise<World>): void {
  describe(`withdrawal against release on ${name} (seeds ${firstSeed} to ${firstSeed + rounds - 1}, HUWIYA_TEST_SEED moves them)`, () => {
    let world: World;
    let second: SecondNode;
    let traveller: Traveller;

    beforeAll(async () => {
      world = await open();
      second = await startSecondNode(world);
      traveller = await createEnrolled(world);
      await visit(traveller, 'clinic', { attributes: ['gender'] });
    });

    afterAll(async () => {
      await second.stop();
      await world.close();
    });

    const asClinic = (shot: Shot): Shot => ({ ...shot, headers: { ...shot.headers, ...basic } });

    /** Consent anew, and the request that would release something under it. */
    const prepare = async (
      kind: Kind,
      extra: Readonly<Record<string, string>> = {},
    ): Promise<{ readonly shot: Shot; readonly tokens: Tokens | undefined }> => {
      const visited = await visit(traveller, 'clinic', { extra: kind === 'refresh' ? offline : extra, attributes: ['gender'] });
      if (kind === 'code exchange') {
        const fields = {
          grant_type: 'authorization_code',
          code: visited.answer.get('code') ?? '',
          code_verifier: visited.request.verifier,
          redirect_uri: 'http://localhost:3002/callback',
        };
        return { shot: asClinic(createPost(world.issuer, '/token', fields)), tokens: undefined };
      }
      const tokens = await exchange(visited, world.issuer);
      if (kind === 'refresh') {
        const fields = { grant_type: 'refresh_token', refresh_token: String(tokens.body['refresh_token']) };
        return { shot: asClinic(createPost(world.issuer, '/token', fields)), tokens };
      }
      const headers = { host: new URL(world.issuer).host, authorization: `Bearer ${String(tokens.body['access_token'])}` };
      return { shot: { method: 'GET', path: '/me', headers }, tokens };
    };

    /** The form as the page shows it now: it carries the version that it was printed from. */
    const getEnd = async (end: Exclude<End, 'withdraw'>): Promise<Form> => {
      await openAccountPage(traveller);
      const [form] = findForms(await traveller.agent.get(`${world.issuer}/account/services/moh-clinic`), new RegExp(`/${end}$`));
      if (form === undefined) {
        throw new Error(`there is nothing to ${end}`);
      }
      // Narrowing: what is not named stays out.
      return form;
    };

    type Shots = { readonly shot: Shot; readonly press: Shot };

    /** All at once over both processes, and one request more when everything was answered. */
    const race = async ({ shot, press }: Shots, random: () => number): Promise<Pick<Round, 'withdrawal' | 'answers' | 'late'>> => {
      const ports = toPorts(world.issuer, second);
      const pickPort = (): number => ports[Math.floor(random() * ports.length)] ?? 0;
      const [withdrawal, ...answers] = await Promise.all([
        fire(pickPort(), press, random() * longestDelayMs),
        ...Array.from({ length: requestsPerRound }, () => fire(pickPort(), shot, random() * longestDelayMs)),
      ]);
      return { withdrawal, answers, late: await fire(pickPort(), shot) };
    };

    const toPress = (form: Form): Shot => asBrowser(traveller.agent, createPost(world.issuer, new URL(form.action).pathname, form.fields));

    const run = async (kind: Kind, seed: number, getForm: () => Promise<Form>): Promise<Round> => {
      const random = createSeeded(seed * kinds.length + kinds.indexOf(kind));
      const { shot, tokens } = await prepare(kind);
      const raced = await race({ shot, press: toPress(await getForm()) }, random);
      await requireDead([tokens, ...raced.answers.map(({ answer }) => ({ status: answer.status, body: toObject(answer.body) }))]);
      return { kind, seed, ...raced };
    };

    /** Whatever tokens there are after the acknowledgement, from before or from the race itself: they open nothing. */
    const requireDead = async (sets: readonly (Tokens | undefined)[]): Promise<void> => {
      for (const { body } of sets.filter((set) => set !== undefined)) {
        if (body['access_token'] !== undefined) {
          expect((await fetchUserInfo(world.issuer, body['access_token'])).status).toBe(401);
        }
        if (typeof body['refresh_token'] === 'string') {
          const fields = { grant_type: 'refresh_token', refresh_token: body['refresh_token'] };
          expect((await requestTokens(world.issuer, fields, 'clinic')).body['error']).toBe('invalid_grant');
        }
      }
    };

    const runAll = async (kind: Kind): Promise<readonly Round[]> => {
      const done: Round[] = [];
      await visit(traveller, 'clinic');
      const [form] = await findWithdrawals(traveller, 'clinic');
      if (form === undefined) {
        throw new Error('there is nothing to withdraw');
      }
      for (let seed = firstSeed; seed < firstSeed + rounds; seed += 1) {
        done.push(await run(kind, seed, async () => form));
      }
      return done;
    };

    const refusals: Readonly<Record<Kind, number>> = { 'code exchange': 400, refresh: 400, UserInfo: 401 };

    /** What a round must not show, in words with its seed. */
    const findViolations = ({ kind, seed, withdrawal, answers, late }: Round): readonly string[] => {
      const name = `${kind}, seed ${seed}`;
      const after = [...answers.filter(({ sentAt }) => sentAt >= withdrawal.answeredAt), late];
      const released = after.filter(({ answer }) => answer.status !== refusals[kind]);
      const odd = answers.filter(({ answer }) => answer.status !== 200 && answer.status !== refusals[kind]);
      return [
        ...(withdrawal.answer.status === 303 ? [] : [`${name}: the withdrawal was answered ${withdrawal.answer.status}`]),
        ...released.map(({ answer }) => `${name}: sent after the acknowledgement and answered ${answer.status}`),
        ...odd.map(({ answer }) => `${name}: answered ${answer.status}`),
      ];
    };

    const overlaps = ({ withdrawal, answers }: Round): boolean =>
      answers.some(({ sentAt, answeredAt }) => sentAt < withdrawal.answeredAt && answeredAt > withdrawal.sentAt);

    it.each(kinds)('lets no %s through after the acknowledgement', { timeout: 240_000 }, async (kind) => {
      const done = await runAll(kind);
      expect(done.flatMap(findViolations)).toEqual([]);
      expect(done.filter(overlaps).length).toBeGreaterThan(rounds / 2);
      const statuses = new Set(done.flatMap(({ answers }) => answers.map(({ answer }) => answer.status)));
      expect([...statuses].toSorted((a, b) => a - b)).toEqual([200, refusals[kind]]);
    });

    it('shows every release before the withdrawal that ended it, in the order of the log', async () => {
      const types = ['consent.given', 'consent.withdrawn', 'data.released'] as const;
      const read = async () =>
        (await world.storage.ledger.queryEntries({ types, service: 'moh-clinic' }, { order: 'oldest-first', after: null, limit: 10_000 }))
          .entries;
      const countWithdrawn = async (): Promise<number> => (await read()).filter(({ type }) => type === 'consent.withdrawn').length;
      await expect.poll(countWithdrawn, { timeout: 5000 }).toBe(rounds * kinds.length);
      const story = await read();
      const misplaced = story.filter(
        ({ type }, index) =>
          type === 'data.released' && story.slice(0, index).findLast((entry) => entry.type !== 'data.released')?.type !== 'consent.given',
      );
      expect(misplaced.map(({ index }) => index)).toEqual([]);
      expect(story.filter(({ type }) => type === 'data.released').length).toBeGreaterThan(0);
    });

    it.each(kinds)('lets no %s through after a pause was acknowledged', { timeout: 240_000 }, async (kind) => {
      const done: Round[] = [];
      for (let seed = firstSeed; seed < firstSeed + lesserRounds; seed += 1) {
        done.push(await run(kind, seed, async () => getEnd('pause')));
      }
      expect(done.flatMap(findViolations)).toEqual([]);
      expect(done.filter(overlaps).length).toBeGreaterThan(lesserRounds / 2);
    });

    it('lets no detail through after the narrowing that took it out was acknowledged', { timeout: 240_000 }, async () => {
      const leaks: string[] = [];
      for (let seed = firstSeed; seed < firstSeed + lesserRounds; seed += 1) {
        const { shot } = await prepare('UserInfo', { prompt: 'consent' });
        const { withdrawal: narrowing, answers, late } = await race({ shot, press: toPress(await getEnd('narrow')) }, createSeeded(seed));
        expect([seed, narrowing.answer.status, late.answer.status]).toEqual([seed, 303, 200]);
        const after = [...answers.filter(({ sentAt }) => sentAt >= narrowing.answeredAt), late];
        leaks.push(...after.filter(({ answer }) => 'gender' in toObject(answer.body)).map(() => `seed ${seed}: the detail left`));
      }
      expect(leaks).toEqual([]);
    });
  });
}
