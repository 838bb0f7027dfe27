// What drivers of both databases take and give.

export type Value = string | number | boolean | null;

export type Row = Readonly<Record<string, unknown>>;
