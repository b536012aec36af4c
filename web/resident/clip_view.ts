/** One clip in a list: its time, the household's own words for it, and a video that starts when asked. */
import { offer, timeOf, type OpenedClip } from "./clips_data";
import type { Keeper } from "../vault/keeper";

export interface Words {
  play: string;
  unknownTime: string;
  failed: string;
}

type Offered = ReturnType<Keeper["offer"]>;

/** What is asked for ahead of the press: the last and the first chunk of so many clips, 64 KiB each. */
const AHEAD = 3;

export function clipRows(worker: Keeper, clips: OpenedClip[], words: Words): HTMLLIElement[] {
  return clips.map((clip, place) => clipRow(worker, clip, words, place < AHEAD));
}

function clipRow(worker: Keeper, clip: OpenedClip, words: Words, ahead: boolean): HTMLLIElement {
  const row = document.createElement("li");
  row.className = "stack is-tight";
  row.dataset.clip = clip.listed.id;
  const title = document.createElement("h3");
  title.textContent = timeOf(clip) || words.unknownTime;
  row.append(title);
  if (clip.grant.note) {
    const note = document.createElement("p");
    note.className = "sm soft";
    note.textContent = clip.grant.note;
    row.append(note);
  }
  row.append(playLine(worker, clip, words, ahead));
  return row;
}

/** A button that becomes the video when it is pressed. `ahead`: ask for the clip's first pieces before the press. */
export function playLine(worker: Keeper, clip: OpenedClip, words: Pick<Words, "play" | "failed">, ahead = false): HTMLElement {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn";
  button.textContent = words.play;
  const line = document.createElement("div");
  line.append(button);
  let offered: Offered | undefined;
  const ready = (): Offered => {
    const own = (offered ??= offer(worker, clip));
    own.opened.catch(() => (offered = undefined)); // the press asks again, and says why not
    return own;
  };
  if (ahead) ready();
  for (const kind of ["pointerenter", "focus"]) button.addEventListener(kind, ready, { once: true });
  button.addEventListener("click", () => void show(ready, line, button, words));
  return line;
}

async function show(ready: () => Offered, line: HTMLElement, button: HTMLButtonElement, words: Pick<Words, "failed">): Promise<void> {
  const box = document.createElement("div");
  box.className = "player";
  const video = document.createElement("video");
  video.controls = true;
  video.playsInline = true;
  video.preload = "metadata";
  box.append(video);
  line.querySelector("[role=alert]")?.remove();
  button.replaceWith(box);
  const { address, opened } = ready();
  video.src = address;
  video.focus();
  void video.play().catch(() => undefined); // the press was for playing; where the browser wants another, its own button is there
  try {
    await opened;
  } catch {
    box.replaceWith(button);
    const said = document.createElement("p");
    said.className = "error";
    said.setAttribute("role", "alert");
    said.textContent = words.failed;
    line.append(said);
    button.focus();
  }
}
