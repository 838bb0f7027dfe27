// A service that asks how a person's identity was checked, from the page on which the person reads it to what leaves, and what the log and the receipt keep of it.

import { generateKeyPairSync } from 'node:crypto';
import { compactDecrypt, createRemoteJWKSet, decodeJwt, jwtVerify } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { ClientMetadata, Purpose, Verification } from '../../src/domain/agencies/agency.ts';
import { createUuid, systemRandom } from '../../src/domain/kernel/ids.ts';
import { sealDeclared } from '../../src/domain/people/declared-data.ts';
import type { StoredPerson } from '../../src/domain/people/person.ts';
import { sealProofing } from '../../src/domain/proofing/proofing.ts';
import { createCaseWorld } from '../support/case-world.ts';
import type { CaseWorld } from '../support/case-world.ts';
import { whileRegistered } from '../support/change-standing.ts';
import { allow, createTraveller, enrol, signIn } from '../support/person-journey.ts';
import type { Traveller } from '../support/person-journey.ts';
import { checkedAt, sampleProofing } from '../support/sample-proofing.ts';
import { permitJwk } from '../support/sample-services.ts';
import { fetchUserInfo } from '../support/service.ts';
import { createEvent, createName, later, noChanges } from '../support/store-samples.ts';
import { createEnrolledPerson, createRequest, exchange, findReceipts, findStep, obtainTokens, openAccountPage } from '../support/visits.ts';
import { verifiedForm } from '../support/verified-form.ts';

const why = { ar: 'يلزم الوزارة أن تعرف كيف جرى التحقق.', en: 'The Ministry has to know how it was checked.' };
const verification: Verification = { attributes: ['given_name', 'birthdate'], parts: ['time'], evidence: 'types', why };
const document = { type: { value: 'document' }, document_details: { type: null } };
const trust = { trust_framework: null };

type Members = Readonly<Record<string, unknown>>;

const ask = (verified: unknown, more: Members = {}): Readonly<Record<string, string>> => ({
  claims: JSON.stringify({ userinfo: { ...more, verified_claims: verified } }),
  prompt: 'consent',
});

describe('verified claims', () => {
  let at: CaseWorld;
  let sara: { readonly traveller: Traveller; readonly person: StoredPerson };

  beforeAll(async () => {
    at = await createCaseWorld();
    await changePurpose((purpose) => ({ ...purpose, verification }));
    sara = await createProvenPerson();
  });

  afterAll(async () => {
    await at.close();
  });

  const changePurpose = async (change: (purpose: Purpose) => Purpose): Promise<void> => {
    const registered = await at.world.storage.agencies.findService('mol-work-permit');
    const purpose = registered?.purposes.find(({ isDefault }) => isDefault);
    if (purpose === undefined) {
      throw new Error('the sample purpose is missing');
    }
    await at.world.storage.agencies.saveChanges({ ...noChanges, purposes: [{ ...change(purpose), version: purpose.version + 1 }] });
  };

  /** Whose identity was checked at the counter, who then enrolled, and who says another birthdate of themselves than the registry does. */
  const createProvenPerson = async (): Promise<typeof sara> => {
    const { keys, storage } = at.world;
    const needs = { dataKey: keys.data.encryption, random: systemRandom };
    const person = await at.world.addPerson();
    const proofing = { ...sampleProofing, id: createUuid(systemRandom, checkedAt), personId: person.id };
    const invitation = { digest: createName(), personId: person.id, createdAt: 0, expiresAt: later, ceiling: 'high' } as const;
    const events = [createEvent('person.proofed', { personRef: person.id })];
    const enrolment = { proofing: sealProofing(needs, person, proofing), invitation, events, once: null };
    expect(await storage.proofings.saveEnrolment(enrolment)).toBe('saved');
    const declared = sealDeclared(needs, person, { birthdate: '1999-09-09' });
    const columns = `declared_key = '${declared.wrappedKey}', declared_ciphertext = '${declared.ciphertext}'`;
    at.database.run(`UPDATE people SET ${columns} WHERE id = '${person.id}'`);
    const traveller = createTraveller(at.issuer);
    await enrol(traveller, await at.world.invite(person));
    return { traveller, person };
  };

  const receive = async (traveller: Traveller, verified: unknown, more: Members = {}): Promise<Members> => {
    const extra = ask(verified, more);
    // The one detail that is a choice.
    const attributes = extra['claims']?.includes('birthdate') === true ? ['birthdate'] : [];
    const tokens = await obtainTokens(traveller, 'permit', { extra, attributes });
    expect(decodeJwt(String(tokens.body['id_token']))).not.toHaveProperty('verified_claims');
    const answer = await fetchUserInfo(at.issuer, tokens.body['access_token']);
    expect(answer.status).toBe(200);
    return answer.body;
  };

  const payloadsOf = (type: string): readonly unknown[] =>
    at.database
      .rows('SELECT body FROM entries JOIN entry_secrets ON entry_id = entries.id WHERE type = ? ORDER BY entries.rowid', type)
      .map(({ body }): unknown => JSON.parse(String(body)));

  const whole = { verification: { ...trust, time: null, evidence: [document] }, claims: { given_name: null, birthdate: null } };

  test('leave as they were asked, read and agreed to, from the registry and not as the person says, and the entry says which parts', async () => {
    const page = await signIn(
      sara.traveller,
      await sara.traveller.agent.get(createRequest(at.issuer, 'permit', { ...ask(whole), ui_locales: 'en' }).url),
    );
    expect(findStep(page)).toBe('decide');
    expect(page.body).toContain('How your identity was checked');
    expect(page.body).toContain(why.en);
    const body = await receive(sara.traveller, whole, { birthdate: null });
    const evidence = ['idcard', 'passport'].map((type) => ({ type: 'document', document_details: { type } }));
    expect(verifiedForm.parse(body['verified_claims'])).toEqual([
      {
        verification: { trust_framework: 'urn:huwiya:proofing', time: '2026-03-01T08:30:00Z', evidence },
        claims: { given_name: 'سارة', 'given_name#ar': 'سارة', 'given_name#en': 'Sara', birthdate: '1990-05-17' },
      },
    ]);
    expect(body['birthdate']).toBe('1999-09-09');
    expect(Object.keys(body).toSorted()).toEqual(['birthdate', 'sub', 'verified_claims']);
    const released = payloadsOf('data.released').at(-1);
    const parts = ['evidence.document_details.type', 'evidence.type', 'time', 'trust_framework'];
    expect(released).toMatchObject({
      attributes: ['birthdate', 'given_name'],
      payload: { verified: { attributes: ['given_name', 'birthdate'], parts } },
    });
    expect(JSON.stringify(released)).not.toMatch(/idcard|passport|urn:huwiya:proofing|1990-05-17|سارة/);
  });

  test('are not there unless they are asked for, and take nothing else away where a condition is unmet', async () => {
    const silent = await receive(sara.traveller, undefined, { given_name: null });
    expect(silent).toMatchObject({ given_name: 'سارة' });
    expect(silent).not.toHaveProperty('verified_claims');
    for (const unmet of [
      { ...whole, verification: { trust_framework: { value: 'eidas', essential: true } } },
      { ...whole, verification: { ...trust, time: { max_age: 1, essential: true } } },
      { ...whole, verification: { ...trust, assurance_level: { value: 'high' } } },
      { verification: {}, claims: { given_name: null } },
      null,
    ]) {
      const body = await receive(sara.traveller, unmet, { given_name: null });
      expect(body).toMatchObject({ given_name: 'سارة' });
      expect(body).not.toHaveProperty('verified_claims');
    }
  });

  test('of a list come one by one, also where they are asked for the ID token', async () => {
    const name = { verification: trust, claims: { given_name: null } };
    const day = { verification: { ...trust, time: { max_age: 1_000_000_000 } }, claims: { birthdate: null } };
    const other = { verification: { trust_framework: { value: 'eidas' } }, claims: { birthdate: null } };
    const body = await receive(sara.traveller, [name, other, day]);
    expect(verifiedForm.parse(body['verified_claims']).map(({ claims }) => Object.keys(claims)[0])).toEqual(['given_name', 'birthdate']);
    const extra = { claims: JSON.stringify({ id_token: { verified_claims: [name, day] } }), prompt: 'consent' };
    const tokens = await obtainTokens(sara.traveller, 'permit', { extra, attributes: ['birthdate'] });
    expect(decodeJwt(String(tokens.body['id_token']))).not.toHaveProperty('verified_claims');
    const answer = await fetchUserInfo(at.issuer, tokens.body['access_token']);
    expect(verifiedForm.parse(answer.body['verified_claims'])).toHaveLength(2);
  });

  test('beyond the purpose are dropped, and kept as asked too much', async () => {
    const more = {
      verification: { ...trust, assurance_level: null },
      claims: { birthdate: null, family_name: null, national_id: null, email: null },
    };
    const body = await receive(sara.traveller, more);
    expect(body['verified_claims']).toEqual({
      verification: { trust_framework: 'urn:huwiya:proofing' },
      claims: { birthdate: '1990-05-17' },
    });
    expect(payloadsOf('data.over_ask').at(-1)).toMatchObject({ attributes: ['national_id', 'verified_claims'], reason: 'beyond-purpose' });
    await openAccountPage(sara.traveller);
    const activity = await sara.traveller.agent.get(`${at.issuer}/account/activity?lang=en`);
    expect(activity.body).toContain('How your identity was checked');
  });

  test('of a detail that was declined are declined with it, and so the receipt says', async () => {
    const tokens = await obtainTokens(sara.traveller, 'permit', { extra: ask(whole), attributes: [] });
    const { body } = await fetchUserInfo(at.issuer, tokens.body['access_token']);
    const [element] = verifiedForm.parse(body['verified_claims']);
    expect(Object.keys(element?.claims ?? {})).toEqual(['given_name', 'given_name#ar', 'given_name#en']);
    const records = (await findReceipts(sara.traveller)).map(toRecord);
    const record = { attributes: ['given_name'], evidence: 'types', parts: ['trust_framework', 'time'], why_needed: why };
    expect(records).toContainEqual(expect.objectContaining({ verification: record }));
    expect(JSON.stringify(records)).not.toMatch(/idcard|urn:huwiya:proofing/);
  });

  test('are nothing for somebody whose identity was never checked', async () => {
    const { traveller } = await createEnrolledPerson(at.world);
    const body = await receive(traveller, whole, { given_name: null });
    expect(body).toMatchObject({ given_name: 'سارة' });
    expect(body).not.toHaveProperty('verified_claims');
  });

  test('leave signed, and encrypted, as everything else', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const { kty = '', crv = '', x = '', y = '' } = publicKey.export({ format: 'jwk' });
    const key = { kty, crv, x, y, kid: 'for-answers', use: 'enc', alg: 'ECDH-ES+A256KW' };
    const more: ClientMetadata = {
      jwks: { keys: [permitJwk, key] },
      userinfo_signed_response_alg: 'ES256',
      userinfo_encrypted_response_alg: key.alg,
      userinfo_encrypted_response_enc: 'A256GCM',
    };
    const text = await whileRegistered(at.world, { place: 'permit', more }, async () => {
      const tokens = await obtainTokens(sara.traveller, 'permit', { extra: ask([whole, whole]), attributes: ['birthdate'] });
      const headers = { authorization: `Bearer ${String(tokens.body['access_token'])}` };
      return (await fetch(`${at.issuer}/me`, { headers })).text();
    });
    const { plaintext } = await compactDecrypt(text, privateKey);
    const keys = createRemoteJWKSet(new URL('/jwks', at.issuer));
    const { payload } = await jwtVerify(Buffer.from(plaintext).toString(), keys, { issuer: at.issuer, audience: 'mol-work-permit' });
    expect(verifiedForm.parse(payload['verified_claims'])).toHaveLength(2);
  });

  test('wait for the person where the purpose asks for more of them, and the page names it', async () => {
    const tokens = await obtainTokens(sara.traveller, 'permit', { extra: ask(whole), attributes: ['birthdate'] });
    await changePurpose((purpose) => ({ ...purpose, verification: { ...verification, parts: ['assurance_level', 'time'] } }));
    expect((await fetchUserInfo(at.issuer, tokens.body['access_token'])).status).toBe(401);
    const request = createRequest(at.issuer, 'permit', { ui_locales: 'en' });
    const page = await sara.traveller.agent.get(request.url);
    expect([findStep(page), page.body.includes('Learns how your identity was checked')]).toEqual(['decide', true]);
    const callback = (await allow(sara.traveller, page, ['birthdate'])).url;
    const again = await exchange({ place: 'permit', request, callback, answer: new URL(callback).searchParams }, at.issuer);
    expect((await fetchUserInfo(at.issuer, again.body['access_token'])).body).not.toHaveProperty('verified_claims');
    const level = { verification: { ...trust, assurance_level: { values: ['high'] } }, claims: { given_name: null } };
    expect(await receive(sara.traveller, level)).toMatchObject({ verified_claims: { verification: { assurance_level: 'high' } } });
  });

  test('are told to the person among what was shared', async () => {
    await openAccountPage(sara.traveller);
    const list = (await sara.traveller.agent.get(`${at.issuer}/account/activity?lang=en&kind=shared`)).body;
    const [path = ''] = /\/account\/activity\/[0-9a-f-]{36}/.exec(list) ?? [''];
    const entry = (await sara.traveller.agent.get(`${at.issuer}${path}?lang=en`)).body;
    expect(entry).toMatch(/How your identity was checked<[\s\S]*The Ministry has to know how it was checked\./);
  });

  test('are described where services look for what there is', async () => {
    const told: unknown = await (await fetch(`${at.issuer}/.well-known/openid-configuration`)).json();
    expect(told).toMatchObject({
      claims_in_verified_claims_supported: expect.arrayContaining(['given_name', 'given_name#ar', 'birthdate']),
      documents_check_methods_supported: expect.arrayContaining(['vpip', 'pvp']),
      documents_supported: expect.arrayContaining(['idcard', 'passport']),
      evidence_supported: ['document'],
      trust_frameworks_supported: ['urn:huwiya:proofing'],
      verified_claims_supported: true,
    });
    expect(JSON.stringify(told)).not.toMatch(/"claims_in_verified_claims_supported":\[[^\]]*"(?:email|phone_number|employer_org_id)"/);
    const register: unknown = await (await fetch(`${at.issuer}/services.json`)).json();
    expect(JSON.stringify(register)).toContain('"evidence":"types"');
  });
});

const fileSchema = z.object({ receipt: z.string() });

function toRecord(file: string): unknown {
  return decodeJwt(fileSchema.parse(JSON.parse(file)).receipt)['record'];
}
