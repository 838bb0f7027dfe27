// A decision is one act: the record, its signed receipt and exactly one entry. On the embedded store, because the act is the store's too.

import { hash } from 'node:crypto';
import { compactVerify } from 'jose';
import { z } from 'zod';
import { toCanonicalJson } from '../../../src/domain/kernel/canonical.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toAsked } from '../../../src/domain/consent/asked.ts';
import type { ConsentNeeds, DecisionContext } from '../../../src/domain/consent/decide.ts';
import { grantConsent } from '../../../src/domain/consent/grant-consent.ts';
import { refuseConsent } from '../../../src/domain/consent/refuse-consent.ts';
import { withdrawConsent } from '../../../src/domain/consent/withdraw-consent.ts';
import { findPurpose } from '../../../src/domain/agencies/agency.ts';
import { systemRandom } from '../../../src/domain/kernel/ids.ts';
import { sequenceAll } from '../../../src/domain/ledger/sequence.ts';
import { createLogSigner } from '../../../src/domain/ledger/checkpoint.ts';
import { sampleAuthority } from '../../support/store-samples.ts';
import { createWorld } from '../../support/world.ts';
import type { World } from '../../support/world.ts';

const recordSchema = z.object({ record: z.object({ integrity: z.object({ content_sha256: z.string() }) }).catchall(z.json()) });

describe('a decision of a person', () => {
  let world: World;
  let needs: ConsentNeeds;

  beforeAll(async () => {
    world = await createWorld();
    const { clock, storage, keys, issuer } = world;
    needs = {
      clock,
      random: systemRandom,
      consents: storage.consents,
      signer: { issuer, authority: sampleAuthority, key: keys.receipt.privateKey, kid: keys.receipt.kid },
    };
  });

  afterAll(async () => {
    await world.close();
  });

  async function createContext(): Promise<DecisionContext> {
    const registered = await world.storage.agencies.findService('mol-work-permit');
    const purpose = registered === undefined ? undefined : findPurpose(registered, undefined);
    if (registered === undefined || purpose === undefined) {
      throw new Error('the sample service is not there');
    }
    const person = await world.addPerson();
    return {
      person,
      registered,
      purpose,
      subject: 'pairwise',
      notice: null,
      expression: { method: 'button', acr: 'acr', amr: ['hwk'], authTime: 1 },
    };
  }

  async function countEntries(record: string): Promise<number> {
    await sequenceAll({
      store: world.storage.ledger,
      clock: world.clock,
      signer: createLogSigner(world.issuer, world.keys.checkpoint.privateKey),
    });
    const { entries } = await world.storage.ledger.queryEntries(
      { service: 'mol-work-permit' },
      { order: 'oldest-first', after: null, limit: 500 },
    );
    return entries.filter((entry) => entry.body.includes(record)).length;
  }

  const everything = { scopes: [], claims: [] };

  it('keeps what was granted and what was declined, in one entry, with a receipt that says the same', async () => {
    const context = await createContext();
    const outcome = await grantConsent(needs, context, {
      asked: toAsked(context.purpose, everything),
      chosen: ['email'],
      language: 'ar',
      shownVersion: null,
    });
    if (!outcome.ok) {
      throw new Error(outcome.code);
    }
    const { consent, receipt } = outcome.value;
    expect(consent.attributes.map(({ name, decision }) => `${name} ${decision}`)).toEqual([
      'given_name granted',
      'family_name granted',
      'email granted',
      'birthdate declined',
    ]);
    expect(await countEntries(consent.id)).toBe(1);
    const { payload } = await compactVerify(receipt.jws, world.keys.receipt.publicKey);
    const said: unknown = JSON.parse(new TextDecoder().decode(payload));
    expect(said).toMatchObject({
      iss: world.issuer,
      jti: receipt.id,
      record: { record_id: consent.id, state: 'given', sub_pairwise: 'pairwise', acted_by: 'self' },
    });
    expect(said).toMatchObject({
      record: {
        controller: { org_id: 'mol', dpo_contact: 'privacy@mol.example' },
        rights: { withdraw_uri: `${world.issuer}/account/services/mol-work-permit` },
        terms: { mode: 'store', fetch: 'periodic', max_uses: null },
      },
    });
    const { integrity, ...content } = recordSchema.parse(said).record;
    expect(integrity.content_sha256).toBe(hash('sha256', toCanonicalJson(content), 'base64url'));
    expect(JSON.stringify(said)).not.toContain('sara@example.test');
  });

  it('is refused when it names an attribute that was not offered as a choice, and leaves no entry', async () => {
    const context = await createContext();
    const outcome = await grantConsent(needs, context, {
      asked: toAsked(context.purpose, everything),
      chosen: ['national_id'],
      language: 'ar',
      shownVersion: null,
    });
    expect(outcome).toMatchObject({ ok: false, code: 'consent/attribute-not-offered' });
    expect(await world.storage.consents.listConsents(context.person.id)).toEqual([]);
  });

  it('about a narrower request takes nothing back from a standing consent', async () => {
    const context = await createContext();
    const first = await grantConsent(needs, context, {
      asked: toAsked(context.purpose, everything),
      chosen: ['email'],
      language: 'ar',
      shownVersion: null,
    });
    const narrower = toAsked(context.purpose, { scopes: [], claims: ['given_name'] });
    const second = await grantConsent(needs, context, { asked: narrower, chosen: [], language: 'ar', shownVersion: 1 });
    expect(first.ok && second.ok && second.value.consent.attributes.find(({ name }) => name === 'email')?.decision).toBe('granted');
  });

  it('made upon an older page loses against the one that came first', async () => {
    const context = await createContext();
    const choice = { asked: toAsked(context.purpose, everything), chosen: [], language: 'ar' as const, shownVersion: null };
    const outcomes = await Promise.all([grantConsent(needs, context, choice), grantConsent(needs, context, choice)]);
    expect(outcomes.filter((outcome) => outcome.ok).length).toBe(1);
  });

  it('to refuse leaves a standing consent as it is, and is kept as carefully', async () => {
    const context = await createContext();
    const asked = toAsked(context.purpose, everything);
    await grantConsent(needs, context, { asked, chosen: ['email'], language: 'ar', shownVersion: null });
    const refused = await refuseConsent(needs, context, { request: asked, language: 'en' });
    const consent = await world.storage.consents.findConsentFor(context.person.id, context.purpose.clientId, context.purpose.id);
    expect(refused.ok).toBe(true);
    expect(consent).toMatchObject({ state: 'given', version: 2 });
    expect(await world.storage.consents.listReceipts(context.person.id)).toHaveLength(2);
  });

  it('to withdraw ends the record, once, and only for the person whose it is', async () => {
    const context = await createContext();
    const granted = await grantConsent(needs, context, {
      asked: toAsked(context.purpose, everything),
      chosen: [],
      language: 'ar',
      shownVersion: null,
    });
    if (!granted.ok) {
      throw new Error(granted.code);
    }
    const stranger = { ...context, person: await world.addPerson() };
    expect(await withdrawConsent(needs, stranger, granted.value.consent)).toMatchObject({ ok: false, code: 'consent/not-found' });
    const outcomes = await Promise.all([
      withdrawConsent(needs, context, granted.value.consent),
      withdrawConsent(needs, context, granted.value.consent),
    ]);
    expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(1);
    expect(await countEntries(granted.value.consent.id)).toBe(2);
  });

  it('stands on the ground of the kind of person: told by law, or asked for consent, and the receipt says which', async () => {
    const context = await createContext();
    const law = { type: 'public_task', lawRef: { ar: 'نظام العمل', en: 'Labour Law' } } as const;
    const purpose = { ...context.purpose, basisByKind: { citizen: law } };
    const decide = async (kind: 'citizen' | 'visitor') => {
      const person = { ...(await world.addPerson()), kind };
      const choice = { asked: toAsked(purpose, everything), chosen: [], language: 'ar' as const, shownVersion: null };
      const outcome = await grantConsent(needs, { ...context, person, purpose }, choice);
      if (!outcome.ok) {
        throw new Error(outcome.code);
      }
      const { consent, receipt } = outcome.value;
      const said: unknown = JSON.parse(Buffer.from(receipt.jws.split('.')[1] ?? '', 'base64url').toString());
      return { state: consent.state, basis: consent.basis, said };
    };
    expect(await decide('citizen')).toMatchObject({
      state: 'notified',
      basis: 'public_task',
      said: { record: { legal_basis: { type: 'public_task', law_ref: law.lawRef } } },
    });
    expect(await decide('visitor')).toMatchObject({
      state: 'given',
      basis: 'consent',
      said: { record: { legal_basis: { type: 'consent', law_ref: null } } },
    });
  });
});
