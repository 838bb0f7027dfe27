// Where a letter for each channel goes; a number becomes an address at the gateway.

import type { Mail } from '../config/config.ts';
import type { Doors } from '../domain/declared/needs.ts';

export function toDoors(mail: Mail | undefined): Doors {
  const sms = mail?.smsAddress ?? null;
  return {
    email: mail === undefined ? null : (address) => address,
    phone: sms === null ? null : (number) => sms.replace('{number}', number.slice(1)),
  };
}
