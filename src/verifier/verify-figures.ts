// Verifies the published figures of a month without a network: who signed them, that nothing stands in them which had to be hidden, and that they name the earlier
// months as somebody kept them. Whether they were counted right only the log can say; the figures name the checkpoint at which they were counted.

import { hash } from 'node:crypto';
import { findMembers } from './canonical.ts';
import { toCheck } from './check-proof.ts';
import type { Check, Trust } from './check-proof.ts';
import { findCount, findString, isObject, parseObject } from './json.ts';
import type { JsonObject } from './json.ts';
import { findJws, isSignedByOneOf } from './jws.ts';

export const figuresChecks = ['figures-form', 'figures-signature', 'issuer', 'figures-hidden', 'figures-earlier'] as const;
export type FiguresCheckName = (typeof figuresChecks)[number];

export type FiguresReport = {
  readonly format: 'huwiya-figures/1';
  readonly isValid: boolean;
  readonly trust: { readonly keys: Trust | 'none' };
  readonly checks: readonly Check<FiguresCheckName>[];
  /** Which month it is; only when the signature holds. */
  readonly said: { readonly month: string; readonly edition: number; readonly size: number } | null;
};

export type FiguresTrusted = {
  /** A JWK Set as JSON text: figures bring none of their own. */
  readonly keys?: string;
  readonly issuer?: string;
  /** Files of earlier months that somebody kept. */
  readonly kept?: readonly string[];
};

const format = 'huwiya-figures/1';

type Figures = { readonly text: string; readonly signature: string; readonly document: JsonObject };

const findObject = (object: JsonObject, name: string): JsonObject => {
  const value = object[name];
  return isObject(value) ? value : {};
};

function findDocument(text: string): JsonObject | undefined {
  const document = parseObject(text);
  return document?.['format'] === format && findString(document, 'month') !== undefined ? document : undefined;
}

/** The file is written without a space, so that the document in it is the very text that was signed. */
function findFigures(file: string): Figures | undefined {
  const text = findMembers(file.trimEnd())?.get('document') ?? '';
  const document = findDocument(text);
  const signature = findString(parseObject(file) ?? {}, 'signature');
  return document === undefined || signature === undefined ? undefined : { text, document, signature };
}

/** Whether it calls itself so, however it is written. */
export function isFigures(file: string): boolean {
  return findObject(parseObject(file) ?? {}, 'document')['format'] === format;
}

function isSigned({ text, signature }: Figures, keys: string | undefined): boolean {
  const jws = findJws(signature);
  const trusted = keys === undefined ? undefined : parseObject(keys);
  const isSame = jws?.signed.split('.')[1] === Buffer.from(text).toString('base64url');
  return jws !== undefined && trusted !== undefined && isSame && isSignedByOneOf(jws, trusted, 'huwiya-figures+jwt');
}

const findObjects = (object: JsonObject, name: string): readonly JsonObject[] | undefined => {
  const value: unknown = object[name];
  return Array.isArray(value) && value.every(isObject) ? value : undefined;
};

type Hidden = { readonly step: number; readonly below: number };

function findHidden(document: JsonObject, name: 'agencies' | 'state'): Hidden | undefined {
  const said = findObject(findObject(document, 'protection'), name);
  const [step, below] = [findCount(said, 'step'), findCount(said, 'below')];
  return step === undefined || step === 0 || below === undefined ? undefined : { step, below };
}

/** Rounded, and not smaller than what is shown at all; or how much it is less than. */
function isHidden(value: unknown, { step, below }: Hidden): boolean {
  return isObject(value)
    ? (findCount(value, 'below') ?? 0) >= below
    : Number.isSafeInteger(value) && Number(value) >= below && Number(value) % step === 0;
}

function isAllHidden(document: JsonObject): boolean {
  const [each, state, agencies] = [findHidden(document, 'agencies'), findHidden(document, 'state'), findObjects(document, 'agencies')];
  if (each === undefined || state === undefined || agencies === undefined) {
    return false;
  }
  const numbers = [...agencies.map((agency) => findObject(agency, 'figures')), findObject(document, 'total')].flatMap((figures) =>
    Object.values(figures),
  );
  const uncovered = [document['unmasked'], ...(findObjects(document, 'unmasked_by_agency') ?? []).map(({ people }) => people)];
  return numbers.length > 0 && numbers.every((value) => isHidden(value, each)) && uncovered.every((value) => isHidden(value, state));
}

/** One kept file: of the same issuer, and named with the digest that it has. */
function isNamed(document: JsonObject, file: string): boolean {
  const kept = findFigures(file);
  const digest = hash('sha256', kept?.text ?? '', 'base64url');
  const named = findObjects(document, 'earlier') ?? [];
  const isSame = ({ month, edition, digest: said }: JsonObject): boolean =>
    said === digest && month === kept?.document['month'] && edition === kept?.document['edition'];
  return kept !== undefined && kept.document['issuer'] === document['issuer'] && named.some(isSame);
}

function checkEarlier(document: JsonObject, kept: readonly string[]): Check<FiguresCheckName> {
  return kept.length === 0
    ? { name: 'figures-earlier', result: 'not-run', detail: 'no file of an earlier month was given with --kept' }
    : toCheck(
        'figures-earlier',
        kept.every((file) => isNamed(document, file)),
        'every earlier month that you kept is named with its digest',
      );
}

function checkFigures(figures: Figures, { keys, issuer, kept = [] }: FiguresTrusted): readonly Check<FiguresCheckName>[] {
  const { document } = figures;
  const said = findString(document, 'issuer');
  return [
    toCheck('figures-form', true, 'the file has the form of public figures'),
    toCheck('figures-signature', isSigned(figures, keys), 'signed by a key of the issuer, which you give with --keys'),
    toCheck('issuer', said !== undefined && (issuer === undefined || issuer === said), 'the issuer is the expected one'),
    toCheck('figures-hidden', isAllHidden(document), 'every number is rounded, and none is smaller than the file says may be shown'),
    checkEarlier(document, kept),
  ];
}

const isFine = ({ name, result }: Check<FiguresCheckName>): boolean =>
  result === 'passed' || (name === 'figures-earlier' && result === 'not-run');

/** Takes the text of the file of a month. Every check is listed in order. */
export function verifyFigures(file: string, trusted: FiguresTrusted = {}): FiguresReport {
  const figures = findFigures(file);
  const trust = { keys: trusted.keys === undefined ? ('none' as const) : ('given' as const) };
  if (figures === undefined) {
    const rest = figuresChecks.slice(1).map((name) => ({ name, result: 'not-run' as const, detail: 'the file is of no month' }));
    const checks = [toCheck('figures-form', false, 'the file does not have the form of public figures'), ...rest];
    return { format: 'huwiya-figures/1', isValid: false, trust, checks, said: null };
  }
  const checks = checkFigures(figures, trusted);
  const isSaid = checks.some(({ name, result }) => name === 'figures-signature' && result === 'passed');
  const { document } = figures;
  const size = findCount(findObject(document, 'checkpoint'), 'size') ?? 0;
  const said = { month: findString(document, 'month') ?? '', edition: findCount(document, 'edition') ?? 0, size };
  return { format: 'huwiya-figures/1', isValid: checks.every(isFine), trust, checks, said: isSaid ? said : null };
}
