// Why nothing comes of verified claims as a service asked for them: its developers read it in the trace of the request, and nobody is refused for it.

import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Trace } from '../../src/domain/traces/trace.ts';
import { createCaseWorld } from '../support/case-world.ts';
import type { CaseWorld } from '../support/case-world.ts';
import { createTraveller } from '../support/person-journey.ts';
import { assertionType } from '../support/audit-program.ts';
import { createAssertion } from '../support/service.ts';
import { createRequest } from '../support/visits.ts';

type Fields = Readonly<Record<string, string>>;

describe('the trace of a request for verified claims', () => {
  let at: CaseWorld;

  beforeAll(async () => {
    at = await createCaseWorld();
  });

  afterAll(async () => {
    await at.close();
  });

  const ask = async (extra: Fields): Promise<Response> =>
    createTraveller(at.issuer).agent.send(createRequest(at.issuer, 'permit', extra).url, { headers: { accept: 'text/html' } });
  const traceOf = async ({ headers }: Pick<Response, 'headers'>): Promise<Trace> => {
    const reference = headers.get('x-request-id') ?? '';
    const find = async (): Promise<Trace> =>
      (await at.world.storage.traces.findTrace(reference, at.world.clock.now())) ?? Promise.reject(new Error(`no trace of ${reference}`));
    return vi.waitFor(find, { timeout: 8000, interval: 100 });
  };

  it('says at which place nothing can come of it, and why, and holds no word that is in no specification', async () => {
    const trust = { trust_framework: null };
    const askVerified = async (...given: readonly [unknown, unknown?]): Promise<unknown> => {
      const [userinfo, idToken] = given.map((verified) => ({ given_name: null, verified_claims: verified }));
      const answer = await ask({ claims: JSON.stringify({ userinfo, ...(idToken && { id_token: idToken }) }) });
      expect(answer.status).toBe(303);
      const { step, rule, asked } = await traceOf(answer);
      expect([step, rule]).toEqual(['asked', null]);
      return asked.filter(({ note }) => note !== 'beyond');
    };
    const fact = (place: string, note: string): unknown => ({ name: `verified_claims${place}`, value: null, note });
    const claims = { given_name: null };
    expect(await askVerified({ verification: trust, claims })).toEqual([]);
    expect(await askVerified({ verification: {}, claims })).toEqual([fact('.verification.trust_framework', 'absent')]);
    expect(await askVerified({ verification: { trust_framework: { value: 'eidas' } }, claims })).toEqual([
      fact('.verification.trust_framework', 'unsupported'),
    ]);
    const aged = { verification: { ...trust, time: { max_age: '60' } }, claims: { given_name: { max_age: 60 } } };
    expect(await askVerified([{ verification: trust, claims }, aged], null)).toEqual([
      fact('.verification.time', 'condition'),
      fact('.claims.given_name', 'no-date'),
      fact('', 'form'),
    ]);
    const planted = { verification: { ...trust, evidence: [{ type: { value: 'Sara 1000000008' } }] }, claims: { 'Sara 1000000008': 'x' } };
    const told = await askVerified(planted);
    expect(told).toEqual([fact('.verification.evidence.type', 'unsupported'), fact('.claims', 'form')]);
    expect(JSON.stringify(at.database.rows('SELECT * FROM traces'))).not.toContain('1000000008');
  });

  it('is that of a refusal where they are no object, list or null, as of every other claim', async () => {
    const answer = await ask({ claims: JSON.stringify({ userinfo: { verified_claims: 'given_name' } }) });
    expect(await traceOf(answer)).toMatchObject({ rule: 'claims/refused', error: 'invalid_request' });
  });

  it('is that of a refusal where they are nested without end, and nothing fails of it', async () => {
    const value = `${'['.repeat(4000)}${']'.repeat(4000)}`;
    const claims = `{"userinfo":{"verified_claims":{"verification":{"trust_framework":null},"claims":{"given_name":{"value":${value}}}}}}`;
    const proof = { client_assertion_type: assertionType, client_assertion: createAssertion(at.issuer) };
    const parameters = Object.fromEntries(new URL(createRequest(at.issuer, 'permit', { claims }).url).searchParams);
    const answer = await fetch(`${at.issuer}/request`, { method: 'POST', body: new URLSearchParams({ ...parameters, ...proof }) });
    expect(answer.status).toBe(400);
    expect(await traceOf(answer)).toMatchObject({ rule: 'claims/refused', error: 'invalid_request' });
  });
});
