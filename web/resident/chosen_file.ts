/** One file that an owner chose: looked at and previewed here, before anything leaves. */
import { playsHere, sniff, type Sniffed } from "../vault/sniff";
import { fieldError } from "../ui/field_error";
import { momentText } from "../ui/moment";
import { localText, momentOf } from "../ui/zoned";
import { outsideText, type Span } from "./outside";
import type { Say } from "./texts";

export interface Times {
  starts: Date | null;
  ends: Date | null;
}

export interface Chosen {
  file: File;
  video: Extract<Sniffed, { ok: true }>;
  row: HTMLElement;
  /** Where it can be looked at on this page; "" if this browser does not play it. */
  readonly preview: string;
  /** As typed, for a draft. */
  typed(): { starts: string; ends: string };
  times(): Times | "reversed";
  /** A sentence where its time lies outside what is asked for; else "". */
  outside(): string;
  /** Says at the field that the times are the wrong way round, until they are not. */
  complain(text: string): void;
}

export interface Choosing {
  template: HTMLTemplateElement;
  list: HTMLElement;
  say: Say;
  /** In which typed times are read. */
  zone: string;
  /** What is asked for. */
  span: Span;
  /** Bytes of the largest file that can be shared. */
  largest: number;
  removed: (row: HTMLElement) => void;
  /** As typed before the page was loaded again. */
  typed?: { starts: string; ends: string };
}

/** Fills a row made from the page's template; null (and the reason in the row) if the file cannot be shared. */
export async function choose(file: File, on: Choosing): Promise<Chosen | null> {
  const { say, zone } = on;
  const row = (on.template.content.cloneNode(true) as DocumentFragment).firstElementChild as HTMLElement;
  const part = <T extends HTMLElement>(name: string): T => row.querySelector<T>(`[data-${name}]`)!;
  on.list.append(row);
  for (const each of row.querySelectorAll<HTMLElement>("[data-own-id]")) relabel(each, row);
  part("name").textContent = file.name;
  part("size").textContent = sizeOf(file.size);
  const url = URL.createObjectURL(file);
  part("remove").setAttribute("aria-label", say("remove_named", { name: file.name }));
  part("remove").addEventListener("click", () => {
    URL.revokeObjectURL(url);
    row.remove();
    on.removed(row);
  });
  const status = part("status");
  const found = await sniff(file, on.largest);
  if (!found.ok) {
    status.textContent = say(found.reason, { size: sizeOf(file.size), most: sizeOf(on.largest) });
    status.className = "error";
    part("details").hidden = true;
    row.dataset.refused = "";
    return null;
  }
  const video = part<HTMLVideoElement>("preview");
  let preview = "";
  if (playsHere(found, video)) {
    preview = url;
    video.src = url;
    video.addEventListener("error", () => noPreview(), { once: true });
    video.addEventListener("loadedmetadata", () => suggest(file, video.duration, row, zone), { once: true });
  } else {
    noPreview();
  }
  const [starts, ends] = [field(row, "starts"), field(row, "ends")];
  if (on.typed) [starts.value, ends.value] = [on.typed.starts, on.typed.ends];
  const times = (): Times | "reversed" => timesIn(starts.value, ends.value, zone);
  const outside = (): string => {
    const typed = times();
    return typed === "reversed" ? "" : outsideText(typed, file.lastModified, on.span, say, zone);
  };
  const hint = (): void => tellOutside(row, outside());
  hint();
  row.addEventListener("input", hint);
  return {
    file,
    video: found,
    row,
    outside,
    get preview() {
      return preview;
    },
    typed: () => ({ starts: starts.value, ends: ends.value }),
    times,
    complain: (text) => fieldError(ends, text, () => times() !== "reversed", row),
  };

  function noPreview(): void {
    preview = "";
    part("frame").hidden = true;
    status.textContent = say("no_preview");
  }
}

/** Shows the hint in a row of the form or of the last look, or takes it away. */
export function tellOutside(row: HTMLElement, text: string): void {
  const line = row.querySelector<HTMLElement>("[data-outside]")!;
  line.hidden = text === "";
  line.querySelector("span")!.textContent = text;
}

let count = 0;

/** Ids in a template are given a number, so that labels find their fields. */
function relabel(field: HTMLElement, row: HTMLElement): void {
  count += 1;
  const own = `${field.dataset.ownId}-${count}`;
  row.querySelector(`label[for="${field.dataset.ownId}"]`)?.setAttribute("for", own);
  field.id = own;
}

/** The file's own date as a suggestion that the owner may take: export dates are often wrong. */
function suggest(file: File, seconds: number, row: HTMLElement, zone: string): void {
  const button = row.querySelector<HTMLButtonElement>("[data-suggest]");
  if (!button || !Number.isFinite(seconds) || file.lastModified <= 0) return;
  const starts = new Date(file.lastModified - seconds * 1000);
  button.textContent = (button.dataset.text ?? "{time}").replace("{time}", momentText(starts, zone));
  button.hidden = false;
  button.addEventListener("click", () => {
    field(row, "starts").value = localText(starts, zone);
    field(row, "ends").value = localText(new Date(file.lastModified), zone);
    row.dispatchEvent(new Event("input", { bubbles: true }));
  });
}

/** An end in the hour that the clock shows twice is the second of the two, where the first lies before the start. */
export function timesIn(typedStarts: string, typedEnds: string, zone: string): Times | "reversed" {
  const [starts, first] = [momentOf(typedStarts, zone), momentOf(typedEnds, zone)];
  const ends = starts && first && first < starts ? momentOf(typedEnds, zone, true) : first;
  return starts && ends && ends < starts ? "reversed" : { starts, ends };
}

function field(row: HTMLElement, name: string): HTMLInputElement {
  return row.querySelector<HTMLInputElement>(`[data-${name}]`)!;
}

export function sizeOf(bytes: number): string {
  const language = document.documentElement.lang;
  const [value, unit] = bytes >= 1e9 ? [bytes / 1e9, "gigabyte"] : bytes >= 1e6 ? [bytes / 1e6, "megabyte"] : [bytes / 1e3, "kilobyte"];
  return new Intl.NumberFormat(language, { style: "unit", unit, maximumFractionDigits: 1 }).format(value);
}
