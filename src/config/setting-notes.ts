// What is said about each setting beside its schema; docs/reference/configuration.md and .env.example are printed from it.

import { z } from 'zod';

export const settingGroups = ['identity', 'listening', 'storage', 'outbound', 'mail', 'telemetry'] as const;

export type SettingNote = {
  readonly group: (typeof settingGroups)[number];
  readonly unit: string;
  readonly sentence: string;
  readonly example: string;
  /** Absent: there is no default, and `required` says whether the setting may be left out. */
  readonly default?: string;
  readonly required: boolean;
};

export const settingNotes = z.registry<SettingNote>();
