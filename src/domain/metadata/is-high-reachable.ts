// Whether anybody can reach the level `high` here at all: without metadata nobody vouches for any model, and a key that somebody fetches would help them nothing.

import type { MetadataStore } from './store.ts';

type ReachNeeds = { readonly metadata: Pick<MetadataStore, 'listSources'> };

export async function isHighReachable({ metadata }: ReachNeeds): Promise<boolean> {
  return (await metadata.listSources()).length > 0;
}
