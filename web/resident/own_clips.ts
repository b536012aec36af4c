/** `own-clips`: which of the household's clips are from the time that was asked for. Looking shares nothing. */
import { clipRows } from "./clip_view";
import { listClips, openAll, within } from "./clips_data";
import { sentences } from "./texts";
import { HOUSEHOLD, keeper } from "./vault_page";

export async function mount(root: HTMLElement): Promise<void> {
  const say = sentences(root);
  const said = root.querySelector<HTMLElement>("[data-said]")!;
  const unlock = root.querySelector<HTMLElement>("[data-unlock]")!;
  const list = root.querySelector<HTMLElement>("[data-clips]")!;
  const worker = await keeper({ locked: () => location.reload() });
  if (!(HOUSEHOLD in worker.unlocked)) return;
  unlock.hidden = true;
  const all = await openAll(worker, await listClips(root.dataset.list ?? ""));
  const from = new Date(root.dataset.from ?? 0);
  const to = new Date(root.dataset.to ?? Date.now());
  const found = root.dataset.from ? all.filter((clip) => within(clip, from, to)) : all;
  said.textContent = found.length === 0 ? say("none") : say("some", { n: found.length });
  const words = { play: say("play"), unknownTime: say("unknown_time"), failed: say("failed") };
  list.replaceChildren(...clipRows(worker, found, words));
}
