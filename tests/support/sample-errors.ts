// The page of every code of the catalogue, with an invented reference.

import { errorCatalogue } from '../../src/domain/kernel/errors.ts';
import type { ErrorCode } from '../../src/domain/kernel/errors.ts';
import { renderErrorPage } from '../../views/error.ts';
import type { Language } from '../../views/messages/messages.ts';
import { now } from './sample-words.ts';
import { createWorld } from './sample-world.ts';

const isErrorCode = (text: string): text is ErrorCode => Object.hasOwn(errorCatalogue, text);

export const errorCodes: readonly ErrorCode[] = Object.keys(errorCatalogue).filter(isErrorCode);

export type ErrorSample = { readonly code: ErrorCode; readonly name: string; readonly document: string };

export function renderErrorSamples(language: Language): readonly ErrorSample[] {
  const { frame } = createWorld(language);
  return errorCodes.map((code) => {
    const shown = { code, text: errorCatalogue[code].text, reference: 'H-4T7K-M2Q9', at: now, back: null };
    return { code, name: `error-${code.replace('/', '-')}`, document: renderErrorPage(frame, shown) };
  });
}
