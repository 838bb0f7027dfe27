import { toCanonicalJson } from '../kernel/canonical.ts';
import { refuse, succeed } from '../kernel/errors.ts';
import type { Outcome } from '../kernel/errors.ts';
import { sealEvent } from '../ledger/event.ts';
import { mergeDeclared, openDeclared, sealDeclared } from '../people/declared-data.ts';
import { getPersonalData } from '../people/get-personal-data.ts';
import type { PersonalData, StoredPerson } from '../people/person.ts';
import type { DeclaredNeeds } from './needs.ts';

/** Each parsed by parsePreferredName; empty for none. */
export type PreferredNames = { readonly ar: string; readonly en: string };

const attribute = 'preferred_name';

/** With neither, the person has no preferred name, whatever the registry says. */
function toDeclared({ ar, en }: PreferredNames): PersonalData {
  if (ar === '' && en === '') {
    return { [attribute]: null };
  }
  return { ...(ar === '' ? {} : { [`${attribute}#ar`]: ar }), ...(en === '' ? {} : { [`${attribute}#en`]: en }) };
}

/** A name that is held already is no change and leaves no entry. */
export async function changePreferredName(
  needs: Omit<DeclaredNeeds, 'doors' | 'lookupKey'>,
  person: StoredPerson,
  names: PreferredNames,
): Promise<Outcome<'changed' | 'unchanged', 'store/conflict'>> {
  const held = getPersonalData(needs, person);
  const chosen = toDeclared(names);
  if (toCanonicalJson(held) === toCanonicalJson(mergeDeclared(held, chosen))) {
    return succeed('unchanged');
  }
  const others = Object.entries(openDeclared(needs, person)).filter(([key]) => key.split('#')[0] !== attribute);
  const saved = await needs.declared.saveDeclared({
    personId: person.id,
    expected: person.declared?.ciphertext ?? null,
    declared: sealDeclared(needs, person, { ...Object.fromEntries(others), ...chosen }),
    proven: null,
    event: sealEvent(needs, {
      type: 'person.changed',
      personRef: person.id,
      actor: { kind: 'person', ref: null },
      attributes: [attribute],
    }),
    messages: [],
  });
  return saved === 'saved' ? succeed('changed') : refuse('store/conflict', 'another change came first');
}
