// The port that storage implements for metadata, and for how every passkey stands by them.

import type { Millis } from '../kernel/clock.ts';
import type { SealedEvent } from '../ledger/event.ts';
import type { MetadataSource, Model } from './model.ts';

export type Edition = {
  readonly source: MetadataSource;
  readonly models: readonly Model[];
  readonly event: SealedEvent;
};

/** A passkey, of a person or an officer, that was last judged by older metadata of its model. */
export type Unjudged = {
  readonly id: string;
  readonly holder: 'person' | 'officer';
  readonly aaguid: string;
  readonly attestation: string;
  readonly isStatementVerified: boolean;
  readonly createdAt: Millis;
  readonly version: number;
};

export type Judged = Pick<Unjudged, 'id' | 'holder' | 'version'> & { readonly isTrusted: boolean };

/** How many passkeys that have not ended stand how. */
export type StandingCounts = Readonly<Record<'person' | 'officer', Readonly<Record<'trusted' | 'unknown' | 'revoked', number>>>>;

export type MetadataStore = {
  readonly listSources: () => Promise<readonly MetadataSource[]>;
  readonly listModels: () => Promise<readonly Model[]>;
  /** What every source says of a model, listed or not. */
  readonly findModels: (aaguid: string) => Promise<readonly Model[]>;
  /**
   * Replaces what the source said before, keeps models that it no longer lists as such, and appends the event, in ONE atomic act. From that moment on every
   * read of a passkey MUST say `revoked` where any source warns of its model. `older`, and nothing changed, unless the number grows.
   */
  readonly saveEdition: (edition: Edition) => Promise<'saved' | 'older'>;
  /** Passkeys whose model changed since they were judged, at most `limit`. */
  readonly listUnjudged: (limit: number) => Promise<readonly Unjudged[]>;
  readonly countUnjudged: () => Promise<number>;
  readonly saveJudged: (judged: readonly Judged[]) => Promise<void>;
  readonly countStandings: () => Promise<StandingCounts>;
};
