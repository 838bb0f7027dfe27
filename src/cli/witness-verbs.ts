// The verbs of an independent witness. They read no settings of a provider.

import { findText, findTexts, gather } from './verb.ts';
import type { Verb } from './verb.ts';

const folderOption = { flags: '--dir <dir>', about: 'where it keeps its key and what it cosigned', isRequired: true } as const;

export const witnessVerbs: readonly Verb[] = [
  {
    name: 'run',
    about: 'watch over logs until it is told to stop',
    isDefault: true,
    options: [
      folderOption,
      { flags: '--listen <host:port>', about: 'where it takes checkpoints; TLS ends in a proxy in front', isRequired: true },
      { flags: '--log <key>', about: 'public key of a log, or a file that holds it; may be repeated', isRequired: true, parse: gather },
    ],
    run: async (given) => {
      const { runWitness } = await import('./witness-run.ts');
      return runWitness({ folder: findText(given, 'dir') ?? '', listen: findText(given, 'listen') ?? '', logs: findTexts(given, 'log') });
    },
  },
  {
    name: 'setup',
    about: 'make the key and the empty memory of a witness; overwrites nothing',
    options: [
      folderOption,
      {
        flags: '--name <name>',
        about: 'as the key is known: an address without https://, such as witness.court.example',
        isRequired: true,
      },
      { flags: '--url <url>', about: 'under which logs will reach it, for the line of the policy' },
    ],
    run: async (given) => {
      const { runWitnessSetup } = await import('./witness-setup.ts');
      return runWitnessSetup({ folder: findText(given, 'dir') ?? '', name: findText(given, 'name') ?? '', url: findText(given, 'url') });
    },
  },
];
