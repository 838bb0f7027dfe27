// Every row of the table of bad input that is handed to a command. The words go in where the process would take them from its command line.

import { existsSync, mkdtempSync, rmSync, writeFileSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runProgram } from '../../src/cli/program.ts';
import { runCommand } from '../support/command.ts';
import { openDatabaseFile } from '../support/open-database.ts';
import type { OpenDatabase } from '../support/open-database.ts';
import { commandRows } from './rows-commands.ts';
import type { CommandRow } from './row.ts';
import { takeSnapshot } from './snapshot.ts';

type Ended = { readonly exit: number; readonly printed: string };

const streams = [process.stdout, process.stderr];

/** Everything that is printed while `act` runs, in place of the streams of the process. */
async function capture(act: () => Promise<number>): Promise<Ended> {
  const printed: string[] = [];
  const keep = (chunk: string | Uint8Array): boolean => printed.push(String(chunk)) > 0;
  // An own property hides the method of the stream until it is taken away.
  streams.forEach((stream) => Object.defineProperty(stream, 'write', { value: keep, configurable: true }));
  try {
    return { exit: await act(), printed: printed.join('') };
  } finally {
    streams.forEach((stream) => Reflect.deleteProperty(stream, 'write'));
  }
}

describe('bad input of commands', () => {
  const folder = mkdtempSync(join(tmpdir(), 'huwiya-bad-input-'));
  const settings = join(folder, 'huwiya.env');
  let database: OpenDatabase;

  const must = async (...args: readonly string[]): Promise<void> => {
    const { exit, printed } = await capture(() => runProgram(args));
    if (exit !== 0) {
      throw new Error(`${args.join(' ')}: ${printed}`);
    }
  };

  beforeAll(async () => {
    await must('setup', '--issuer', 'http://localhost:4175', '--dir', folder);
    await must('migrate', '--config', settings);
    await must('people', 'import', 'examples/demo/people.jsonl', '--config', settings);
    await must('audit', 'verify', '--config', settings);
    database = openDatabaseFile(join(folder, 'huwiya.db'));
  });

  afterAll(() => {
    database.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const writeInput = ({ file, settings: lines }: CommandRow): { readonly file: string; readonly config: string } => {
    const written = { file: join(folder, 'input'), config: settings };
    writeFileSync(written.file, file ?? '');
    if (lines === undefined) {
      return written;
    }
    const config = join(folder, 'bad.env');
    writeFileSync(config, `${readFileSync(settings, 'utf8')}\n${lines.replaceAll('{file}', written.file)}\n`);
    return { ...written, config };
  };

  const needsSettings = ([verb = '']: readonly string[]): boolean => !['dance', 'setup', 'demo', 'receipt'].includes(verb);

  test.each(commandRows)('$id $where: $what', async (row) => {
    const { file, config } = writeInput(row);
    const before = takeSnapshot(database);
    const args = row.args.map((word) => word.replace('{file}', file).replace('{dir}', folder));
    const configured = needsSettings(args) && !args.includes('--config') ? [...args, '--config', config] : args;
    const { exit, printed } = await capture(() => runProgram(configured));
    expect({ exit, printed }).toEqual({ exit: row.exit, printed: expect.stringContaining(row.says) });
    expect(printed).not.toMatch(/internal\/unexpected|^\s+at /m);
    expect(takeSnapshot(database)).toEqual(before);
    expect(existsSync(join(folder, 'new'))).toBe(false);
  });

  test('a command in a process of its own says and ends the same', async () => {
    for (const row of commandRows.filter(({ id }) => id === 'BW-01' || id === 'BP-03')) {
      const { file, config } = writeInput(row);
      const args = row.args.map((word) => word.replace('{file}', file));
      const { code, stderr } = await runCommand(needsSettings(args) ? [...args, '--config', config] : args);
      expect({ id: row.id, code, stderr }).toEqual({ id: row.id, code: row.exit, stderr: expect.stringContaining(row.says) });
    }
  });
});
