/** Seconds that a used assertion or proof id is remembered beyond its own life (security finding M6). */
export const replayMarginSeconds = 660;
