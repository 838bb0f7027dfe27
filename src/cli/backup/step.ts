// The outcome of a step of a restore: a refusal says everything that stands against it, and before it nothing was changed.

export type Step<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problems: readonly string[] };

export const refuseStep = (...problems: readonly string[]): { readonly ok: false; readonly problems: readonly string[] } => ({
  ok: false,
  problems,
});
