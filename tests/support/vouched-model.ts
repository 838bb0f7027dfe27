// A model of authenticators that the metadata of an installation vouch for, or warn of.

import { randomBytes } from 'node:crypto';
import type { Storage } from '../../src/storage/open-storage.ts';
import { createMaker } from './metadata/maker.ts';
import type { Attestor, Maker } from './metadata/maker.ts';
import { createEvent } from './store-samples.ts';

export type VouchedModel = {
  /** Of a passkey that this model makes. */
  readonly attestation: Attestor;
  /** The source warns of the model, by another edition. */
  readonly warn: () => Promise<void>;
};

type Metadata = Pick<Storage, 'metadata'>;

async function saveEdition({ metadata }: Metadata, maker: Maker, edition: { readonly number: number; readonly isWarned: boolean }) {
  const { number, isWarned } = edition;
  const source = { source: `of ${maker.aaguid}`, name: 'test', number, nextUpdate: Date.now(), digest: '', importedAt: Date.now() };
  const named = {
    source: source.source,
    aaguid: maker.aaguid,
    description: 'Key of the test',
    isListed: true,
    status: null,
    statusSince: null,
  };
  const said = { roots: [maker.root.base64], userVerification: [], keyProtection: ['hardware'], attestationTypes: ['basic_full'] };
  await metadata.saveEdition({ source, models: [{ ...named, ...said, isWarned }], event: createEvent('metadata.imported') });
}

export async function vouchForModel(storage: Metadata): Promise<VouchedModel> {
  const maker = createMaker('Maker of keys for staff', randomBytes(16));
  await saveEdition(storage, maker, { number: 1, isWarned: false });
  return { attestation: maker.packed(), warn: async () => saveEdition(storage, maker, { number: 2, isWarned: true }) };
}
