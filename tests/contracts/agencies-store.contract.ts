// What every store of agencies promises.

import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { serviceStatuses } from '../../src/domain/agencies/agency.ts';
import type { OpenedDatabase } from '../support/opened-database.ts';
import { createAgency, createEvent, createName, createPurpose, createService, noChanges } from '../support/store-samples.ts';
import { countEntries } from './count-entries.ts';

export function describeAgenciesStore(get: () => OpenedDatabase): void {
  const save = async (changes: Partial<typeof noChanges>): Promise<void> =>
    get().storage.agencies.saveChanges({ ...noChanges, ...changes });

  describe('agencies', () => {
    it('come back with their services and current purposes exactly as they were saved', async () => {
      const { agencies } = get().storage;
      const agency = createAgency();
      const service = createService(agency.id, { metadata: { jwks: { keys: [{ kty: 'EC', x: 'ع' }] }, z: 1, a: [true, null, 0.5] } });
      const purposes = [createPurpose(service.clientId), createPurpose(service.clientId, { id: 'second', isDefault: false })];
      await save({ agencies: [agency], services: [service], purposes });
      expect(await agencies.findService(service.clientId)).toEqual({ agency, service, version: 1, purposes });
      expect(await agencies.listServices()).toContainEqual({ agency, service, version: 1, purposes });
      expect(await agencies.listAgencies()).toContainEqual(agency);
      expect(await agencies.findService(createName())).toBeUndefined();
    });

    it('say the origins of browser applications that are active, and of nothing else, from the next look on', async () => {
      const { agencies } = get().storage;
      const agency = createAgency();
      const [name, other] = [`a-${randomUUID()}`, `b-${randomUUID()}`] as const;
      const metadata = {
        token_endpoint_auth_method: 'none',
        redirect_uris: [`https://${name}.example/callback`, `https://${name}.example:8443/`],
      };
      const service = createService(agency.id, { metadata });
      const kept = createService(agency.id, { metadata: { ...metadata, redirect_uris: [`https://${other}.example/`], scope: 'none' } });
      const others = [{ token_endpoint_auth_method: 'private_key_jwt' }, { application_type: 'native' }].map((more) =>
        createService(agency.id, { metadata: { ...metadata, redirect_uris: [`https://no-${name}.example/`], ...more } }),
      );
      const listOwn = async (): Promise<readonly string[]> =>
        [...(await agencies.listBrowserOrigins())].filter((origin) => origin.includes(name)).toSorted();
      expect(await listOwn()).toEqual([]);
      await save({ agencies: [agency], services: [service, kept, ...others] });
      expect(await listOwn()).toEqual([`https://${name}.example`, `https://${name}.example:8443`]);
      await agencies.saveServiceStatus(service.clientId, 'suspended', createEvent('service.status_changed'));
      expect(await listOwn()).toEqual([]);
      expect((await agencies.listBrowserOrigins()).has(`https://${other}.example`)).toBe(true);
    });

    it('keep an older version of a purpose readable and offer only the current one', async () => {
      const { agencies } = get().storage;
      const agency = createAgency();
      const service = createService(agency.id);
      const first = createPurpose(service.clientId);
      const second = { ...first, version: 2, legalBasis: { type: 'public_task', lawRef: 'M/51' } as const };
      await save({ agencies: [agency], services: [service], purposes: [first] });
      await save({ purposes: [second] });
      expect((await agencies.findService(service.clientId))?.purposes).toEqual([second]);
      expect(await agencies.findPurposeVersion(service.clientId, first.id, 1)).toEqual(first);
      expect(await agencies.findPurposeVersion(service.clientId, first.id, 3)).toBeUndefined();
    });

    it('keep all that a purpose says: ground by kind, recipients, place, terms of access, forms', async () => {
      const { agencies } = get().storage;
      const agency = createAgency();
      const service = createService(agency.id);
      const why = { ar: 'للطباعة', en: 'For printing' };
      const purpose = createPurpose(service.clientId, {
        legalBasis: { type: 'public_task', lawRef: { ar: 'نظام العمل، المادة 51', en: 'Labour Law, article 51' } },
        basisByKind: { visitor: { type: 'consent', lawRef: null } },
        code: 'https://w3id.org/dpv#ServiceProvision',
        recipients: [{ name: { ar: 'شركة البريد', en: 'Post company' }, role: 'processor' }],
        storage: { location: { ar: 'الرياض', en: 'Riyadh' }, jurisdiction: 'SA', transfers: [{ country: 'AE', why }] },
        terms: {
          mode: 'view',
          fetch: 'once',
          maxUses: 1,
          frequency: { times: 1, per: 'P1D' },
          dataRange: { from: '2026-01-01', to: null },
        },
        verification: { attributes: ['national_id'], parts: ['time'], evidence: 'types', why },
        dpiaRef: 'DPIA-7',
        attributes: [{ name: 'national_id', necessity: 'required', why, form: 'raw' }],
      });
      await save({ agencies: [agency], services: [service], purposes: [purpose] });
      expect((await agencies.findService(service.clientId))?.purposes).toEqual([purpose]);
    });

    it('offer no purpose that was ended, and offer it again when it comes back', async () => {
      const { agencies } = get().storage;
      const agency = createAgency();
      const service = createService(agency.id);
      const purpose = createPurpose(service.clientId);
      await save({ agencies: [agency], services: [service], purposes: [purpose] });
      await save({ endedPurposes: [{ clientId: service.clientId, id: purpose.id }] });
      expect((await agencies.findService(service.clientId))?.purposes).toEqual([]);
      await save({ purposes: [{ ...purpose, version: 2 }] });
      expect((await agencies.findService(service.clientId))?.purposes).toEqual([{ ...purpose, version: 2 }]);
    });

    it('name each purpose in its newest version, also after it was ended', async () => {
      const { agencies } = get().storage;
      const agency = createAgency();
      const service = createService(agency.id);
      const first = createPurpose(service.clientId);
      const second = { ...first, version: 2, text: { ar: 'آخر', en: 'Another' } };
      const other = createPurpose(service.clientId, { id: 'a-second', isDefault: false });
      await save({ agencies: [agency], services: [service], purposes: [first, other] });
      await save({ purposes: [second] });
      await save({ endedPurposes: [{ clientId: service.clientId, id: first.id }] });
      const own = (await agencies.listPurposes()).filter(({ clientId }) => clientId === service.clientId);
      expect(own).toEqual([other, second]);
      expect(await agencies.listPurposeVersions(service.clientId)).toEqual(
        [other, first, second].toSorted((one, two) => one.id.localeCompare(two.id) || one.version - two.version),
      );
    });

    it('have one default purpose after another one was chosen, its version unchanged', async () => {
      const { agencies } = get().storage;
      const agency = createAgency();
      const service = createService(agency.id);
      const [first, second] = [createPurpose(service.clientId), createPurpose(service.clientId, { id: 'second', isDefault: false })];
      await save({ agencies: [agency], services: [service], purposes: [first, second] });
      await save({ defaultPurposes: [{ clientId: service.clientId, id: 'second' }] });
      expect((await agencies.findService(service.clientId))?.purposes).toEqual([
        { ...first, isDefault: false },
        { ...second, isDefault: true },
      ]);
    });

    it('refuse a purpose version that exists and then change nothing', async () => {
      const { agencies } = get().storage;
      const agency = createAgency();
      const service = createService(agency.id);
      const purpose = createPurpose(service.clientId);
      await save({ agencies: [agency], services: [service], purposes: [purpose] });
      const before = await countEntries(get());
      const renamed = { ...agency, registrationNumber: '7000000009' };
      const again = save({ agencies: [renamed], purposes: [{ ...purpose, retention: 'P9Y' }], events: [createEvent('agency.changed')] });
      await expect(again).rejects.toMatchObject({ code: 'store/conflict' });
      expect(await agencies.findService(service.clientId)).toEqual({ agency, service, version: 1, purposes: [purpose] });
      expect(await countEntries(get())).toBe(before);
    });

    it('keep what an agency says of itself, and the last proof of each host with its event', async () => {
      const { agencies } = get().storage;
      const agency = { ...createAgency(), organisation: { type: 'agency', address: { ar: 'الرياض', en: 'Riyadh' } } } as const;
      await save({ agencies: [agency] });
      expect(await agencies.listAgencies()).toContainEqual(agency);
      const before = await countEntries(get());
      const proof = { agencyId: agency.id, host: `${agency.id}.example`, method: 'dns', provenAt: 1 } as const;
      await agencies.saveProof(proof, createEvent('agency.host_proven'));
      await agencies.saveProof({ ...proof, method: 'https', provenAt: 2 }, createEvent('agency.host_proven'));
      const kept = (await agencies.listProofs()).filter(({ agencyId }) => agencyId === agency.id);
      expect(kept).toEqual([{ ...proof, method: 'https', provenAt: 2 }]);
      expect(await countEntries(get())).toBe(before + 2);
    });

    it('leave a version of a service with every change: as it was, since when and by which entry, without the digest of its secret', async () => {
      const { agencies } = get().storage;
      const agency = createAgency();
      const metadata = { redirect_uris: ['https://mol.example/callback'], client_secret_sha256: 'digest' };
      const service = createService(agency.id, { metadata });
      const tell = (at: number) => ({ ...createEvent('service.changed', { service: service.clientId }), at });
      const [first, second, third] = [tell(1_000), tell(2_000), tell(3_000)];
      const open = { ...service, serviceClass: 'legacy', metadata: { redirect_uris: ['https://mol.example/other'] } } as const;
      await save({ agencies: [agency], services: [service], events: [createEvent('agency.changed'), first] });
      await save({ services: [open], events: [second] });
      await agencies.saveServiceStatus(service.clientId, 'suspended', createEvent('service.status_changed'));
      await save({ services: [service], events: [third] });
      const { status: _status, ...registered } = { ...service, metadata: { redirect_uris: ['https://mol.example/callback'] } };
      const { status: _other, ...opened } = open;
      const none = { submissionId: null };
      expect(await agencies.listServiceVersions(service.clientId)).toEqual([
        { ...registered, ...none, version: 3, since: 3_000, entryId: third.id },
        { ...opened, ...none, version: 2, since: 2_000, entryId: second.id },
        { ...registered, ...none, version: 1, since: 1_000, entryId: first.id },
      ]);
      expect((await agencies.findService(service.clientId))?.version).toBe(3);
      expect(await agencies.listServiceVersions(createName())).toEqual([]);
    });

    it('change the status of a service by its own act only, together with its event', async () => {
      const { agencies } = get().storage;
      const agency = createAgency();
      const service = createService(agency.id);
      await save({ agencies: [agency], services: [service] });
      for (const status of serviceStatuses) {
        const before = await countEntries(get());
        await agencies.saveServiceStatus(service.clientId, status, createEvent('service.status_changed'));
        await save({ services: [{ ...service, sector: status }] });
        expect((await agencies.findService(service.clientId))?.service).toEqual({ ...service, status, sector: status });
        expect(await countEntries(get())).toBe(before + 1);
      }
      const unknown = agencies.saveServiceStatus(createName(), 'active', createEvent('service.status_changed'));
      await expect(unknown).rejects.toMatchObject({ code: 'agency/unknown' });
    });
  });
}
