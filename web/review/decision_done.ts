/** Forgets what was kept in this browser of an answer that is recorded. */
import { PREFIX } from "./decision";

export function mount(root: HTMLElement): void {
  const beginning = `${PREFIX}${root.dataset.request}:`;
  for (const key of Object.keys(localStorage)) if (key.startsWith(beginning)) localStorage.removeItem(key);
  history.replaceState(null, "", location.pathname);
}
