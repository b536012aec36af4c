import { momentText } from "./moment";

/** `own-clock`: where nobody has chosen a zone, the page's moments in that of this device; the part then says so. */
export function mount(root: HTMLElement): void {
  for (const each of document.querySelectorAll<HTMLTimeElement>("main time[datetime*='T']")) {
    const at = new Date(each.dateTime);
    if (!Number.isNaN(at.getTime())) each.textContent = momentText(at);
  }
  root.textContent = root.dataset["sayOwn"] ?? "";
}
