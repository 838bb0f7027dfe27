// What every use case of this folder takes from outside. Ceremonies are kept where those of persons are, told apart by their purpose.

import type { CeremonyNeeds } from '../passkeys/ceremony.ts';
import type { RelyingParty } from '../passkeys/relying-party.ts';
import type { MetadataStore } from '../metadata/store.ts';
import type { StaffRule } from './passkey-rule.ts';
import type { StaffStore } from './store.ts';

export type StaffNeeds = CeremonyNeeds & {
  readonly staff: StaffStore;
  readonly relyingParty: RelyingParty;
  readonly metadata: Pick<MetadataStore, 'findModels' | 'listSources'>;
  readonly staffRule: StaffRule;
};
