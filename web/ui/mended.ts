/**
 * What the server found wrong with a field goes away when the field is changed to something the browser takes: the mark,
 * and the sentence. Typing the refused value again brings it back. The server decides again in any case.
 */
export function watchMended(root: Document): void {
  for (const field of root.querySelectorAll<HTMLInputElement>('[aria-invalid="true"]:not([data-sample] *)')) {
    if (field.closest("[data-check-url]")) continue; // that form is checked by the server while it is filled in
    const refused = valueOf(field);
    const line = errorOf(field);
    const look = (): void => {
      const mended = valueOf(field) !== refused && field.validity?.valid !== false;
      if (line) line.hidden = mended;
      if (mended) field.removeAttribute("aria-invalid");
      else field.setAttribute("aria-invalid", "true");
    };
    field.addEventListener("input", look);
    field.addEventListener("change", look);
  }
}

function valueOf(field: HTMLInputElement): string {
  return ["checkbox", "radio"].includes(field.type) ? String(field.checked) : field.value;
}

function errorOf(field: HTMLElement): HTMLElement | null {
  const ids = (field.getAttribute("aria-describedby") ?? "").split(/\s+/).filter((id) => id.endsWith("-error"));
  return ids.length > 0 ? document.getElementById(ids[0] as string) : null;
}
