type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;
type Draft = { values: Record<string, string>; sent: boolean };

/**
 * Keeps what was typed into a form until the tab is closed: `<form data-mount="draft" data-draft="new-request">`.
 *
 * Only text in this tab's session storage; never passwords, hidden fields or files. A field is filled again only if the
 * server sent it empty. After a send nothing is filled by itself; a `<button data-draft-restore hidden>` in the form
 * appears and brings the text back, for when the sign-in had run out.
 */
export function mount(root: HTMLElement): void {
  const key = `draft:${root.dataset.draft ?? location.pathname}`;
  const kept = read(key);
  const restore = (): void => {
    for (const field of fields(root)) {
      const value = kept?.values[field.name];
      if (value === undefined || field.value !== "") continue;
      field.value = value;
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
  };
  if (kept && !kept.sent) restore();
  const button = root.querySelector<HTMLButtonElement>("[data-draft-restore]");
  if (kept?.sent && button && fields(root).some((field) => field.value === "" && kept.values[field.name])) {
    button.hidden = false;
    button.addEventListener("click", () => {
      restore();
      button.hidden = true;
    });
  }
  const keep = (sent: boolean): void => {
    const values = Object.fromEntries(fields(root).filter((f) => f.value).map((f) => [f.name, f.value]));
    sessionStorage.setItem(key, JSON.stringify({ values, sent } satisfies Draft));
  };
  root.addEventListener("input", () => keep(false));
  root.addEventListener("submit", () => keep(true));
}

function fields(root: HTMLElement): Field[] {
  return [...root.querySelectorAll<Field>("textarea, select, input")].filter(
    (field) => field.name && !["password", "hidden", "file", "radio", "checkbox", "submit"].includes(field.type),
  );
}

function read(key: string): Draft | undefined {
  const text = sessionStorage.getItem(key);
  if (!text) return undefined;
  try {
    return JSON.parse(text) as Draft;
  } catch {
    sessionStorage.removeItem(key);
    return undefined;
  }
}
