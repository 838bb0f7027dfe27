// Texts that an operator enters and that stay: in records, receipts and the log for good, or before a person's eyes.

/** In characters. */
export const longestSayable = 500;

/** Neither empty nor a book. */
export function isSayable(text: string): boolean {
  return text.trim() !== '' && text.length <= longestSayable;
}
