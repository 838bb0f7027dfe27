// The texts that the holder of a name published in the DNS. The question goes to the resolvers of this machine alone; nothing that is answered is called.

import { Resolver } from 'node:dns/promises';

const longestAnswerMs = 2500;

/** None where there are none, or where nobody answers in time. */
export async function findTexts(name: string): Promise<readonly string[]> {
  const resolver = new Resolver({ timeout: longestAnswerMs, tries: 1 });
  const records = await resolver.resolveTxt(name).catch(() => []);
  return records.map((parts) => parts.join(''));
}
