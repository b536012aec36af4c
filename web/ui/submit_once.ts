const QUIET_MS = 8000;

/**
 * A second click on a send button within eight seconds does nothing, and the button looks as before.
 *
 * The server refuses a repeated send by itself; this only saves the person a puzzling answer. A form that may be sent
 * again at once (a download) carries `data-many`.
 */
export function guardSubmits(root: Document): void {
  const sent = new WeakMap<HTMLFormElement, number>();
  root.addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    if (event.defaultPrevented || "many" in form.dataset) return;
    const before = sent.get(form);
    if (before !== undefined && event.timeStamp - before < QUIET_MS) event.preventDefault();
    else sent.set(form, event.timeStamp);
  });
  // A page that comes back from the browser's own history is a fresh page to the person.
  window.addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    for (const form of root.forms) sent.delete(form);
  });
}
