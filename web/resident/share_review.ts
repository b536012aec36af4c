/** What is about to be shared, to be looked at once more: each video with its name, size and time, playing here alone. */
import { momentText } from "../ui/moment";
import type { Keeper } from "../vault/keeper";
import { sizeOf, tellOutside } from "./chosen_file";
import { offer, timeOf } from "./clips_data";
import type { Item } from "./share_sender";
import type { Say } from "./texts";

export interface Review {
  list: HTMLElement;
  row: HTMLTemplateElement;
  say: Say;
  zone: string;
  /** For clips that the household keeps here. */
  worker: Keeper | undefined;
}

export function review(items: Item[], on: Review): void {
  on.list.replaceChildren(...items.map((item) => rowOf(item, on)));
}

function rowOf(item: Item, { row: template, say, zone, worker }: Review): HTMLElement {
  const row = (template.content.cloneNode(true) as DocumentFragment).firstElementChild as HTMLElement;
  const part = <T extends HTMLElement>(name: string): T => row.querySelector<T>(`[data-${name}]`)!;
  const name = "clip" in item ? item.clip.grant.note || item.name : item.name;
  const size = "clip" in item ? item.clip.listed.sealed_size : item.size;
  part("name").textContent = name;
  part("size").textContent = sizeOf(size);
  part("when").textContent = timeIn(item, zone) || say("unknown_time");
  tellOutside(row, "chosen" in item ? item.chosen.outside() : "");
  const video = part<HTMLVideoElement>("look");
  video.setAttribute("aria-label", name);
  const unseen = (): void => {
    part("frame").hidden = true;
    part("unseen").textContent = say("no_preview");
  };
  video.addEventListener("error", unseen, { once: true });
  if ("chosen" in item) {
    if (item.chosen.preview === "") unseen();
    else video.src = item.chosen.preview;
  } else if (worker) {
    const { address, opened } = offer(worker, item.clip);
    video.src = address;
    void opened.catch(unseen);
  }
  return row;
}

function timeIn(item: Item, zone: string): string {
  if ("clip" in item) return timeOf(item.clip);
  const times = item.chosen.times();
  return times !== "reversed" && times.starts ? momentText(times.starts, zone) : "";
}
