// The words of a rule, for pages and for the command alike.

import type { TraceRule } from '../src/domain/traces/rules.ts';
import { arTraceRules } from './messages/ar-trace-rules.ts';
import { enTraceRules } from './messages/en-trace-rules.ts';
import type { RuleWords } from './messages/en-trace-rules.ts';
import type { Language } from './messages/messages.ts';

const words = { ar: arTraceRules, en: enTraceRules } as const;

export function toRuleWords(language: Language, rule: TraceRule): RuleWords {
  return words[language][rule];
}
