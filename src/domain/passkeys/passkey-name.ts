// What a person calls one of their passkeys. The words are theirs: only they see them, sealed like everything they say about themselves, and bound to the one
// passkey, so that no name stands beside another.

import type { KeyObject } from 'node:crypto';
import { refuse, succeed } from '../kernel/errors.ts';
import type { Outcome } from '../kernel/errors.ts';
import type { Random } from '../kernel/ids.ts';
import type { Person, SealedData } from '../people/person.ts';
import { sealData, unsealData } from '../people/seal-data.ts';

export const longestPasskeyName = 40;

// Letters of every script with their marks, digits, and the signs of a name such as "Sara's phone (work) #2". Nothing that steers the direction of a text or is
// not seen at all.
const pattern = /^[\p{L}\p{M}\p{N} .,'’&()/+#_-]+$/u;

/** Empty for nothing. In Unicode normal form C, with single spaces. */
export function parsePasskeyName(text: string): Outcome<string, 'passkey/name-not-accepted'> {
  const name = text.slice(0, 1000).normalize('NFC').replaceAll(/\s+/g, ' ').trim();
  const isName = name.length <= longestPasskeyName && pattern.test(name);
  return name === '' || isName ? succeed(name) : refuse('passkey/name-not-accepted', 'signs or length of the name of a passkey');
}

type Named = { readonly person: Pick<Person, 'registryDigest'>; readonly passkeyId: string };

const toOwner = ({ person, passkeyId }: Named): string => `${person.registryDigest}\npasskey-name\n${passkeyId}`;

type NameSealNeeds = { readonly dataKey: KeyObject; readonly random: Random };

export function sealPasskeyName(needs: NameSealNeeds, named: Named, name: string): SealedData {
  return sealData(needs, toOwner(named), { name });
}

export function openPasskeyName(needs: { readonly dataKey: KeyObject }, named: Named, sealed: SealedData): string {
  const { name } = unsealData(needs.dataKey, toOwner(named), sealed);
  return typeof name === 'string' ? name : '';
}
