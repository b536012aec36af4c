const STAYS_MS = 6000;

/** Say one sentence at the foot of the page; screen readers hear it too. */
export function toast(text: string): void {
  const place = document.querySelector<HTMLElement>("[data-toasts]");
  if (!place || !text) return;
  const note = document.createElement("div");
  note.className = "toast";
  note.textContent = text;
  place.replaceChildren(note);
  setTimeout(() => note.remove(), STAYS_MS);
}
