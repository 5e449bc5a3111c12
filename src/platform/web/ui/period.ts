/** Days as `YYYY-MM-DD`; a period is its first day and the first day after it. */
export interface ReadyPeriod {
  readonly key: 'days30' | 'days90' | 'months12' | 'thisYear' | 'lastYear';
  readonly from: string;
  readonly to: string;
}

/** The day it is in a time zone. */
export function today(zone: string, now: Date = new Date()): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(
    now,
  );
}

export function addDays(day: string, days: number): string {
  const at = new Date(`${day}T00:00:00Z`);
  if (Number.isNaN(at.getTime())) return day;
  at.setUTCDate(at.getUTCDate() + days);
  return at.toISOString().slice(0, 10);
}

/** The periods a reader asks for most, ending with today. */
export function lastPeriods(now: string): readonly ReadyPeriod[] {
  const tomorrow = addDays(now, 1);
  const year = Number(now.slice(0, 4));
  return [
    { key: 'days30', from: addDays(tomorrow, -30), to: tomorrow },
    { key: 'days90', from: addDays(tomorrow, -90), to: tomorrow },
    { key: 'months12', from: addDays(tomorrow, -365), to: tomorrow },
    { key: 'thisYear', from: `${year}-01-01`, to: tomorrow },
    { key: 'lastYear', from: `${year - 1}-01-01`, to: `${year}-01-01` },
  ];
}

/** The period of the same length before; undefined where the period has no bounds. */
export function periodBefore(
  from: string | undefined,
  to: string | undefined,
): { from: string; to: string } | undefined {
  if (from === undefined || to === undefined) return undefined;
  const days = Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
  return days > 0 ? { from: addDays(from, -days), to: from } : undefined;
}
