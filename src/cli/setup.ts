// `huwiya setup --issuer URL [--dir DIR]`

import { writeSetup } from '../config/write-setup.ts';
import type { ExitCode } from './context.ts';
import { printJson, printLine, toShownPath } from './print.ts';
import { printFaults, standardErr, standardOut } from './with-parts.ts';

export type SetupOptions = { readonly issuer: string; readonly folder: string; readonly json: boolean };

export async function runSetup({ issuer, folder, json }: SetupOptions): Promise<ExitCode> {
  const written = writeSetup({ issuer, folder });
  if (!written.ok) {
    printFaults(standardErr, written.faults, 'Nothing was written');
    return 1;
  }
  const { settingsFile, keysFolder } = written.value;
  if (json) {
    printJson(standardOut, { settings: settingsFile, keys: keysFolder });
    return 0;
  }
  const file = toShownPath(settingsFile);
  printLine(standardOut, `settings  ${settingsFile}`);
  printLine(standardOut, `keys      ${keysFolder} (keep a copy apart from the database)`);
  printLine(standardOut, `next      npx huwiya migrate --config ${file}`);
  printLine(standardOut, `then      npx huwiya serve --config ${file}`);
  return 0;
}
