// The newest witnessed checkpoint in a file beside the policy: outside the database, so that a database put back to yesterday does not take it along.
// Written whole or not at all.

import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

export type WitnessedHeadFile = {
  /** `undefined` where there is none. */
  readonly read: () => string | undefined;
  readonly write: (text: string) => void;
};

function isAbsent(thrown: unknown): boolean {
  return thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT';
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (thrown) {
    if (isAbsent(thrown)) {
      return undefined;
    }
    throw thrown;
  }
}

function syncFolder(path: string): void {
  const folder = openSync(dirname(path), 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

function replaceText(path: string, text: string): void {
  const next = `${path}.part-${process.pid}`;
  const file = openSync(next, 'w', 0o600);
  try {
    writeSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(next, path);
  syncFolder(path);
}

export function createWitnessedHeadFile(path: string): WitnessedHeadFile {
  let last = '';
  return {
    read: () => readText(path),
    write: (text) => {
      if (text !== last) {
        replaceText(path, text);
        last = text;
      }
    },
  };
}
