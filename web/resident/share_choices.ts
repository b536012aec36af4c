/** What the owner ticks: nothing is ticked for them, and what is not ticked is not shown. */
import type { Shown } from "../vault/receipt";

export interface Choices {
  days: number;
  shown: Shown;
  keep: boolean;
}

/** The form's answers, or the names of the fields that need one. */
export function choicesIn(form: HTMLFormElement): Choices | { missing: string[] } {
  const data = new FormData(form);
  const text = (name: string): string => String(data.get(name) ?? "").trim();
  const shown: Shown = {};
  const missing: string[] = [];
  const needed = (name: string): string => {
    if (!text(name)) missing.push(name);
    return text(name);
  };
  if (data.get("show_name")) shown.name = needed("name");
  if (data.get("show_contact")) shown.contact = needed("contact");
  const place = text("place");
  if (place === "block" || place === "exact") shown.place = { kind: place, text: needed(`${place}_text`) };
  const days = Number(data.get("days"));
  if (!Number.isInteger(days) || days < 1) missing.push("days");
  return missing.length > 0 ? { missing } : { days, shown, keep: data.get("keep") !== null };
}

/** `1423 Mill Street, Alder Falls` as its block: `1400 block of Mill Street`. Empty where there is no number. */
export function blockOf(address: string, pattern: string, first: string): string {
  const found = /^\s*(\d+)\S*\s+([^,]+)/.exec(address);
  if (!found) return "";
  const hundred = Math.floor(Number(found[1]) / 100) * 100;
  const street = (found[2] ?? "").trim();
  return hundred === 0 ? first.replace("{street}", street) : pattern.replace("{number}", String(hundred)).replace("{street}", street);
}
