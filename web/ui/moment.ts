/** How scripts say a moment, in the words that the pages use: `May 14, 2027, 8:20 pm`. */

/** In `zone`; without one, or where only UTC is known, in the browser's own. */
export function momentText(at: Date, zone = "", form: "all" | "clock" = "all"): string {
  const known = zone !== "" && zone !== "UTC" ? { timeZone: zone } : {};
  const day: Intl.DateTimeFormatOptions = form === "all" ? { year: "numeric", month: "long", day: "numeric" } : {};
  const language = globalThis.document?.documentElement.lang || "en";
  const format = new Intl.DateTimeFormat(language, { ...day, hour: "numeric", minute: "2-digit", ...known });
  const parts = format.formatToParts(at).map(({ type, value }) => (type === "dayPeriod" ? value.toLowerCase().replace(/[\s.]/g, "") : plain(value)));
  return parts.join("");
}

/** A span on one day names the day once. */
export function spanText(from: Date, to: Date, zone = "", joined = "–"): string {
  const [start, end] = [momentText(from, zone), momentText(to, zone)];
  if (start === end) return start;
  const [clock, later] = [momentText(from, zone, "clock"), momentText(to, zone, "clock")];
  const sameDay = start.slice(0, -clock.length) === end.slice(0, -later.length);
  return `${start} ${joined} ${sameDay ? later : end}`;
}

/** English joins day and time with "at" or a comma by the browser's age, and puts a narrow space before am and pm. */
function plain(text: string): string {
  return text.replace(/\u202f|\u00a0/g, " ").replace(/^ at $/, ", ");
}
