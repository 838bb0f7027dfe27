// The clinics and the free times: invented, and always of the next working days.

import type { Words } from '../service/settings.ts';
import type { Language } from '../service/words.ts';

export type Clinic = { readonly id: string; readonly name: Words; readonly city: Words };

export const clinics: readonly Clinic[] = [
  { id: 'olaya', name: { ar: 'عيادة العليا', en: 'Olaya Clinic' }, city: { ar: 'الرياض', en: 'Riyadh' } },
  { id: 'rawdah', name: { ar: 'عيادة الروضة', en: 'Rawdah Clinic' }, city: { ar: 'جدة', en: 'Jeddah' } },
  { id: 'shati', name: { ar: 'عيادة الشاطئ', en: 'Shati Clinic' }, city: { ar: 'الدمام', en: 'Dammam' } },
];

const day = 24 * 60 * 60 * 1000;
const timeZone = 'Asia/Riyadh';
const offset = '+03:00';
const hours = ['09:00', '11:30', '16:15'];
const restDays: ReadonlySet<string> = new Set(['Fri', 'Sat']);

/** As ISO 8601 times. */
export function listTimes(now: number): readonly string[] {
  const weekday = new Intl.DateTimeFormat('en', { weekday: 'short', timeZone });
  const date = new Intl.DateTimeFormat('sv', { dateStyle: 'short', timeZone });
  const days = [1, 2, 3, 4, 5].map((count) => now + count * day).filter((at) => !restDays.has(weekday.format(at)));
  return hours.flatMap((hour, index) => days.slice(index, index + 1).map((at) => `${date.format(at)}T${hour}:00${offset}`));
}

export function toTimeText(time: string, language: Language): string {
  const locale = language === 'ar' ? 'ar-SA-u-ca-gregory-nu-latn' : 'en-GB';
  const options = { weekday: 'long', day: 'numeric', month: 'long', hour: 'numeric', minute: '2-digit', timeZone } as const;
  return new Intl.DateTimeFormat(locale, language === 'ar' ? { ...options, dayPeriod: 'long' } : { ...options, hour12: true }).format(
    new Date(time),
  );
}

/** In whichever language the town arrived. */
export function findNearest(city: string | undefined): Clinic | undefined {
  return city === undefined ? undefined : clinics.find((clinic) => clinic.city.ar === city || clinic.city.en === city);
}
