// The filters of a kept search in words, in the order of the form.

import type { CellKind } from '../../../domain/audit/questions/question.ts';
import type { AskedName } from '../../../../views/question-model.ts';
import { askedNames } from '../../../../views/question-model.ts';
import { toContent, toPlain } from './shown-cells.ts';
import type { CellWords } from './shown-cells.ts';

const kinds: { readonly [Name in AskedName]?: CellKind } = {
  agency: 'agency',
  service: 'service',
  attribute: 'attribute',
  declined: 'attribute',
  type: 'type',
  officer: 'actor',
  actor: 'actor',
  flaw: 'word',
  basis: 'word',
  sensitivity: 'word',
  'acted-by': 'word',
};

function toText(words: CellWords, name: AskedName, value: string): string {
  const kind = kinds[name];
  const parts = name === 'type' ? value.split(',') : [value];
  return kind === undefined
    ? value
    : parts.map((part) => toPlain(words, toContent(words, kind, part.trim()))).join(words.texts.t('list-comma'));
}

export function toFilterTexts(words: CellWords, query: URLSearchParams): readonly (readonly [AskedName, string])[] {
  return askedNames.flatMap((name): readonly (readonly [AskedName, string])[] => {
    const value = query.get(name);
    return value === null || value === '' ? [] : [[name, toText(words, name, value)]];
  });
}
