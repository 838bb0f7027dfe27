// Reads the key folder. What cannot be read counts as missing, so that all faults are reported together.

import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

import type { Checked } from './config.ts';
import { keyFileNames, optionalFileNames, parseKeys } from './keys.ts';
import type { KeyFile, Keys } from './keys.ts';

export function readKeys(folder: string): Checked<Keys> {
  return parseKeys([...keyFileNames, ...optionalFileNames].map((name) => findKeyFile(folder, name)).filter((file) => file !== undefined));
}

function findKeyFile(folder: string, name: string): KeyFile | undefined {
  const path = join(folder, name);
  try {
    return { name, text: readFileSync(path, 'utf8'), mode: statSync(path).mode & 0o777 };
  } catch {
    return undefined;
  }
}
