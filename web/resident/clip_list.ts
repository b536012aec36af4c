/** `clip-list`: all clips of the household, opened here. The delete buttons are the server's and work without script. */
import { clipRows } from "./clip_view";
import { listClips, openAll } from "./clips_data";
import { sentences } from "./texts";
import { HOUSEHOLD, keeper } from "./vault_page";

export async function mount(root: HTMLElement): Promise<void> {
  const say = sentences(root);
  const said = root.querySelector<HTMLElement>("[data-said]")!;
  const worker = await keeper({ locked: () => location.reload() });
  // Another person of the household may have changed the key: the one that is unlocked here is then of no use.
  if (worker.unlocked[HOUSEHOLD] !== root.dataset.recipient) return;
  root.querySelector<HTMLElement>("[data-unlock]")?.remove();
  const opened = await openAll(worker, await listClips(root.dataset.list ?? ""));
  const words = { play: say("play"), unknownTime: say("unknown_time"), failed: say("failed") };
  const lines: HTMLLIElement[] = [];
  for (const row of clipRows(worker, opened, words)) {
    const place = root.querySelector<HTMLElement>(`[data-clip-place="${row.dataset.clip}"]`);
    place?.replaceChildren(...row.childNodes);
    const line = place?.closest("li");
    if (line) lines.push(line);
  }
  lines[0]?.parentElement?.prepend(...lines); // the server knows no times; what does not open stays below
  said.textContent = say("opened", { n: opened.length });
}
