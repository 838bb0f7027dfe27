// What the demo services do with a message about a person: they drop what ended, keep what stands, and answer where an answer is owed.

import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { SignJWT } from 'jose';
import Koa from 'koa';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createFilings } from '../../../examples/service/filings.ts';
import { createReceiver } from '../../../examples/service/security-events.ts';
import { takeBack } from '../../../examples/service/taken-back.ts';
import type { TakenBack } from '../../../examples/service/taken-back.ts';

const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const jwks = JSON.stringify({ keys: [{ ...pair.publicKey.export({ format: 'jwk' }), kid: 'k', alg: 'ES256', use: 'sig' }] });
const claims = { sub: 's', 'given_name#ar': 'سارة', given_name: 'Sara', email: 'sara@example.test', email_verified: true };
const back = { subject: 'subject', purpose: 'permit-renewal', event: 'consent-withdrawn', ended: ['given_name', 'email'] };

async function listen(server: Server): Promise<string> {
  await once(server, 'listening');
  const address = server.address();
  return `http://localhost:${typeof address === 'object' && address !== null ? address.port : 0}`;
}

describe('what a message changes in a visit', () => {
  const held = { claims, loss: undefined };

  test('a narrowed consent drops what ended, whatever its language or its mark of proof, and keeps the rest', () => {
    const rest = takeBack(held, { ...back, event: 'consent-narrowed', ended: ['email'] });
    expect(rest).toEqual({ claims: { sub: 's', 'given_name#ar': 'سارة', given_name: 'Sara' }, loss: undefined });
  });

  test('a pause keeps what arrived out of use until it is over', () => {
    const paused = takeBack(held, { ...back, event: 'consent-paused' });
    expect(paused).toEqual({ claims, loss: 'paused' });
    expect(takeBack(paused, { ...back, event: 'consent-resumed' })).toEqual(held);
  });

  test.each([
    ['consent-withdrawn', 'withdrawn'],
    ['consent-revoked', 'withdrawn'],
    ['something-new', 'withdrawn'],
    ['erasure-requested', 'erased'],
  ])('%s leaves nothing', (event, loss) => {
    expect(takeBack(held, { ...back, event })).toEqual({ claims: {}, loss });
  });
});

describe('what a message changes in the files', () => {
  const [renewal, view] = [
    { subject: 'subject', purpose: 'permit-renewal' },
    { subject: 'subject', purpose: 'contract-view' },
  ];

  test('a withdrawal deletes what was kept for its purpose, and nothing of another', () => {
    const filings = createFilings('WP');
    filings.add(renewal, { email: 'sara@example.test' });
    filings.add(view, {});
    filings.takeBack(back);
    expect([filings.list(renewal).length, filings.list(view).length]).toEqual([0, 1]);
  });

  test('a narrowed consent keeps the number of the request, and a pause keeps all', () => {
    const filings = createFilings('WP');
    filings.add(renewal, { email: 'sara@example.test', phone_number: '' });
    const before = filings.list(renewal);
    filings.takeBack({ ...back, event: 'consent-paused' });
    expect(filings.list(renewal)).toEqual(before);
    filings.takeBack({ ...back, event: 'consent-narrowed', ended: ['email'] });
    expect(filings.list(renewal)).toEqual(before.map(({ reference }) => ({ reference, answers: { phone_number: '' } })));
  });
});

describe('the receiver of the work permits', () => {
  const provider = createServer((_, response) => response.writeHead(200, { 'content-type': 'application/json' }).end(jwks));
  const taken: TakenBack[] = [];
  const answered: string[] = [];
  let issuer = '';
  let service: Server;
  let address = '';

  beforeAll(async () => {
    issuer = await listen(provider.listen(0, '127.0.0.1'));
    const words = { ar: '', en: '' };
    const profile = { clientId: 'mol-work-permit', name: words, agency: words, purposes: [] };
    const authentication = { method: 'key', jwk: {}, kid: 'x' } as const;
    const settings = { issuer: new URL(issuer), port: 0, address: '', profile, authentication };
    const answer = async (endpoint: string): Promise<void> => void answered.push(endpoint.replace(issuer, ''));
    const app = new Koa();
    app.use(createReceiver({ settings, provider: { answer }, takeBack: (told) => taken.push(told) }));
    service = app.listen(0, '127.0.0.1');
    address = await listen(service);
  });

  beforeEach(() => {
    taken.length = 0;
    answered.length = 0;
  });

  afterAll(() => {
    provider.close();
    service.close();
  });

  const tell = async (event: string, details: Readonly<Record<string, unknown>>): Promise<number> => {
    const told = { record: 'r', version: 2, purpose: 'permit-renewal', attributes: [], standing: [], ...details };
    const claimed = { iss: issuer, aud: 'mol-work-permit', jti: randomUUID(), sub_id: { format: 'iss_sub', iss: issuer, sub: 'subject' } };
    const token = await new SignJWT({ ...claimed, events: { [`urn:huwiya:event:${event}`]: told } })
      .setProtectedHeader({ alg: 'ES256', kid: 'k', typ: 'secevent+jwt' })
      .sign(pair.privateKey);
    return (await fetch(address, { method: 'POST', body: token })).status;
  };

  test('takes out of a narrowed consent what ended and does not stand, and answers for it', async () => {
    const endpoint = { answer_endpoint: `${issuer}/duties/1/answer` };
    expect(await tell('consent-narrowed', { attributes: ['email', 'given_name'], standing: ['given_name'], ...endpoint })).toBe(202);
    expect(taken).toMatchObject([{ subject: 'subject', purpose: 'permit-renewal', event: 'consent-narrowed', ended: ['email'] }]);
    expect(answered).toEqual(['/duties/1/answer']);
  });

  test('answers nobody but the provider', async () => {
    expect(await tell('consent-withdrawn', { answer_endpoint: 'https://elsewhere.example/duties/1/answer' })).toBe(202);
    expect([taken.length, answered]).toEqual([1, []]);
  });

  test('passes over a pause that was overtaken by its end, and never over a withdrawal', async () => {
    await tell('consent-resumed', { record: 'overtaken', version: 4 });
    await tell('consent-paused', { record: 'overtaken', version: 3 });
    await tell('consent-withdrawn', { record: 'overtaken', version: 2 });
    expect(taken.map(({ event }) => event)).toEqual(['consent-resumed', 'consent-withdrawn']);
  });
});
