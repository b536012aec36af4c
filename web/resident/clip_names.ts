/**
 * `clip-names`: what the server knows as a number is called by the household's own name and time, where its key is
 * unlocked in this browser. Where it is not, the page says so.
 */
import { listClips, openAll, timeOf } from "./clips_data";
import { HOUSEHOLD, keeper } from "./vault_page";

export async function mount(root: HTMLElement): Promise<void> {
  const list = root.dataset.list;
  if (!list) return;
  const worker = await keeper({ locked: () => location.reload() });
  if (!(HOUSEHOLD in worker.unlocked)) {
    const unlock = root.querySelector<HTMLElement>("[data-unlock]");
    if (unlock) unlock.hidden = false;
    return;
  }
  const listed = await listClips(list);
  const wanted = new Set([...root.querySelectorAll<HTMLElement>("[data-clip-name]")].map((place) => place.dataset.clipName));
  for (const clip of await openAll(worker, listed.filter((each) => wanted.has(each.id)))) {
    const name = [clip.grant.note, timeOf(clip)].filter(Boolean).join(", ");
    if (name === "") continue;
    for (const place of root.querySelectorAll<HTMLElement>(`[data-clip-name="${clip.listed.id}"]`)) place.textContent = name;
  }
}
