// A person gives a passkey a name, or takes it away. The entry says that it happened; the name is in no entry.

import type { KeyObject } from 'node:crypto';
import { refuse, succeed } from '../kernel/errors.ts';
import type { Outcome } from '../kernel/errors.ts';
import { sealEvent } from '../ledger/event.ts';
import type { SealNeeds } from '../ledger/event.ts';
import type { StoredPerson } from '../people/person.ts';
import { parsePasskeyName, sealPasskeyName } from './passkey-name.ts';
import type { PasskeysStore } from './store.ts';

export type RenameNeeds = SealNeeds & { readonly passkeys: Pick<PasskeysStore, 'saveName'>; readonly dataKey: KeyObject };

type Renaming = {
  readonly person: StoredPerson;
  readonly passkeyId: string;
  /** As it was typed; nothing takes the name away. */
  readonly name: string;
};

export async function renamePasskey(
  needs: RenameNeeds,
  { person, passkeyId, name }: Renaming,
): Promise<Outcome<'renamed', 'passkey/name-not-accepted' | 'passkey/gone'>> {
  const parsed = parsePasskeyName(name);
  if (!parsed.ok) {
    return parsed;
  }
  const isSaved = await needs.passkeys.saveName({
    personId: person.id,
    passkeyId,
    sealed: parsed.value === '' ? null : sealPasskeyName(needs, { person, passkeyId }, parsed.value),
    event: sealEvent(needs, { type: 'passkey.renamed', personRef: person.id, actor: { kind: 'person', ref: null } }),
  });
  return isSaved ? succeed('renamed') : refuse('passkey/gone', 'ended, or of somebody else');
}
