/** What stands in the opened envelope, put on the page: only what the owner ticked, and when the clip was made. */
import type { Envelope } from "../vault/envelope";
import type { Manifest } from "../vault/manifest";
import { momentText, spanText } from "../ui/moment";
import { type Texts, fill, find } from "./shared_page";

/** The clip's own time, or that nobody knows it. */
export function titleOf(manifest: Manifest, texts: Texts): string {
  return manifest.starts_at === null ? fill(texts, "no_time") : moment(manifest.starts_at);
}

export function showFacts(root: HTMLElement, texts: Texts, envelope: Envelope): void {
  const { manifest, receipt } = envelope;
  find(root, "[data-clip-made]").textContent = fill(texts, `made_${manifest.made}`);
  const { name, contact, place } = receipt.shown;
  const rows: [string, string][] = [["name", name ?? fill(texts, "unnamed")]];
  if (contact !== undefined) rows.push(["contact", contact]);
  if (place !== undefined) rows.push([place.kind === "exact" ? "place_exact" : "place_block", place.text]);
  if (manifest.starts_at !== null && manifest.ends_at !== null) {
    rows.push(["filmed", spanText(new Date(manifest.starts_at), new Date(manifest.ends_at), zone())]);
  }
  if (manifest.clock_error_ms !== null) {
    rows.push(["clock", fill(texts, "clock_value", { seconds: Math.round(manifest.clock_error_ms / 100) / 10 })]);
  }
  rows.push(["purpose", receipt.purpose]);
  rows.push(["until", moment(receipt.expires_at)]);
  rows.push(["publish", fill(texts, receipt.may_publish ? "publish_yes" : "publish_no")]);
  rows.push(["consent", fill(texts, "consent_signed", { when: moment(receipt.given_at) })]);
  find(root, "[data-shown]").replaceChildren(...rows.map(([label, value]) => row(fill(texts, label), value)));
}

/** The original's SHA-256 in groups of eight, in the place that the page keeps for it. */
export function showHash(sha256: string): void {
  const place = document.getElementById("original-hash");
  if (place === null) return;
  const groups = sha256.match(/.{8}/g) ?? [];
  place.replaceChildren(...groups.flatMap((group) => [element("span", group), document.createTextNode(" ")]));
  find(document, "[data-fingerprint]").hidden = false;
  for (const part of document.querySelectorAll<HTMLElement>("[data-fingerprint-later]")) part.hidden = true;
}

function row(label: string, value: string): HTMLElement {
  const line = document.createElement("div");
  line.append(element("dt", label), element("dd", value));
  return line;
}

function element(name: string, text: string): HTMLElement {
  const made = document.createElement(name);
  made.textContent = text;
  return made;
}

function moment(iso: string): string {
  return momentText(new Date(iso), zone());
}

function zone(): string | undefined {
  return document.querySelector<HTMLElement>("[data-zone]")?.dataset.zone;
}
