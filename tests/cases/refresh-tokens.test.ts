// Refresh tokens that are rotated: each is of use once, and a second use ends everything that came of it (security contract 2.2).

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { toDigest } from '../../src/domain/kernel/ids.ts';
import { createCaseWorld } from '../support/case-world.ts';
import type { CaseWorld } from '../support/case-world.ts';
import { sendRaw, toObject } from '../support/raw-request.ts';
import { clinicSecret } from '../support/sample-services.ts';
import { startSecondNode } from '../support/second-node.ts';
import { fetchUserInfo, requestTokens } from '../support/service.ts';
import type { Tokens } from '../support/service.ts';
import { days, shiftTime } from '../support/shift-time.ts';
import { getWithdrawal, obtainTokens } from '../support/visits.ts';

const offline = { extra: { scope: 'openid offline_access', prompt: 'consent' } };
const basic = { authorization: `Basic ${Buffer.from(`moh-clinic:${clinicSecret}`).toString('base64')}` };

describe('refresh tokens', () => {
  let at: CaseWorld;

  beforeAll(async () => {
    at = await createCaseWorld();
  });

  afterAll(async () => {
    await at.close();
  });

  const toFields = (token: unknown) => ({ grant_type: 'refresh_token', refresh_token: String(token) });
  const refresh = async (token: unknown): Promise<Tokens> => requestTokens(at.issuer, toFields(token), 'clinic');

  test('TK-15 a rotated token used again ends its successor and every token of the family, and no consent', async () => {
    const time = shiftTime();
    try {
      const traveller = await at.newPerson();
      const { body } = await obtainTokens(traveller, 'clinic', offline);
      expect((await refresh(body['refresh_token'])).body['refresh_token']).toBe(body['refresh_token']);
      time.advance(days(64));
      const next = await refresh(body['refresh_token']);
      expect([next.status, next.body['refresh_token'] === body['refresh_token']]).toEqual([200, false]);
      expect((await fetchUserInfo(at.issuer, next.body['access_token'])).status).toBe(200);
      expect((await refresh(body['refresh_token'])).body['error']).toBe('invalid_grant');
      expect((await refresh(next.body['refresh_token'])).body['error']).toBe('invalid_grant');
      expect((await fetchUserInfo(at.issuer, next.body['access_token'])).status).toBe(401);
      expect(await getWithdrawal(traveller, 'clinic')).toBeDefined();
    } finally {
      time.restore();
    }
  });

  test('TK-16 of 64 uses at once at two processes one brings a successor, and none survives the replay', async () => {
    // Most of its life is over, for both processes: the second one knows only the time of the machine.
    const { body } = await obtainTokens(await at.newPerson(), 'clinic', offline);
    const key = toDigest(`RefreshToken:${String(body['refresh_token'])}`);
    at.database.run(
      `UPDATE artefacts SET payload = json_set(payload, '$.iat', json_extract(payload, '$.iat') - 21600000) WHERE key = '${key}'`,
    );
    const countSuccessors = () => at.database.rows("SELECT key FROM artefacts WHERE model = 'RefreshToken'").length;
    const before = countSuccessors();
    const node = await startSecondNode(at.world);
    try {
      const there = async (): Promise<Tokens> => {
        const sent = new URLSearchParams(toFields(body['refresh_token'])).toString();
        const answer = await sendRaw({
          port: node.port,
          method: 'POST',
          path: '/token',
          headers: { ...basic, host: new URL(at.issuer).host, 'content-type': 'application/x-www-form-urlencoded' },
          body: sent,
        });
        return { status: answer.status, body: toObject(answer.body) };
      };
      const answers = await Promise.all(
        Array.from({ length: 64 }, async (_, index) => (index % 2 === 0 ? refresh(body['refresh_token']) : there())),
      );
      const won = answers.filter(({ status }) => status === 200);
      const lost = answers.filter(({ status }) => status !== 200);
      expect([won.length, countSuccessors()]).toEqual([1, before + 1]);
      expect([...new Set(lost.map((each) => each.body['error']))]).toEqual(['invalid_grant']);
      for (const { body: successor } of [...won, { body }]) {
        expect((await refresh(successor['refresh_token'])).body['error']).toBe('invalid_grant');
        expect((await fetchUserInfo(at.issuer, successor['access_token'])).status).toBe(401);
      }
    } finally {
      await node.stop();
    }
  });

  test('UI-07 giving a refresh token back ends its family and not the consent; a stranger ends nothing', async () => {
    const traveller = await at.newPerson();
    const { body } = await obtainTokens(traveller, 'clinic', offline);
    const beside = await obtainTokens(traveller, 'permit', offline);
    const revoke = async (token: unknown): Promise<number> =>
      (
        await fetch(`${at.issuer}/token/revocation`, {
          method: 'POST',
          headers: basic,
          body: new URLSearchParams({ token: String(token) }),
        })
      ).status;
    await at.changesNothing(async () => {
      expect(await revoke(beside.body['refresh_token'])).toBe(200);
      expect(await revoke(beside.body['access_token'])).toBe(200);
      expect(await revoke('unknown')).toBe(200);
    });
    expect((await fetchUserInfo(at.issuer, beside.body['access_token'])).status).toBe(200);
    expect((await refresh(body['refresh_token'])).status).toBe(200);
    expect(await revoke(body['refresh_token'])).toBe(200);
    expect((await refresh(body['refresh_token'])).body['error']).toBe('invalid_grant');
    expect((await fetchUserInfo(at.issuer, body['access_token'])).status).toBe(401);
    expect((await fetchUserInfo(at.issuer, beside.body['access_token'])).status).toBe(200);
    expect(await getWithdrawal(traveller, 'clinic')).toBeDefined();
  });
});
