// The verbs of records: ends that are not the person's.

import { findText, getWord } from './verb.ts';
import type { Verb } from './verb.ts';
import { withContext } from './with-parts.ts';

function createEnd(end: 'revoke' | 'invalidate', about: string): Verb {
  return {
    name: end,
    about,
    takes: [{ name: 'record', about: 'id of the record, as in its entries' }],
    options: [
      { flags: '--reason <text>', about: 'why, in words that name nobody; it stands in the record for good', isRequired: true },
      { flags: '--reference <text>', about: 'the order, article or case that it rests on', isRequired: true },
    ],
    printsData: true,
    run: async (given) => {
      const { runConsentsEnd } = await import('./consents-end.ts');
      const { json } = given;
      const asked = {
        record: getWord(given, 0),
        end,
        reason: findText(given, 'reason') ?? '',
        reference: findText(given, 'reference') ?? '',
        json,
      };
      return withContext(given.config, async (context) => runConsentsEnd(context, asked));
    },
  };
}

export const consentsVerbs: readonly Verb[] = [
  createEnd('revoke', 'end what stands, by order of an authority; nothing is released under it from then on'),
  createEnd('invalidate', 'declare that a record never was valid, by order of a court or an authority'),
];
