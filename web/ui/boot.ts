import { watchMended } from "./mended";
import { guardSubmits } from "./submit_once";

/** What happens on every page before its features are mounted. */
export function boot(): void {
  guardSubmits(document);
  focusErrorSummary();
  // Without the worker, whoever is offline gets the browser's own words. Private windows and tests may refuse it.
  window.addEventListener("load", () => void navigator.serviceWorker?.register("/sw.js").catch(() => undefined));
  watchMended(document);
  // What the sign-in pages' own script says when a passkey did not answer.
  document.addEventListener("allauth.error", () => {
    const notice = document.querySelector<HTMLElement>("[data-key-failed]");
    if (notice) notice.hidden = false;
  });
}

/** After a send that was refused, the reader starts at the summary; its links lead to the fields. */
function focusErrorSummary(): void {
  const summary = document.querySelector<HTMLElement>("[data-error-summary]:not([data-sample] *)");
  if (!summary) return;
  summary.focus();
  summary.addEventListener("click", (event) => {
    const link = (event.target as Element).closest<HTMLAnchorElement>('a[href^="#"]');
    const field = link && document.getElementById(link.hash.slice(1));
    if (!field) return;
    event.preventDefault();
    for (let box = field.closest("details"); box; box = box.parentElement?.closest("details") ?? null) box.open = true;
    const control = field.matches("input, select, textarea, button, [tabindex]")
      ? field
      : field.querySelector<HTMLElement>("input, select, textarea, button");
    control?.focus();
    field.scrollIntoView({ block: "center" });
  });
}
