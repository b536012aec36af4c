/**
 * Keeps a reviewer's answer in this browser until it is recorded, so that an interruption loses nothing.
 *
 * `<form data-mount="decision" data-request="…" data-round="…">`. What was entered for an earlier round is forgotten.
 */
import { toast } from "../ui/toast";

export const PREFIX = "decision:";
const SOON_MS = 300;

type Kept = Record<string, string>;

export function mount(root: HTMLElement): void {
  if (!(root instanceof HTMLFormElement)) throw new Error("decision stands on a form");
  const key = `${PREFIX}${root.dataset.request}:${root.dataset.round}`;
  if (restore(root, key)) toast(root.dataset.kept ?? "");
  let timer: ReturnType<typeof setTimeout> | undefined;
  const keep = (): void => localStorage.setItem(key, JSON.stringify(entered(root)));
  root.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(keep, SOON_MS);
  });
  root.addEventListener("submit", keep);
  const save = root.querySelector<HTMLButtonElement>("[data-save]");
  const note = root.querySelector<HTMLElement>("[data-save-note]");
  if (!save || !note) return;
  save.hidden = note.hidden = false;
  save.addEventListener("click", () => {
    keep();
    location.assign(root.dataset.home ?? "/");
  });
}

/** True when something was put back. What the server sent back after a refusal goes before. */
function restore(form: HTMLFormElement, key: string): boolean {
  let kept: Kept;
  try {
    kept = JSON.parse(localStorage.getItem(key) ?? "{}") as Kept;
  } catch {
    localStorage.removeItem(key);
    return false;
  }
  if (Object.keys(entered(form)).length > 0) return false;
  let restored = false;
  for (const control of form.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>("input[type=radio], textarea")) {
    const value = kept[control.name];
    if (value === undefined) continue;
    if (control instanceof HTMLTextAreaElement) control.value = value;
    else control.checked = control.value === value;
    restored = true;
  }
  return restored;
}

function entered(form: HTMLFormElement): Kept {
  const values = [...new FormData(form)].filter(
    ([name, value]) => typeof value === "string" && value !== "" && name !== "csrfmiddlewaretoken" && name !== "round",
  );
  return Object.fromEntries(values) as Kept;
}
