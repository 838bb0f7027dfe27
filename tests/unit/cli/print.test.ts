// How commands say how far they have come: to a person at a terminal, and not into a file or another program.

import { expect, test } from 'vitest';
import { createProgressBar } from '../../../src/cli/print.ts';

function draw(isTerminal: boolean): string {
  let written = '';
  const bar = createProgressBar({ isTerminal, write: (text) => void (written += text) });
  bar.draw({ label: 'entries', done: 5, total: null });
  bar.draw({ label: 'entries', done: 10, total: 30 });
  bar.end();
  return written;
}

test('a long run draws how far it is over its own line, and leaves nothing behind', () => {
  const clear = '\r\u001B[K';
  expect(draw(true)).toBe(`${clear}entries 5${clear}entries [${'#'.repeat(10)}${'.'.repeat(20)}] 10/30${clear}`);
});

test('a long run says nothing of it where no person looks', () => {
  expect(draw(false)).toBe('');
});
