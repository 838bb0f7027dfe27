// Levels of a sign-in: what a passkey reaches, what a service demands, what a record was decided with (decision 7).

export const levels = ['substantial', 'high'] as const;
export type Level = (typeof levels)[number];

/** As services see them (`acr`). */
export const levelNames: Readonly<Record<Level, string>> = { substantial: 'urn:huwiya:loa:substantial', high: 'urn:huwiya:loa:high' };
