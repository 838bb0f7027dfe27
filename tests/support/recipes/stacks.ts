// What each recipe of docs/guides/recipes needs to be built and run: the commands of its page, in a copy of its folder. None of it is part of the tests, because all of
// it downloads.

import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export type Class = 'legacy' | 'standard';

export type Command = { readonly program: string; readonly args: readonly string[]; readonly env?: Readonly<Record<string, string>> };

export type Stack = {
  readonly classes: readonly Class[];
  /** Without these nothing of it runs here. */
  readonly tools: readonly string[];
  /** False where the library leaves refresh to its users, and the recipe too. */
  readonly showsRefresh?: boolean;
  readonly build: readonly Command[];
  /** `folder` is the copy. */
  readonly run: (folder: string) => Command;
};

const both = ['legacy', 'standard'] as const;

const modules = process.env['APACHE_MODULES'] ?? '/usr/lib/apache2/modules';
const loaded = ['mpm_event', 'authn_core', 'authz_core', 'authz_user', 'alias', 'dir', 'include', 'mime', 'auth_openidc'];

/** On Debian `a2enmod` and /etc/apache2/apache2.conf do this. */
function writeApacheRoot(folder: string): string {
  const lines = [
    `ServerRoot "${folder}"`,
    `PidFile "${folder}/apache.pid"`,
    `ErrorLog "${folder}/error.log"`,
    `Mutex file:${folder} default`,
    'TypesConfig /dev/null',
    ...loaded.map((name) => `LoadModule ${name}_module ${modules}/mod_${name}.so`),
    `Include "${folder}/huwiya.conf"`,
  ];
  const file = join(folder, 'apache.conf');
  writeFileSync(file, `${lines.join('\n')}\n`);
  return file;
}

export const stacks: Readonly<Record<string, Stack>> = {
  node: { classes: both, tools: [], build: [], run: () => ({ program: process.execPath, args: ['service.ts'] }) },
  python: {
    classes: both,
    tools: ['python3'],
    build: [
      { program: 'python3', args: ['-m', 'venv', '.venv'] },
      { program: '.venv/bin/pip', args: ['install', '--quiet', '--requirement', 'requirements.txt'] },
    ],
    run: () => ({ program: '.venv/bin/python', args: ['service.py'] }),
  },
  java: {
    classes: both,
    tools: ['java', 'mvn'],
    build: [{ program: 'mvn', args: ['--quiet', '--batch-mode', 'package'] }],
    run: () => ({ program: 'java', args: ['-jar', 'target/service.jar'] }),
  },
  go: {
    classes: both,
    tools: ['go'],
    build: [{ program: 'go', args: ['build', '-o', 'service', '.'] }],
    run: () => ({ program: './service', args: [] }),
  },
  php: {
    classes: ['legacy'],
    tools: ['php', 'composer'],
    build: [{ program: 'composer', args: ['install', '--quiet'] }],
    run: () => ({ program: 'sh', args: ['-c', 'exec php -S "127.0.0.1:$PORT" service.php'] }),
  },
  dotnet: {
    classes: both,
    tools: ['dotnet'],
    showsRefresh: false,
    build: [{ program: 'dotnet', args: ['build', '--output', 'built'] }],
    run: () => ({ program: 'dotnet', args: ['built/Service.dll'] }),
  },
  apache: {
    classes: ['legacy'],
    tools: ['apache2'],
    build: [],
    run: (folder) => ({
      program: 'apache2',
      args: ['-X', '-f', writeApacheRoot(folder)],
      env: { ROOT: join(folder, 'pages'), PASSPHRASE: 'for-this-walk-alone' },
    }),
  },
};

/** The first tool that is nowhere on the path. */
export function findMissingTool({ tools }: Stack): string | undefined {
  const places = (process.env['PATH'] ?? '').split(':');
  return tools.find((tool) => !places.some((place) => existsSync(join(place, tool))));
}
