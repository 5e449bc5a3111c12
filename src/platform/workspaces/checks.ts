import { z } from 'zod';
import { KEY_SCOPES, ROLES } from '../kernel/permissions.ts';
import { MAX_PASSWORD, MIN_PASSWORD } from './vocabulary.ts';

export const role = z.enum(ROLES);
export const scope = z.enum(KEY_SCOPES);

export const emailAddress = z
  .string()
  .trim()
  .toLowerCase()
  .max(254)
  .pipe(z.email('an e-mail address, such as ada@example.com'));

export const password = z
  .string()
  .min(MIN_PASSWORD, `a password has at least ${MIN_PASSWORD} characters`)
  .max(MAX_PASSWORD, `a password has at most ${MAX_PASSWORD} characters`);

export const shownName = z.string().trim().min(1, 'a name of at least one letter').max(120);

/** Whether this time zone is known to the machine: an IANA name, such as `Europe/Ljubljana`. */
export function isZone(zone: string): boolean {
  if (!/^[A-Za-z][A-Za-z0-9_+/-]*$/.test(zone)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

/** The zone as stores spell it: `Intl` takes any letters for small and large, the facts store does not. */
function spelledZone(zone: string): string {
  if (!isZone(zone)) return zone;
  const { timeZone } = new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions();
  // A younger name (Asia/Kolkata) stays, although Intl answers with the old one.
  const isOtherName = timeZone.toLowerCase() !== zone.toLowerCase() && /^[A-Z]/.test(zone) && !/\/[a-z]/.test(zone);
  return isOtherName ? zone : timeZone;
}

/** Whether ISO 4217 knows this currency. */
export function isCurrency(currency: string): boolean {
  return /^[A-Z]{3}$/.test(currency) && Intl.supportedValuesOf('currency').includes(currency);
}

function isLocale(locale: string): boolean {
  try {
    return Intl.getCanonicalLocales(locale).length === 1;
  } catch {
    return false;
  }
}

export const zone = z
  .string()
  .max(64)
  .overwrite(spelledZone)
  .refine(isZone, 'an IANA time zone, such as Europe/Ljubljana');
export const currency = z.string().refine(isCurrency, 'a currency of ISO 4217 in capitals, such as EUR');
export const locale = z.string().max(35).refine(isLocale, 'a language of BCP 47, such as en or fa-IR');
