// The server's side of child.ts: says that it listens, tells what it has used, profiles itself when asked, stops when told.

import { writeFile } from 'node:fs/promises';
import { Session } from 'node:inspector/promises';

export type Serving = { readonly commits: () => number; readonly tidy: () => void; readonly stop: () => Promise<void> };

const profiler = new Session();

async function startProfile(): Promise<void> {
  profiler.connect();
  await profiler.post('Profiler.enable');
  await profiler.post('Profiler.start');
}

async function writeProfile(file: string): Promise<void> {
  const { profile } = await profiler.post('Profiler.stop');
  profiler.disconnect();
  await writeFile(file, JSON.stringify(profile));
}

/** A question is a word, or the file that a profile goes to. */
async function answer(serving: Serving, question: string): Promise<void> {
  if (question === 'stop') {
    await serving.stop();
    process.disconnect();
    return;
  }
  if (question === 'tidy') {
    serving.tidy();
  } else if (question === 'profile') {
    await startProfile();
  } else if (question !== 'usage') {
    await writeProfile(question);
  }
  const { user, system } = process.cpuUsage();
  process.send?.({ cpuMicros: user + system, commits: serving.commits() });
}

export function answerParent(serving: Serving): void {
  process.on('message', (question) => {
    void answer(serving, String(question));
  });
  process.send?.('listening');
}
