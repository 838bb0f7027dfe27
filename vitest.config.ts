// How the tests run. Everything runs on the pinned Node: a test on another version would prove something about another product.

import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { BaseSequencer } from 'vitest/node';
import type { TestSpecification } from 'vitest/node';

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 24 || (major === 24 && minor < 15)) {
  throw new Error(
    `Huwiya needs Node 24.15 or newer, this is ${process.versions.node}. Start the tests with "npm test", which uses the pinned one.`,
  );
}

// Tests start many processes of the product; each of them finds what was compiled before.
process.env['NODE_COMPILE_CACHE'] ??= fileURLToPath(new URL('./var/compiled', import.meta.url));

// A run of everything leaves its results for `npm run cases`; one of a few files does not, because it would take away what is known of all others.
const isWhole = process.argv.slice(2).join(' ') === 'run';

/**
 * The files that take longest, the longest first. Where nothing is known of an earlier run, the test runner begins with the longest text; but these call what is written
 * elsewhere and are short. They begin first, so that no worker is left alone with one of them at the end. What is missing here only begins later.
 */
const longest = [
  'crash/crash',
  'journeys/pages',
  'bad-input/web',
  'protocol/postgres-races',
  'journeys/whole-path',
  'journeys/budget',
  'journeys/operator',
  'protocol/races',
  'protocol/seed',
  'contracts/postgres',
  'journeys/auditor',
  'journeys/own-affairs',
  'journeys/keyboard',
  'journeys/relying-parties',
  'contracts/races',
  'journeys/authenticators',
  'contracts/sqlite',
  'protocol/backup-drill',
  'protocol/graceful-stop',
  'protocol/consent-walk',
  'journeys/verified-claims',
];

function toPlace({ moduleId }: TestSpecification): number {
  const place = longest.findIndex((name) => moduleId.endsWith(`/tests/${name}.test.ts`));
  return place === -1 ? longest.length : place;
}

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return sorted.toSorted((a, b) => toPlace(a) - toPlace(b));
  }
}

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    pool: 'forks',
    // One more than the machine that this is measured on has cores: much of a test is waiting, for a browser, a disk or a moment. 556 s in place of 730.
    maxWorkers: 3,
    // Files share a process and what it has loaded: loading the product anew for each of them was a sixth of the whole time.
    isolate: false,
    // Generous, because a test that a busy machine cuts off says nothing about the product.
    testTimeout: 120_000,
    hookTimeout: 180_000,
    sequence: { sequencer: LongestFirst },
    allowOnly: false,
    expect: { requireAssertions: true, poll: { timeout: 30_000 } },
    reporters: isWhole ? ['default', ['json', { outputFile: 'var/test-results.json' }]] : ['default'],
    globalSetup: ['tests/support/not-collected.ts', 'tests/support/in-memory.ts'],
  },
});
