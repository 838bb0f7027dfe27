// Taking in an edition of metadata. What a source warns of counts from the commit on; passkeys that may now be trusted are judged afterwards.

import type { Clock } from '../kernel/clock.ts';
import { toTimestamp } from '../kernel/clock.ts';
import { refuse, succeed } from '../kernel/errors.ts';
import type { Outcome } from '../kernel/errors.ts';
import type { Random } from '../kernel/ids.ts';
import { sealEvent } from '../ledger/event.ts';
import type { Actor, SealedEvent } from '../ledger/event.ts';
import type { MetadataSource, Model } from './model.ts';
import type { MetadataStore } from './store.ts';

export type ImportNeeds = {
  readonly metadata: Pick<MetadataStore, 'listSources' | 'listModels' | 'saveEdition'>;
  readonly clock: Clock;
  readonly random: Random;
  readonly actor: Actor;
};

export type ReadEdition = {
  readonly source: Omit<MetadataSource, 'importedAt'>;
  readonly models: readonly Omit<Model, 'source'>[];
  /** Entries that could not be read. */
  readonly badCount: number;
};

export type Imported = {
  /** `unchanged`: this number is there already. */
  readonly result: 'imported' | 'unchanged' | 'contradicted';
  readonly models: number;
  readonly added: number;
  readonly gone: number;
  /** The models that the source warns of, and did not before. */
  readonly warned: readonly string[];
};

/** The same number again changes nothing; with other content it is `contradicted`, which a source should be asked about. */
export async function importMetadata(needs: ImportNeeds, edition: ReadEdition): Promise<Outcome<Imported, 'metadata/older'>> {
  const { source, number, digest } = edition.source;
  const known = (await needs.metadata.listSources()).find((other) => other.source === source);
  const nothing = { models: edition.models.length, added: 0, gone: 0, warned: [] };
  if (known !== undefined && known.number === number) {
    return succeed({ ...nothing, result: known.digest === digest ? 'unchanged' : 'contradicted' });
  }
  if (known !== undefined && known.number > number) {
    return refuse('metadata/older', `number ${known.number} is there already, this is ${number}`);
  }
  const before = (await needs.metadata.listModels()).filter((model) => model.source === source);
  const imported = { result: 'imported', models: edition.models.length, ...compare(before, edition.models) } as const;
  const models = edition.models.map((model) => ({ ...model, source }));
  const saved = await needs.metadata.saveEdition({
    source: { ...edition.source, importedAt: needs.clock.now() },
    models,
    event: sealImported(needs, edition, imported),
  });
  return saved === 'saved' ? succeed(imported) : refuse('metadata/older', 'another import of this source came first');
}

function compare(before: readonly Model[], models: ReadEdition['models']): Pick<Imported, 'added' | 'gone' | 'warned'> {
  const listed = before.filter(({ isListed }) => isListed);
  const names = new Set(models.map(({ aaguid }) => aaguid));
  const warnedBefore = new Set(before.filter(({ isWarned }) => isWarned).map(({ aaguid }) => aaguid));
  return {
    added: models.filter(({ aaguid }) => !listed.some((model) => model.aaguid === aaguid)).length,
    gone: listed.filter(({ aaguid }) => !names.has(aaguid)).length,
    warned: models.filter(({ aaguid, isWarned }) => isWarned && !warnedBefore.has(aaguid)).map(({ aaguid }) => aaguid),
  };
}

function sealImported(needs: ImportNeeds, { source, badCount }: ReadEdition, { models, added, gone, warned }: Imported): SealedEvent {
  return sealEvent(needs, {
    type: 'metadata.imported',
    personRef: null,
    actor: needs.actor,
    payload: {
      source: source.source,
      number: source.number,
      next_update: toTimestamp(source.nextUpdate).slice(0, 10),
      digest: source.digest,
      models,
      added,
      gone,
      bad: badCount,
      warned: [...warned],
    },
  });
}
