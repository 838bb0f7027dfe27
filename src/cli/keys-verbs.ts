// The verbs of whoever looks after the keys.

import { parseOneOf } from './verb.ts';
import type { Verb } from './verb.ts';
import { withParts } from './with-parts.ts';

export const keysVerbs: readonly Verb[] = [
  {
    name: 'list',
    about: 'show which keys sign, which wait, which have ended, and what happens next',
    printsData: true,
    run: async (given) => {
      const { runKeysList } = await import('./keys-list.ts');
      return withParts({ file: given.config, allowsPending: false }, async (parts) => runKeysList(parts, { json: given.json }));
    },
  },
  {
    name: 'rotate',
    about: 'let the waiting keys sign, on every node from its next request on',
    options: [
      { flags: '--emergency', about: 'a key may be known to others: what it signed is refused within a minute' },
      { flags: '--log', about: 'the key of the log: first makes the key that follows, then lets it follow' },
      { flags: '--compromised', about: 'with --log: the key may be known to others, so it no longer signs along' },
      {
        flags: '--use <use>',
        about: 'token (default); other keys: docs/runbooks/key-rotation.md',
        parse: (text) => parseOneOf(['token'], text),
      },
    ],
    printsData: true,
    run: async (given) => {
      if (given.options['log'] === true) {
        const { runLogKeyRotate } = await import('./keys-rotate-log.ts');
        const reason = given.options['compromised'] === true ? 'compromised' : 'planned';
        return withParts({ file: given.config, allowsPending: false }, async (parts) =>
          runLogKeyRotate(parts, { reason, json: given.json }),
        );
      }
      const { runKeysRotate } = await import('./keys-rotate.ts');
      const kind = given.options['emergency'] === true ? 'emergency' : 'ordinary';
      return withParts({ file: given.config, allowsPending: false }, async (parts) => runKeysRotate(parts, { kind, json: given.json }));
    },
  },
];
