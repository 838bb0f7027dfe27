// Rules about what may stand in a file.

import { findLines, isProduct, isScript, perFile } from './rule.ts';
import type { Rule } from './rule.ts';

/** The one file that may cast between the two dialects, beside its compile-time proof. */
export const dialectCastFile = 'src/storage/dialect.ts';

export const defaultExport: Rule = perFile('default-export', ({ path, code }) =>
  path === 'vitest.config.ts' ? [] : findLines(code, /\bexport\s+default\b|\bas\s+default\b/g),
);

const suppression =
  /@ts-(?:ignore|expect-error|nocheck)|(?:eslint|oxlint)-(?:disable|enable)|(?:prettier|oxfmt|biome|knip)-ignore|\b(?:v8|c8|istanbul) ignore/;

export const suppressionComment: Rule = perFile('suppression-comment', ({ comments }) =>
  comments.filter((comment) => suppression.test(comment)),
);

/** Renaming imports and exports (`a as b`, `* as c`) is no cast. */
function withoutClauses(code: string): string {
  return code.replace(/(?<![.\w$])(?:import|export)\s+(?:type\s+)?(?:[\w$]+\s*,\s*)?(?:\{[^}]*\}|\*\s+as\s+[\w$]+)/g, (clause) =>
    clause.replace(/[^\n]/g, ' '),
  );
}

const casts = [
  /(?<=[\w$)\]}'"`]\s+)as\s+(?!const\b)[\w${[(]+/g,
  /(?<=[:<|&,(=]\s*)any\b(?!\s*[:(.?])/g,
  /\b(?:as|extends)\s+any\b/g,
  /[\w$)\]]!(?=[.;,)\]}[\s(:])(?!\s*=)/g,
] as const;

export const cast: Rule = perFile('cast', ({ path, code }) =>
  path === dialectCastFile ? [] : casts.flatMap((pattern) => findLines(withoutClauses(code), pattern)),
);

export const environment: Rule = perFile('environment', ({ path, code, imports }) => {
  if (!isProduct(path) || path.startsWith('src/config/')) {
    return [];
  }
  const imported = imports.filter(({ specifier, clause }) => /^(?:node:)?process$/.test(specifier) && /\benv\b|^\s*[\w$*]/.test(clause));
  return [
    ...findLines(code, /\bprocess\s*(?:\??\.\s*env\b|\[)|\{[^{}]*\benv\b[^{}]*\}\s*=\s*process\b/g),
    ...imported.map(({ line }) => `line ${line}: imports it`),
  ];
});

export const moduleMock: Rule = perFile('module-mock', ({ code }) =>
  findLines(
    code,
    /\bvi\s*\.\s*(?:mock|doMock|unmock|doUnmock|hoisted|importMock|importActual|spyOn|stubGlobal|stubEnv)\b|\bmock\s*\.\s*module\b/g,
  ),
);

export const skippedTest: Rule = perFile('skipped-test', ({ path, code }) =>
  path.startsWith('tests/')
    ? findLines(
        code,
        /\b(?:test|it|describe|suite|bench)(?:\s*\.\s*\w+)*\s*\.\s*(?:skip|only|todo|fails|skipIf|runIf)\b|\b(?:xit|xtest|xdescribe|fit|fdescribe)\s*\(|\bctx\.skip\(|\bcontext\.skip\(/g,
      )
    : [],
);

const prototypeWrite =
  /[\w$.]*\.prototype\s*(?:\.\s*[\w$]+|\[[^\]]*\])\s*=(?!=)|[\w$.]*\.prototype\s*=(?!=)|\b(?:assign|defineProperty|defineProperties|setPrototypeOf)\(\s*[\w$.]+\.prototype\b|\bsetPrototypeOf\s*\(|\b__proto__\b/g;

/** The engine's own seam for hashed secrets is the only exception (ADR-0003). */
export const prototypeWrites: Rule = perFile('prototype-write', ({ path, code }) =>
  findLines(code, prototypeWrite).filter(
    (found) => !(path.startsWith('src/oidc/') && /\bClient\.prototype\.compareClientSecret\s*=$/.test(found)),
  ),
);

const physicalProperty =
  /(?<=[;{]\s*)(?:(?:margin|padding|border|inset|scroll-margin|scroll-padding)-(?:left|right|top|bottom)(?:-[a-z]+)?|left|right|top|bottom|(?:min-|max-)?(?:width|height)|border-(?:top|bottom)-(?:left|right)-radius|overflow-[xy])\s*:|(?<=[;{]\s*)(?:text-align|float|clear)\s*:\s*(?:left|right)\b/g;

export const physicalCss: Rule = perFile('physical-css', ({ path, text }) =>
  path.endsWith('.css')
    ? findLines(
        text.replace(/\/\*[^]*?\*\//g, (comment) => comment.replace(/[^\n]/g, ' ')),
        physicalProperty,
      )
    : [],
);

export const computedImport: Rule = perFile('computed-import', ({ path, code }) =>
  isScript(path) && isProduct(path) ? findLines(code, /(?<![.\w$])import\s*\(\s*(?!['"`]\s*['"`]|['"])[^)]/g) : [],
);

const heldBody = /\b(?:const|let)\s+[\w$]+\s*=\s*(?:readForm|readJson|readCeremonyAnswer)\s*\(/g;

/** A body that is read and not awaited ends the process when what is awaited before it throws: nobody hears of its own refusal. */
export const unawaitedBody: Rule = perFile('unawaited-body', ({ path, code }) => (isProduct(path) ? findLines(code, heldBody) : []));
