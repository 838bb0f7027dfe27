// Files an operator names. That one is missing is an answer, not a defect.

import { readFileSync } from 'node:fs';

const unreadable: readonly unknown[] = ['ENOENT', 'EACCES', 'EISDIR', 'ENOTDIR', 'EPERM'];

export function isUnreadable(error: unknown): boolean {
  return error instanceof Error && 'code' in error && unreadable.includes(error.code);
}

/** `undefined` when the file is not there or may not be read. */
export function findFileText(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (isUnreadable(error)) {
      return undefined;
    }
    throw error;
  }
}
