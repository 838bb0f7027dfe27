// `npm run check`: everything that can be said about the code without running it. One line each, and the output of whatever failed.

import { spawn } from 'node:child_process';

type Check = { readonly name: string; readonly command: string; readonly arguments: readonly string[] };

const checks: readonly Check[] = [
  { name: 'types', command: 'tsc', arguments: ['--noEmit', '--project', '.'] },
  { name: 'types of the browser script', command: 'tsc', arguments: ['--noEmit', '--project', 'tsconfig.browser.json'] },
  { name: 'lint', command: 'oxlint', arguments: [] },
  { name: 'format', command: 'oxfmt', arguments: ['--check'] },
  { name: 'dead code', command: 'knip', arguments: [] },
  { name: 'printed documents', command: process.execPath, arguments: ['docs/print/print-docs.ts', '--check'] },
  { name: 'printed table of bad input', command: process.execPath, arguments: ['tests/bad-input/print-table.ts', '--check'] },
  { name: 'lockfile of every platform', command: process.execPath, arguments: ['tests/support/complete-lock.ts', '--check'] },
  { name: 'lockfile and what is installed', command: process.execPath, arguments: ['tests/support/check-lockfile.ts'] },
  { name: 'licences and bill of materials', command: process.execPath, arguments: ['tests/support/check-packages.ts'] },
  { name: 'secrets in files', command: 'secretlint', arguments: ['--maskSecrets', '--format', 'compact', '**/*'] },
];

async function run(check: Check): Promise<boolean> {
  const startedAt = performance.now();
  const child = spawn(check.command, check.arguments, { stdio: ['ignore', 'pipe', 'pipe'] });
  const chunks: string[] = [];
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => chunks.push(chunk));
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => chunks.push(chunk));
  const code = await new Promise<number>((resolve) => {
    child.on('error', (error) => {
      chunks.push(`${error.message}\n`);
      resolve(1);
    });
    child.on('close', (status) => resolve(status ?? 1));
  });
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  console.log(`${code === 0 ? 'ok    ' : 'FAILED'}  ${check.name} (${seconds} s)`);
  if (code !== 0) {
    console.log(chunks.join(''));
  }
  return code === 0;
}

const results: boolean[] = [];
for (const check of checks) {
  results.push(await run(check));
}
process.exitCode = results.every(Boolean) ? 0 : 1;
