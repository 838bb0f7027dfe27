import type { Random } from './ids.ts';

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Short enough to read out; no letter that is taken for another. */
export function createCaseNumber(random: Random): string {
  const letters = [...random.bytes(8)].map((byte) => alphabet.charAt(byte % alphabet.length)).join('');
  return `C-${letters.slice(0, 4)}-${letters.slice(4)}`;
}
