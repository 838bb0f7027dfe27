// `huwiya people import FILE`

import { statSync } from 'node:fs';
import { parseAttributeValues } from '../domain/attributes/parse-values.ts';
import { importPeople } from '../domain/people/import-people.ts';
import type { ImportNeeds, ImportProgress, ImportResult } from '../domain/people/import-people.ts';
import type { Context, ExitCode } from './context.ts';
import { openPeopleFile } from './files/people-file.ts';
import { isUnreadable } from './files/read-file.ts';
import { createProgressBar, printJson, printLine } from './print.ts';

export type PeopleImportOptions = { readonly file: string; readonly json: boolean };

export async function runPeopleImport(context: Context, options: PeopleImportOptions): Promise<ExitCode> {
  if (isPassing(options.file)) {
    printLine(context.err, `${options.file}: is read twice, to check and to write; save it as a file first. Nothing was changed`);
    return 1;
  }
  const bar = createProgressBar(context.err);
  const onProgress = ({ phase, done, total }: ImportProgress): void => bar.draw({ label: phase, done, total });
  try {
    const result = await importPeople(toNeeds(context, onProgress), openPeopleFile(options.file));
    bar.end();
    return report(context, options, result);
  } catch (error) {
    bar.end();
    if (isUnreadable(error)) {
      printLine(context.err, `${options.file}: cannot be read`);
      return 1;
    }
    throw error;
  }
}

/** A pipe or a terminal gives what it holds only once. */
function isPassing(file: string): boolean {
  const found = statSync(file, { throwIfNoEntry: false });
  return found !== undefined && (found.isFIFO() || found.isCharacterDevice() || found.isSocket());
}

function toNeeds({ storage, keys, clock, random }: Context, onProgress: ImportNeeds['onProgress']): ImportNeeds {
  const { encryption: dataKey, lookup: lookupKey } = keys.data;
  return { people: storage.people, dataKey, lookupKey, clock, random, parseValues: parseAttributeValues, onProgress };
}

function report({ out, err }: Context, { file, json }: PeopleImportOptions, result: ImportResult): ExitCode {
  if (!result.ok) {
    if (json) {
      printJson(out, { error: result.code, bad_lines: result.badLines });
    }
    for (const { line, reason } of result.badLines) {
      printLine(err, `line ${line}: ${reason}`);
    }
    printLine(err, `${file}: ${result.badLines.length} bad ${result.badLines.length === 1 ? 'line' : 'lines'}; nothing was changed`);
    return 1;
  }
  const { added, changed, unchanged, statusChanged } = result;
  if (added + changed + unchanged === 0) {
    printLine(err, `${file}: holds no line; nothing was changed`);
    return 1;
  }
  if (json) {
    printJson(out, { added, changed, unchanged, status_changed: statusChanged });
  } else {
    const status = statusChanged === 0 ? '' : `, status of ${statusChanged} changed`;
    printLine(out, `${added} added, ${changed} changed, ${unchanged} unchanged${status}`);
  }
  return 0;
}
