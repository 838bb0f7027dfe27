// Closing an account, broken off at every single statement that it writes: what was done is whole, what was not is as it was, and the same press again finishes it.

import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Consent } from '../../src/domain/consent/consent.ts';
import type { DecisionContext } from '../../src/domain/consent/decide.ts';
import { closeAccount } from '../../src/domain/home/close-account.ts';
import type { CloseNeeds } from '../../src/domain/home/close-account.ts';
import { Fault } from '../../src/domain/kernel/errors.ts';
import { systemRandom } from '../../src/domain/kernel/ids.ts';
import { createConsentsStore } from '../../src/storage/consents-store.ts';
import type { Act, Engine } from '../../src/storage/engine.ts';
import { createErasureStore } from '../../src/storage/erasures.ts';
import type { OpenedDatabase } from '../support/opened-database.ts';
import {
  createAgency,
  createConsent,
  createDecision,
  createGrant,
  createService,
  later,
  noChanges,
  now,
} from '../support/store-samples.ts';
import type { Grant } from '../support/store-samples.ts';
import { sampleAuthority } from '../support/store-samples.ts';

const { privateKey } = generateKeyPairSync('ed25519');

type Breaking = { readonly engine: Engine; readonly isBroken: () => boolean };

/** The power goes before the statement of this number. */
function breakAt(engine: Engine, statement: number): Breaking {
  let left = statement;
  function* run<T>(act: Act<T>): Act<T> {
    let step = act.next();
    while (step.done !== true) {
      left -= 1;
      if (left < 0) {
        throw new Fault('store/unavailable', 'the power went');
      }
      step = act.next(yield step.value);
    }
    return step.value;
  }
  return { engine: { ...engine, atomic: async (begin) => engine.atomic(() => run(begin())) }, isBroken: () => left < 0 };
}

/** What stands, then every version of it. */
const wholes = new Map([
  ['given given', { state: 'stands', entries: 1 }],
  ['withdrawn given withdrawn', { state: 'withdrawn', entries: 2 }],
]);

export function describeClosing(get: () => OpenedDatabase): void {
  type Account = { readonly grant: Grant; readonly consents: readonly Consent[]; readonly close: (engine: Engine) => Promise<void> };

  /** Two services that may each see something, one of them paused. */
  const createAccount = async (): Promise<Account> => {
    const { storage } = get();
    const grant = await createGrant(storage);
    const agency = createAgency();
    const service = createService(agency.id);
    const purpose = { ...grant.purpose, clientId: service.clientId };
    await storage.agencies.saveChanges({ ...noChanges, agencies: [agency], services: [service], purposes: [purpose] });
    const second = createConsent({ ...grant, service, purpose });
    await storage.consents.saveDecision(createDecision(second, null));
    const findContext = async ({ clientId, purposeId }: Consent): Promise<DecisionContext | undefined> => {
      const registered = await storage.agencies.findService(clientId);
      const found = registered?.purposes.find(({ id }) => id === purposeId);
      const context = { person: grant.person, subject: 'pairwise', notice: null, expression: null };
      return registered && found && { ...context, registered, purpose: found };
    };
    const toNeeds = (engine: Engine): CloseNeeds => ({
      clock: { now: () => later },
      random: systemRandom,
      signer: { issuer: 'https://huwiya.example', authority: sampleAuthority, key: privateKey, kid: 'receipts' },
      home: storage.home,
      consents: createConsentsStore(engine),
      erasures: createErasureStore(engine),
    });
    return { grant, consents: [grant.consent, second], close: async (engine) => closeAccount(toNeeds(engine), grant.person, findContext) };
  };

  const countOf = async (table: string, where: string, value: string): Promise<number> => {
    const [row] = await get().engine.read({ text: `SELECT count(*) AS n FROM ${table} WHERE ${where} = ?`, values: [value] });
    return Number(row?.['n']);
  };

  /** How each record is found: as it was, or withdrawn with all that belongs to it. Of a closed account only the versions are left. */
  const stateOf = async (consent: Consent): Promise<string> => {
    const { consents } = get().storage;
    const versions = (await consents.listDecisions(consent.id)).map(({ state }) => state);
    const standing = (await consents.findConsent(consent.id))?.state ?? versions.at(-1);
    const entries = await countOf('entries', 'service', consent.clientId);
    const all = [standing, ...versions].join(' ');
    const whole = wholes.get(all);
    return whole !== undefined && entries >= whole.entries ? whole.state : `torn: ${all}, ${entries} entries`;
  };

  const isClosed = async ({ grant }: Account): Promise<boolean> => {
    const person = await get().storage.people.findPerson(grant.person.id);
    const sessions = await get().storage.engine.listSessions(grant.person.id, now, 0);
    const found = [
      person?.status,
      person?.sealed.wrappedKey === '',
      sessions.length,
      await countOf('erasures', 'person_id', grant.person.id),
    ];
    const open = ['active', false, 1, 0];
    const closed = ['closed', true, 0, 1];
    expect([open, closed]).toContainEqual(found);
    return found[0] === 'closed';
  };

  describe('an account that is closed', () => {
    it('is broken off at no statement so that it is half closed, and the same press again closes it', async () => {
      const seen = new Set<string>();
      for (let statement = 0; ; statement += 1) {
        const account = await createAccount();
        const breaking = breakAt(get().engine, statement);
        const outcome = await account.close(breaking.engine).then(
          () => 'closed',
          (fault: unknown) => (fault instanceof Fault ? fault.code : String(fault)),
        );
        // A commit whose connection broke may still be on its way while it is looked at.
        const readTorn = async () => (await Promise.all(account.consents.map(stateOf))).filter((state) => state.startsWith('torn'));
        await expect.poll(readTorn).toEqual([]);
        const states = await Promise.all(account.consents.map(stateOf));
        expect(await isClosed(account)).toBe(outcome === 'closed');
        seen.add(`${outcome}: ${states.toSorted().join(', ')}`);
        if (!breaking.isBroken()) {
          break;
        }
        await account.close(get().engine);
        expect([await isClosed(account), await Promise.all(account.consents.map(stateOf))]).toEqual([true, ['withdrawn', 'withdrawn']]);
      }
      // Every place between two acts was met.
      expect([...seen].toSorted()).toEqual([
        'closed: withdrawn, withdrawn',
        'store/unavailable: stands, stands',
        'store/unavailable: stands, withdrawn',
        'store/unavailable: withdrawn, withdrawn',
      ]);
    });

    it('leaves nothing standing that was given while it was closing', async () => {
      const { storage } = get();
      const account = await createAccount();
      const [first] = account.consents;
      if (first === undefined) {
        throw new Error('no consent');
      }
      const given: string[] = [];
      let isGiven = false;
      const { engine } = get();
      const atomic: Engine['atomic'] = async (begin) => {
        const done = await engine.atomic(begin);
        const found = await storage.consents.findConsent(first.id);
        if (!isGiven && found?.state === 'withdrawn') {
          isGiven = true;
          const again = { ...found, version: 3, state: 'given', change: 'given', expiresAt: later + 1000 } as const;
          given.push(await storage.consents.saveDecision(createDecision(again, 2)));
        }
        return done;
      };
      await account.close({ ...engine, atomic });
      expect(given).toEqual(['saved']);
      const changes = (await storage.consents.listDecisions(first.id)).map(({ change }) => change);
      expect(changes).toEqual(['given', 'withdrawn', 'given', 'withdrawn']);
      expect((await storage.people.findPerson(account.grant.person.id))?.status).toBe('closed');
    });
  });
}
