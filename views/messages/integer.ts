// The function `:integer` of the messages. That of the library makes its formats anew for every number, which took longer than the rest of the text; here each
// language has one of each. What it reads and refuses stays the library's, and so does `:integer` with options.

import { DefaultFunctions } from 'messageformat/functions';

type IntegerFunction = typeof DefaultFunctions.integer;

const options = { maximumFractionDigits: 0, style: 'decimal' } as const;

export function createInteger(locale: string, dir: 'ltr' | 'rtl'): IntegerFunction {
  const format = new Intl.NumberFormat(locale, options);
  const rules = new Intl.PluralRules(locale, options);
  return (context, asked, operand) => {
    const read = DefaultFunctions.integer(context, asked, operand);
    if (Object.keys(asked).length > 0) {
      return read;
    }
    const value = read.valueOf();
    return {
      type: 'number',
      dir,
      options,
      selectKey: (keys) => {
        const category = keys.has(String(value)) ? String(value) : rules.select(Number(value));
        return keys.has(category) ? category : null;
      },
      toParts: () => [{ type: 'number', dir, locale, parts: format.formatToParts(value) }],
      toString: () => format.format(value),
      valueOf: () => value,
    };
  };
}
