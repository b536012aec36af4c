/**
 * `clip-names`: what the server knows as a number is called by its name and the time it was filmed. Of the household's own
 * clips the unlocked key tells them; of other files, this browser if it shared them. Where the key is locked the page says
 * so. The page reserves the room for either: nothing moves.
 */
import { momentText } from "../ui/moment";
import { listClips, openAll, timeOf } from "./clips_data";
import { namesOf } from "./share_names";
import { HOUSEHOLD, keeper } from "./vault_page";

export async function mount(root: HTMLElement): Promise<void> {
  nameFiles(root);
  const list = root.dataset.list;
  if (!list) return;
  const worker = await keeper({ locked: () => location.reload() });
  const open = HOUSEHOLD in worker.unlocked;
  for (const line of root.querySelectorAll(open ? "[data-unlocked]" : "[data-unlock]")) line.classList.remove("is-waiting");
  if (!open) return;
  const listed = await listClips(list);
  const wanted = new Set([...root.querySelectorAll<HTMLElement>("[data-clip-name]")].map((place) => place.dataset.clipName));
  for (const clip of await openAll(worker, listed.filter((each) => wanted.has(each.id)))) {
    for (const place of root.querySelectorAll<HTMLElement>(`[data-clip-name="${clip.listed.id}"]`)) {
      tell(place, timeOf(clip), clip.grant.note ?? "");
    }
  }
}

function nameFiles(root: HTMLElement): void {
  const names = namesOf(document.body.dataset.whose ?? "", localStorage);
  for (const place of root.querySelectorAll<HTMLElement>("[data-share-name]")) {
    const named = names.get(place.dataset.shareName ?? "");
    if (named) tell(place, named.starts === "" ? "" : momentText(new Date(named.starts), root.dataset.zone), named.name);
  }
}

/** In a line of a list it takes the place of the words there; elsewhere it covers them, in the room that they keep. */
function tell(place: HTMLElement, time: string, name: string): void {
  const told = [time, name].filter(Boolean).join(" · ");
  if (told === "") return;
  place.title = told;
  if (!place.matches(".named")) {
    place.textContent = told;
    return;
  }
  const cover = document.createElement("span");
  cover.className = "its-name";
  cover.textContent = told;
  place.firstElementChild?.classList.add("is-waiting");
  place.append(cover);
}
