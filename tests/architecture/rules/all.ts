import { cycle, engineInside, importMatrix, oneWebauthnFile, rawHtml, thirdParty, unknownZone } from './imports.ts';
import { commentShare, fileLength, forbiddenName, indexFile, sizeBudget } from './shape.ts';
import {
  cast,
  computedImport,
  defaultExport,
  environment,
  moduleMock,
  physicalCss,
  prototypeWrites,
  skippedTest,
  suppressionComment,
  unawaitedBody,
} from './text.ts';

/** Every rule by its name. */
export const rules = {
  'import-matrix': importMatrix,
  'unknown-zone': unknownZone,
  'third-party': thirdParty,
  'one-webauthn-file': oneWebauthnFile,
  'engine-inside': engineInside,
  'raw-html': rawHtml,
  cycle,
  'file-length': fileLength,
  'index-file': indexFile,
  'forbidden-name': forbiddenName,
  'size-budget': sizeBudget,
  'comment-share': commentShare,
  'default-export': defaultExport,
  'suppression-comment': suppressionComment,
  cast,
  environment,
  'module-mock': moduleMock,
  'skipped-test': skippedTest,
  'prototype-write': prototypeWrites,
  'physical-css': physicalCss,
  'computed-import': computedImport,
  'unawaited-body': unawaitedBody,
} as const;

export type RuleName = keyof typeof rules;
