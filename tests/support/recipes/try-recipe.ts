// `npm run recipes -- STACK`: builds one recipe in a copy of its folder, runs it against a fresh provider, and walks it with a software authenticator, once for each
// class that its page shows. `npm run recipes` alone names the stacks and what is missing here.

import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { createWorld, findFreePort } from '../world.ts';
import { register } from './register.ts';
import { findMissingTool, stacks } from './stacks.ts';
import type { Class, Command, Stack } from './stacks.ts';
import { walkRecipe } from './walk-recipe.ts';

const project = fileURLToPath(new URL('../../../', import.meta.url));

function start({ program, args, env }: Command, cwd: string): ChildProcess {
  return spawn(program, args, { cwd, env: { ...process.env, ...env }, stdio: ['ignore', 'inherit', 'inherit'] });
}

async function waitForEnd(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve(code ?? -1));
  });
}

async function build(stack: Stack, folder: string): Promise<void> {
  for (const command of stack.build) {
    const code = await waitForEnd(start(command, folder));
    if (code !== 0) {
      throw new Error(`${command.program} ${command.args.join(' ')} ended with ${code}`);
    }
  }
}

async function waitUntilOpen(origin: string, child: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 1200; tries += 1) {
    const isOpen = await fetch(`${origin}/`).then(
      () => true,
      () => false,
    );
    if (isOpen) {
      return;
    }
    if (child.exitCode !== null) {
      break;
    }
    await sleep(100);
  }
  throw new Error('the service does not start');
}

async function walk(stack: Stack, folder: string, serviceClass: Class): Promise<void> {
  const world = await createWorld();
  const port = await findFreePort();
  const origin = `http://localhost:${port}`;
  const told = await register(world, { folder, port, serviceClass });
  const command = stack.run(folder);
  const child = start({ ...command, env: { ISSUER: world.issuer, PORT: String(port), ...told, ...command.env } }, folder);
  const ended = waitForEnd(child);
  try {
    await waitUntilOpen(origin, child);
    const steps = await walkRecipe(world, origin, stack.showsRefresh);
    process.stdout.write([`class ${serviceClass}`, ...steps.map((step) => `  ok  ${step}`), ''].join('\n'));
  } finally {
    // Apache in the foreground takes its time over anything gentler.
    child.kill('SIGKILL');
    await ended;
    await world.close();
  }
}

async function tryStack(name: string, stack: Stack): Promise<void> {
  // Inside the project, so that the recipe for Node finds its library.
  const folder = join(project, 'var', 'recipes', name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  cpSync(join(project, 'examples', 'recipes', name), folder, { recursive: true });
  await build(stack, folder);
  for (const serviceClass of stack.classes) {
    await walk(stack, folder, serviceClass);
  }
}

const [, , name = ''] = process.argv;
const stack = stacks[name];
const missing = stack === undefined ? undefined : findMissingTool(stack);
if (stack === undefined) {
  Object.entries(stacks).forEach(([each, known]) => {
    const lacks = findMissingTool(known);
    process.stdout.write(
      `${each.padEnd(8)}${lacks === undefined ? 'can be tried here' : `cannot be tried here: ${lacks} is not installed`}\n`,
    );
  });
  process.exitCode = name === '' ? 0 : 1;
} else if (missing === undefined) {
  await tryStack(name, stack);
} else {
  process.stdout.write(`NOT TRIED  ${name}: ${missing} is not installed\n`);
  process.exitCode = 1;
}
