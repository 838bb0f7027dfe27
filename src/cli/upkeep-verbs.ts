// The verbs of whoever keeps a provider sound: look at it, copy it, bring it back.

import { findText, findTexts, gather, getWord } from './verb.ts';
import type { Verb } from './verb.ts';
import { withParts } from './with-parts.ts';

export const upkeepVerbs: readonly Verb[] = [
  {
    name: 'doctor',
    about: 'check everything a node stands on: configuration, keys, clock, database, disk, certificate, listener, log, outbox',
    options: [{ flags: '--full', about: 'read the whole log and every index of the database' }],
    printsData: true,
    run: async (given) => {
      const { runDoctor } = await import('./doctor.ts');
      return runDoctor({ file: given.config, json: given.json, depth: given.options['full'] === true ? 'full' : 'quick' });
    },
  },
  {
    name: 'backup',
    about: 'write one moment of the database to a sealed file while nodes go on, and verify it; keys are not in it',
    takes: [{ name: 'file', about: 'must not exist' }],
    printsData: true,
    run: async (given) => {
      const { runBackup } = await import('./backup.ts');
      const asked = { file: getWord(given, 0), json: given.json };
      return withParts({ file: given.config, allowsPending: false }, async (parts) => runBackup(parts, asked));
    },
  },
  {
    name: 'restore',
    about: 'make the database that a backup holds; accepted only when everything in it verifies',
    takes: [{ name: 'file', about: 'a backup' }],
    options: [
      { flags: '--replace', about: 'move the database that is there aside' },
      { flags: '--kept <file>', about: 'the newest checkpoint that was kept elsewhere; may be repeated', parse: gather },
      { flags: '--accept-loss <reason>', about: 'go on although entries are missing; the log says so for ever' },
    ],
    printsData: true,
    run: async (given) => {
      const { runRestore } = await import('./restore.ts');
      return runRestore({
        file: getWord(given, 0),
        settingsFile: given.config,
        mode: given.options['replace'] === true ? 'replace' : 'into-empty',
        kept: findTexts(given, 'kept'),
        acceptedLoss: findText(given, 'acceptLoss'),
        json: given.json,
      });
    },
  },
  {
    name: 'move',
    about: 'carry a whole installation on SQLite over to an empty PostgreSQL database while its nodes stand still, and compare every row',
    options: [
      { flags: '--to <url>', about: 'postgres://…; a password is better left to PGPASSWORD or a password file' },
      { flags: '--undo', about: 'let nodes start on the old database again; only while none has run on the new one' },
    ],
    printsData: true,
    run: async (given) => {
      const { runMove } = await import('./move.ts');
      return runMove({
        settingsFile: given.config,
        to: findText(given, 'to'),
        isUndone: given.options['undo'] === true,
        json: given.json,
      });
    },
  },
];
