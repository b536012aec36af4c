/** One file that an owner chose: looked at and previewed here, before anything leaves. */
import { playsHere, sniff, type Sniffed } from "../vault/sniff";
import { momentText } from "../ui/moment";
import type { Say } from "./texts";

export interface Chosen {
  file: File;
  video: Extract<Sniffed, { ok: true }>;
  row: HTMLElement;
  status: HTMLElement;
  progress: HTMLProgressElement;
  times(): { starts: Date | null; ends: Date | null } | "reversed";
}

/** Fills a row made from the page's template; null (and the reason in the row) if the file cannot be shared. */
export async function choose(file: File, template: HTMLTemplateElement, list: HTMLElement, say: Say, removed: (row: HTMLElement) => void): Promise<Chosen | null> {
  const row = (template.content.cloneNode(true) as DocumentFragment).firstElementChild as HTMLElement;
  const part = <T extends HTMLElement>(name: string): T => row.querySelector<T>(`[data-${name}]`)!;
  list.append(row);
  for (const each of row.querySelectorAll<HTMLElement>("[data-own-id]")) relabel(each, row);
  part("name").textContent = file.name;
  part("size").textContent = sizeOf(file.size);
  const url = URL.createObjectURL(file);
  part("remove").addEventListener("click", () => {
    URL.revokeObjectURL(url);
    row.remove();
    removed(row);
  });
  const status = part("status");
  const found = await sniff(file);
  if (!found.ok) {
    status.textContent = say(found.reason);
    status.className = "error";
    part("details").hidden = true;
    return null;
  }
  const video = part<HTMLVideoElement>("preview");
  if (playsHere(found, video)) {
    video.src = url;
    video.addEventListener("error", () => noPreview(), { once: true });
    video.addEventListener("loadedmetadata", () => suggest(file, video.duration, row), { once: true });
  } else {
    noPreview();
  }
  return { file, video: found, row, status, progress: part<HTMLProgressElement>("progress"), times: () => timesIn(row) };

  function noPreview(): void {
    part("frame").hidden = true;
    status.textContent = say("no_preview");
  }
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
function suggest(file: File, seconds: number, row: HTMLElement): void {
  const button = row.querySelector<HTMLButtonElement>("[data-suggest]");
  if (!button || !Number.isFinite(seconds) || file.lastModified <= 0) return;
  const ends = new Date(file.lastModified);
  const starts = new Date(file.lastModified - seconds * 1000);
  button.textContent = (button.dataset.text ?? "{time}").replace("{time}", momentText(starts));
  button.hidden = false;
  button.addEventListener("click", () => {
    field(row, "starts").value = local(starts);
    field(row, "ends").value = local(ends);
  });
}

function timesIn(row: HTMLElement): { starts: Date | null; ends: Date | null } | "reversed" {
  const moment = (name: string): Date | null => {
    const typed = field(row, name).value;
    return typed === "" ? null : new Date(typed);
  };
  const [starts, ends] = [moment("starts"), moment("ends")];
  return starts && ends && ends < starts ? "reversed" : { starts, ends };
}

function field(row: HTMLElement, name: string): HTMLInputElement {
  return row.querySelector<HTMLInputElement>(`[data-${name}]`)!;
}

function local(moment: Date): string {
  const shifted = new Date(moment.getTime() - moment.getTimezoneOffset() * 60_000);
  return shifted.toISOString().slice(0, 19);
}

export function sizeOf(bytes: number): string {
  const language = document.documentElement.lang;
  const [value, unit] = bytes >= 1e9 ? [bytes / 1e9, "gigabyte"] : bytes >= 1e6 ? [bytes / 1e6, "megabyte"] : [bytes / 1e3, "kilobyte"];
  return new Intl.NumberFormat(language, { style: "unit", unit, maximumFractionDigits: 1 }).format(value);
}
