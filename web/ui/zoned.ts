/** Local times as a place's clock shows them, and back: what is typed beside "9:00 pm at your home" is meant there. */

const FIELDS: Intl.DateTimeFormatOptions = {
  hourCycle: "h23",
  year: "numeric",
  month: "2-digit",
  day: "2-digit",
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
};

/** The zone to read times in: `zone`, or the browser's own where none is known (UTC is told for "not known"). */
export function readingZone(zone: string | undefined): string {
  return zone && zone !== "UTC" ? zone : Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** `2027-05-14T20:20:00`, as a `datetime-local` field takes it. */
export function localText(at: Date, zone: string): string {
  return new Date(at.getTime() + offsetMs(at, zone)).toISOString().slice(0, 19);
}

/**
 * The moment that a `datetime-local` value names in `zone`; null for what is none. An hour that the clock shows twice is
 * the first of the two, or with `later` the second; one that it skips is read as if the clock had not been changed.
 */
export function momentOf(local: string, zone: string, later = false): Date | null {
  const asUtc = Date.parse(`${local.length === 16 ? `${local}:00` : local}Z`);
  if (Number.isNaN(asUtc)) return null;
  const day = 86_400_000;
  const offsets = [offsetMs(new Date(asUtc - day), zone), offsetMs(new Date(asUtc + day), zone)];
  const fitting = offsets
    .map((offset) => new Date(asUtc - offset))
    .filter((at) => at.getTime() + offsetMs(at, zone) === asUtc)
    .sort((a, b) => a.getTime() - b.getTime());
  return (later ? fitting.at(-1) : fitting[0]) ?? new Date(asUtc - (offsets[0] ?? 0));
}

/** How far the zone's clock is ahead of UTC at that moment. */
function offsetMs(at: Date, zone: string): number {
  const parts = new Intl.DateTimeFormat("en-US", { ...FIELDS, timeZone: zone }).formatToParts(at);
  const part = (type: string): number => Number(parts.find((each) => each.type === type)?.value);
  const shown = Date.UTC(part("year"), part("month") - 1, part("day"), part("hour"), part("minute"), part("second"));
  return shown - Math.floor(at.getTime() / 1000) * 1000;
}
