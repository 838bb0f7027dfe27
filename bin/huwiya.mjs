#!/usr/bin/env node
// Runs under any Node: hands over to the pinned one when this one is too old for TypeScript and for the database driver.

import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import * as nodeModule from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const entry = new URL('../src/cli/main.ts', import.meta.url);
// What was compiled once is kept, by its content, beside the program and not in a folder that everybody can write. Where it cannot be kept, it is compiled anew.
const compiled = fileURLToPath(new URL('../var/compiled', import.meta.url));
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

if (major > 24 || (major === 24 && minor >= 15)) {
  nodeModule.enableCompileCache(compiled);
  await import(entry.href);
} else {
  handOver(findPinnedNode());
}

function findPinnedNode() {
  try {
    const manifest = nodeModule.createRequire(import.meta.url).resolve(`node-${process.platform}-${process.arch}/package.json`);
    return join(dirname(manifest), 'bin', 'node');
  } catch {
    return undefined;
  }
}

function handOver(node) {
  if (node === undefined) {
    console.error(
      `huwiya needs Node 24.15 or newer; this is ${process.versions.node}, and no pinned one is installed for this machine. Run "npm ci".`,
    );
    process.exit(1);
  }
  const child = spawn(node, [fileURLToPath(entry), ...process.argv.slice(2)], {
    stdio: 'inherit',
    env: { ...process.env, NODE_COMPILE_CACHE: compiled },
  });
  // A terminal sends its interrupt to both processes; passing it on would make it two, and the second means "at once".
  process.on('SIGINT', () => process.stdin.isTTY || child.kill('SIGINT'));
  const signals = ['SIGTERM', 'SIGHUP', 'SIGQUIT'];
  for (const signal of signals) {
    process.on(signal, () => child.kill(signal));
  }
  child.on('error', (error) => {
    console.error(`huwiya could not start the pinned Node: ${error.message}`);
    process.exit(1);
  });
  child.on('exit', (code, signal) => {
    process.exit(code ?? 128 + (signal === null ? 0 : constants.signals[signal]));
  });
}
