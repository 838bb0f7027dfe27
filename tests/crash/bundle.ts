// The programs that are killed, each as one file: what takes longest of a start is finding and loading a thousand files, and thousands of starts are what this is about.
// The code is the same, and so are the places that it takes itself to be at.

import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { rolldown } from 'rolldown';

const programs = {
  serve: fileURLToPath(new URL('../../src/main.ts', import.meta.url)),
  node: fileURLToPath(new URL('node.ts', import.meta.url)),
} as const;

/** `serve` is the program of an operator; `node` the one with labelled points. */
export type Form = keyof typeof programs;

const kept = fileURLToPath(new URL('../../var/crash/', import.meta.url));

/** Files beside a module are looked for where the module was. */
function keepPlaces(code: string, id: string): { readonly code: string } | undefined {
  if (!code.includes('import.meta.')) {
    return undefined;
  }
  return {
    code: code
      .replaceAll('import.meta.url', JSON.stringify(pathToFileURL(id).href))
      .replaceAll('import.meta.dirname', JSON.stringify(dirname(id))),
  };
}

type Chunk = { readonly name: string; readonly code: string };

async function bundle(): Promise<readonly Chunk[]> {
  const build = await rolldown({
    input: programs,
    platform: 'node',
    external: [/^node:/, 'better-sqlite3', 'pg-native'],
    logLevel: 'silent',
    plugins: [{ name: 'keep-places', transform: keepPlaces }],
  });
  const { output } = await build.generate({ format: 'esm', entryFileNames: '[name].mjs', chunkFileNames: '[name]-[hash].mjs' });
  await build.close();
  return output.flatMap((chunk) => (chunk.type === 'chunk' ? [{ name: chunk.fileName, code: chunk.code }] : []));
}

/** In a folder that is named after what is in it, so that runs beside each other share it and never find half of it. */
async function place(): Promise<string> {
  const chunks = await bundle();
  const folder = join(kept, createHash('sha256').update(JSON.stringify(chunks)).digest('hex').slice(0, 16));
  if (!existsSync(folder)) {
    const fresh = `${folder}.${process.pid}`;
    mkdirSync(fresh, { recursive: true });
    chunks.forEach(({ name, code }) => writeFileSync(join(fresh, name), code));
    try {
      renameSync(fresh, folder);
    } catch {
      // Another run was faster.
      rmSync(fresh, { recursive: true, force: true });
    }
  }
  return folder;
}

let placed: Promise<string> | undefined;

export async function findProgram(form: Form): Promise<string> {
  placed ??= place();
  return join(await placed, `${form}.mjs`);
}
