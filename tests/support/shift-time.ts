// Time for everything in this process, the engine's library included, which looks at the wall clock by itself.

export type ShiftedTime = { readonly advance: (milliseconds: number) => void; readonly restore: () => void };

const minute = 60_000;
export const minutes = (count: number): number => count * minute;
export const hours = (count: number): number => count * 60 * minute;
export const days = (count: number): number => count * 24 * 60 * minute;

export function shiftTime(): ShiftedTime {
  const realNow = Date.now;
  let offset = 0;
  Date.now = () => realNow() + offset;
  return {
    advance: (milliseconds) => {
      offset += milliseconds;
    },
    restore: () => {
      Date.now = realNow;
    },
  };
}
