// What a monitor cries out about, and with which exit code it ends. Codes are public and never given another meaning.

/** The gravest first: where several things are wrong, the first decides the exit code. */
export const alarmCodes = {
  fork: 10,
  rewrite: 11,
  rollback: 12,
  signature: 13,
  key: 14,
  tiles: 15,
  witnesses: 20,
  stall: 21,
  silence: 22,
  unreachable: 23,
} as const;

export type AlarmName = keyof typeof alarmCodes;

export const alarmTexts: Readonly<Record<AlarmName, string>> = {
  fork: 'The key of the log signed two histories that exclude each other. Both signatures are kept as proof.',
  rewrite: 'The log of today is no continuation of the log that was seen before. Both signatures are kept as proof.',
  rollback: 'The log shows fewer entries than it showed before.',
  signature: 'What the log shows as its checkpoint is not signed by the key that has to sign it.',
  key: 'The history of the keys of the log is damaged, or is not the one that was seen before.',
  tiles: 'The published tiles are missing, or do not give the root that was signed.',
  witnesses: 'Fewer witnesses go along with the log than the policy demands.',
  stall: 'Others were shown a longer log than this monitor is.',
  silence: 'The log has not grown for as long as was said to be too long.',
  unreachable: 'The log could not be reached for as long as was said to be too long.',
};

/** A contradiction stays one, whatever the log shows afterwards. */
export const lastingAlarms: ReadonlySet<AlarmName> = new Set(['fork', 'rewrite']);

export type Alarm = {
  readonly name: AlarmName;
  readonly detail: string;
  /** Signed texts that prove it to somebody else. */
  readonly proof: readonly string[];
};

export type AlarmCode = (typeof alarmCodes)[AlarmName];

export const isAlarmName = (name: string): name is AlarmName => Object.hasOwn(alarmCodes, name);

export function toExitCode(names: readonly AlarmName[]): 0 | AlarmCode {
  const gravest = Object.keys(alarmCodes)
    .filter(isAlarmName)
    .find((name) => names.includes(name));
  return gravest === undefined ? 0 : alarmCodes[gravest];
}
