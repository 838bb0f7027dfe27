// What every store of FIDO metadata promises: editions that only grow, warnings that count at once, and passkeys that are judged anew.

import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { MetadataSource, Model } from '../../src/domain/metadata/model.ts';
import type { Passkey } from '../../src/domain/passkeys/passkey.ts';
import type { OpenedDatabase } from '../support/opened-database.ts';
import { createEvent, createName, createPasskey, createPerson, now } from '../support/store-samples.ts';
import { countEntries } from './count-entries.ts';

const createSource = (changes: Partial<MetadataSource> = {}): MetadataSource => ({
  source: createName(),
  name: 'CN=A source of the test',
  number: 1,
  nextUpdate: now,
  digest: createName(),
  importedAt: now,
  ...changes,
});

const createModel = (source: string, changes: Partial<Model> = {}): Model => ({
  source,
  aaguid: randomUUID(),
  description: 'مفتاح أمان',
  isListed: true,
  isWarned: false,
  status: null,
  statusSince: null,
  roots: ['AAAA'],
  userVerification: [['fingerprint_internal'], ['passcode_external', 'presence_internal']],
  keyProtection: ['hardware'],
  attestationTypes: ['basic_full'],
  ...changes,
});

export function describeMetadataStore(get: () => OpenedDatabase): void {
  const save = async (source: MetadataSource, models: readonly Model[]): Promise<string> =>
    get().storage.metadata.saveEdition({ source, models, event: createEvent('metadata.imported') });
  const hold = async (changes: Partial<Passkey>): Promise<Passkey> => {
    const person = createPerson();
    await get().storage.people.savePeople([person], []);
    const passkey = createPasskey(person.id, changes);
    const event = createEvent('passkey.registered');
    await get().storage.passkeys.savePasskey({ passkey, invitationDigest: null, now, event });
    return passkey;
  };
  const standingOf = async ({ id }: Passkey): Promise<string | undefined> => (await get().storage.passkeys.findPasskey(id))?.standing;
  const unjudged = async ({ id }: Passkey) => (await get().storage.metadata.listUnjudged(10_000)).find((passkey) => passkey.id === id);

  describe('metadata', () => {
    it('come with their models and their event, and are found by model', async () => {
      const { metadata } = get().storage;
      const source = createSource();
      const models = [
        createModel(source.source),
        createModel(source.source, { status: 'REVOKED', statusSince: '2026-01-02', isWarned: true }),
      ];
      const before = await countEntries(get());
      expect(await save(source, models)).toBe('saved');
      expect(await countEntries(get())).toBe(before + 1);
      expect((await metadata.listSources()).filter((found) => found.source === source.source)).toEqual([source]);
      const [first, second] = models;
      expect(await metadata.findModels(first?.aaguid ?? '')).toEqual([first]);
      expect(await metadata.findModels(second?.aaguid ?? '')).toEqual([second]);
      expect((await metadata.listModels()).filter((model) => model.source === source.source)).toHaveLength(2);
    });

    it('never go back, nor stand still, and then leave no entry', async () => {
      const source = createSource({ number: 7 });
      const model = createModel(source.source);
      await save(source, [model]);
      const before = await countEntries(get());
      expect(await save({ ...source, number: 6 }, [])).toBe('older');
      expect(await save({ ...source, digest: 'another' }, [])).toBe('older');
      expect(await countEntries(get())).toBe(before);
      expect(await get().storage.metadata.findModels(model.aaguid)).toEqual([model]);
    });

    it('have one winner when editions of one number arrive at once', async () => {
      const source = createSource();
      const saved = await Promise.all(Array.from({ length: 6 }, async () => save(source, [createModel(source.source)])));
      expect(saved.filter((outcome) => outcome === 'saved')).toHaveLength(1);
      expect((await get().storage.metadata.listModels()).filter((model) => model.source === source.source)).toHaveLength(1);
    });

    it('keep a model that a later edition leaves out as no longer listed, with its warning', async () => {
      const source = createSource();
      const model = createModel(source.source, { isWarned: true });
      await save(source, [model]);
      await save({ ...source, number: 2 }, []);
      expect(await get().storage.metadata.findModels(model.aaguid)).toEqual([{ ...model, isListed: false }]);
    });

    it('of one source leave those of another alone', async () => {
      const [one, other] = [createSource(), createSource()];
      const model = createModel(one.source);
      const same = { ...createModel(other.source), aaguid: model.aaguid };
      await save(one, [model]);
      await save(other, [same]);
      await save({ ...other, number: 2 }, []);
      const found = await get().storage.metadata.findModels(model.aaguid);
      expect(found.find(({ source }) => source === one.source)).toEqual(model);
      expect(found.find(({ source }) => source === other.source)?.isListed).toBe(false);
    });
  });

  describe('a passkey', () => {
    it('is revoked by the commit of a warning, and stands as before when it is taken back', async () => {
      const source = createSource();
      const model = createModel(source.source);
      const passkey = await hold({ aaguid: model.aaguid, standing: 'trusted' });
      const another = await hold({ standing: 'trusted' });
      await save(source, [{ ...model, isWarned: true }]);
      expect([await standingOf(passkey), await standingOf(another)]).toEqual(['revoked', 'trusted']);
      const [listed] = await get().storage.passkeys.listPasskeys(passkey.personId);
      expect(listed?.standing).toBe('revoked');
      await save({ ...source, number: 2 }, [model]);
      expect(await standingOf(passkey)).toBe('trusted');
    });

    it('waits to be judged since its model changed, once for each change, however it came', async () => {
      const { metadata } = get().storage;
      const source = createSource();
      const model = createModel(source.source);
      const early = await hold({ aaguid: model.aaguid, isStatementVerified: true });
      expect(await unjudged(early)).toBeUndefined();
      await save(source, [model]);
      const late = await hold({ aaguid: model.aaguid });
      const waiting = await unjudged(early);
      expect(waiting).toMatchObject({ holder: 'person', aaguid: model.aaguid, isStatementVerified: true, createdAt: early.createdAt });
      expect(waiting?.attestation).toBe(early.attestation);
      const version = waiting?.version ?? 0;
      await metadata.saveJudged([
        { id: early.id, holder: 'person', version, isTrusted: true },
        { id: late.id, holder: 'person', version, isTrusted: false },
      ]);
      expect([await standingOf(early), await standingOf(late)]).toEqual(['trusted', 'unknown']);
      expect([await unjudged(early), await unjudged(late)]).toEqual([undefined, undefined]);
      await save({ ...source, number: 2 }, [model]);
      expect(await unjudged(early)).toBeUndefined();
      await save({ ...source, number: 3 }, []);
      expect(await unjudged(early)).toBeDefined();
    });

    it('keeps the judgement of the newer metadata, whoever writes last', async () => {
      const { metadata } = get().storage;
      const passkey = await hold({});
      const judge = async (version: number, isTrusted: boolean): Promise<void> =>
        metadata.saveJudged([{ id: passkey.id, holder: 'person', version, isTrusted }]);
      await judge(9, false);
      await judge(8, true);
      expect(await standingOf(passkey)).toBe('unknown');
    });

    it('counts by how it stands', async () => {
      const { metadata } = get().storage;
      const source = createSource();
      const model = createModel(source.source, { isWarned: true });
      const before = await metadata.countStandings();
      await hold({ standing: 'trusted' });
      await hold({ standing: 'trusted', aaguid: model.aaguid });
      await save(source, [model]);
      const after = await metadata.countStandings();
      expect([after.person.trusted - before.person.trusted, after.person.revoked - before.person.revoked]).toEqual([1, 1]);
      expect(await metadata.countUnjudged()).toBeGreaterThan(0);
    });
  });
}
