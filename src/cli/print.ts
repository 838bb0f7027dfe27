// How commands speak: tables for people, JSON for programs, one line for each thing that is wrong.

import { relative } from 'node:path';
import type { Json } from '../domain/kernel/canonical.ts';
import type { ErrorCode } from '../domain/kernel/errors.ts';
import { getErrorRow } from '../domain/kernel/errors.ts';
import type { Output } from './context.ts';

export function printJson(out: Output, value: Json): void {
  out.write(`${JSON.stringify(value, undefined, 2)}\n`);
}

export function printLine(out: Output, text: string): void {
  out.write(`${text}\n`);
}

/** The one clear line of a failure: what was asked, what is wrong, what to do. */
export function printFailure(err: Output, subject: string, code: ErrorCode): void {
  printLine(err, `${subject}: ${code}. ${getErrorRow(code).advice}`);
}

/** Short where the file is near, whole where it is not. */
export function toShownPath(path: string): string {
  const near = relative('', path);
  return near === '' || near.startsWith('..') ? path : near;
}

/** The first row is the heading. Columns are as wide as their widest cell; the last is not padded. */
export function printTable(out: Output, rows: readonly (readonly string[])[]): void {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => toWidth(row[column] ?? ''))));
  for (const row of rows) {
    const cells = row.map((cell, column) => (column === row.length - 1 ? cell : cell + ' '.repeat((widths[column] ?? 0) - toWidth(cell))));
    printLine(out, cells.join('  '));
  }
}

/** Columns a terminal needs: marks stand on their letter. */
function toWidth(text: string): number {
  return Array.from(text.replaceAll(/[\p{M}\p{Cf}]/gu, '')).length;
}

const barLength = 30;

export type Progress = { readonly label: string; readonly done: number; readonly total: number | null };

/** Draws over its own line, and only where somebody may be looking. */
export function createProgressBar(err: Output): { readonly draw: (progress: Progress) => void; readonly end: () => void } {
  let isDrawn = false;
  return {
    draw: (progress) => {
      if (err.isTerminal) {
        isDrawn = true;
        err.write(`\r\u001B[K${toBar(progress)}`);
      }
    },
    end: () => {
      if (isDrawn) {
        err.write('\r\u001B[K');
      }
    },
  };
}

function toBar({ label, done, total }: Progress): string {
  if (total === null || total === 0) {
    return `${label} ${done}`;
  }
  const filled = Math.round((done / total) * barLength);
  return `${label} [${'#'.repeat(filled)}${'.'.repeat(barLength - filled)}] ${done}/${total}`;
}
