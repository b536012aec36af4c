/**
 * What is wrong with a field, said at the field, and taken away as soon as it is mended.
 *
 * `field` is a control, or a fieldset of choices. `mended` is asked after each change in `field` or in `watched`.
 */
export function fieldError(field: HTMLElement, text: string, mended: () => boolean, watched: HTMLElement = field): void {
  clear(field);
  const line = document.createElement("p");
  line.className = "error";
  line.id = `${field.id || `error-${(count += 1)}`}-wrong`;
  line.textContent = text;
  const group = field instanceof HTMLFieldSetElement;
  if (group) (field.querySelector(".choices") ?? field.lastElementChild)?.before(line);
  else field.after(line);
  const before = field.getAttribute("aria-describedby");
  field.setAttribute("aria-describedby", [before, line.id].filter(Boolean).join(" "));
  if (!group) field.setAttribute("aria-invalid", "true");
  const stop = new AbortController();
  const away = (): void => {
    stop.abort();
    marked.delete(field);
    looks.delete(look);
    line.remove();
    field.removeAttribute("aria-invalid");
    if (before === null) field.removeAttribute("aria-describedby");
    else field.setAttribute("aria-describedby", before);
  };
  marked.set(field, away);
  const look = (): void => {
    if (!field.isConnected || mended()) away();
  };
  looks.add(look);
  watched.addEventListener("input", look, { signal: stop.signal });
  watched.addEventListener("change", look, { signal: stop.signal });
}

const marked = new Map<HTMLElement, () => void>();
const looks = new Set<() => void>();
let count = 0;

/** For what is mended by other means than typing: a file that was looked at, say. */
export function lookAgain(): void {
  for (const look of looks) look();
}

/** Take the error of a field away; nothing where there is none. */
export function clear(field: HTMLElement): void {
  marked.get(field)?.();
}
