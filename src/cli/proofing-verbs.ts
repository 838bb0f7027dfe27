// The verbs of whose statements about people are taken.

import { getWord } from './verb.ts';
import type { Verb } from './verb.ts';
import { withContext } from './with-parts.ts';

export const proofingVerbs: readonly Verb[] = [
  {
    name: 'trust',
    about:
      'take signed statements of a registry or provider, as its file says; a file of the same issuer takes the place of the one before',
    takes: [{ name: 'file', about: 'JSON: issuer, name, jwks, trust_framework, assurance_levels, check_methods, high_methods' }],
    printsData: true,
    run: async (given) => {
      const { runProofingTrust } = await import('./proofing-trust.ts');
      return withContext(given.config, async (context) => runProofingTrust(context, { file: getWord(given, 0), json: given.json }));
    },
  },
  {
    name: 'list',
    about: 'show whose statements are taken, what they may state, and whose were',
    printsData: true,
    run: async (given) => {
      const { runProofingList } = await import('./proofing-list.ts');
      return withContext(given.config, async (context) => runProofingList(context, { json: given.json }));
    },
  },
  {
    name: 'end',
    about: 'take no statement of an issuer any more, from the next one on',
    takes: [{ name: 'issuer', about: 'as list prints it' }],
    printsData: true,
    run: async (given) => {
      const { runProofingEnd } = await import('./proofing-end.ts');
      return withContext(given.config, async (context) => runProofingEnd(context, { issuer: getWord(given, 0), json: given.json }));
    },
  },
];
