// The verbs of FIDO metadata.

import { findTexts, gather, getWord } from './verb.ts';
import type { Verb } from './verb.ts';
import { withContext } from './with-parts.ts';

export const mdsVerbs: readonly Verb[] = [
  {
    name: 'import',
    about: 'take in what makers say about models of passkeys: a signed BLOB of the FIDO Metadata Service, or of a national scheme',
    takes: [{ name: 'file', about: 'the BLOB' }],
    options: [{ flags: '--root <cert>', about: 'trust this root in place of FIDO’s, PEM or DER; may be repeated', parse: gather }],
    printsData: true,
    run: async (given) => {
      const { runMdsImport } = await import('./mds-import.ts');
      const options = { file: getWord(given, 0), roots: findTexts(given, 'root'), json: given.json };
      return withContext(given.config, async (context) => runMdsImport(context, options));
    },
  },
  {
    name: 'show',
    about: 'show which metadata count, when the next are due, and how passkeys stand by them',
    printsData: true,
    run: async (given) => {
      const { runMdsShow } = await import('./mds-show.ts');
      return withContext(given.config, async (context) => runMdsShow(context, { json: given.json }));
    },
  },
];
