// What the page /verify needs: the keys it carries and the texts it holds inside.

import type { Language } from './messages/messages.ts';

export type VerifyPage = {
  /** The issuer's address, whose receipts and log the carried keys are for. */
  readonly issuer: string;
  /** The log's verifier key as text. */
  readonly logKey: string;
  /** The statements by which it changed its key, oldest first; receipts from before are checked with the key of their time. */
  readonly changes: readonly string[];
  /** The receipt keys as JSON text of a JWK Set. */
  readonly keys: string;
  /** The words for each attribute, by its name. */
  readonly labels: Readonly<Record<Language, Readonly<Record<string, string>>>>;
  /** The content security policy for the file itself; it names the digests of `style` and `script`. */
  readonly policy: string;
  readonly style: string;
  readonly script: string;
};
