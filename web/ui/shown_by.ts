/**
 * Shows a part of a form only while the box or choice that it belongs to is ticked.
 *
 * `<form data-mount="shown-by">` with `data-shown-by="show_name"` or `data-shown-by="place=block"` on the part. Without
 * script every part shows, and the form works all the same.
 */
export function mount(root: HTMLElement): void {
  if (!(root instanceof HTMLFormElement)) throw new Error("shown-by stands on a form");
  const form = root;
  const apply = (): void => {
    const data = new FormData(form);
    for (const part of form.querySelectorAll<HTMLElement>("[data-shown-by]")) {
      const [name = "", value] = (part.dataset.shownBy ?? "").split("=");
      part.hidden = value === undefined ? !data.has(name) : !data.getAll(name).includes(value);
    }
  };
  form.addEventListener("change", apply);
  apply();
}
