type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;
type Draft = { values: Record<string, string[]>; sent: boolean };

const NEVER = ["password", "hidden", "file", "submit", "button"];

/**
 * Keeps what was entered into a form until the tab is closed: `<form data-mount="draft" data-draft="new-request">`.
 *
 * Only in this tab's session storage, and only for the account that typed it: who signs in next in the same tab finds
 * nothing. Never passwords, hidden fields or files. A field is filled again only if the server sent it empty. After a
 * send nothing is filled by itself; a `<button data-draft-restore hidden>` in the form appears and brings it back, for
 * when the sign-in had run out.
 */
export function mount(root: HTMLElement): void {
  const key = keyOf(root);
  forgetOthers(document.body.dataset.whose ?? "");
  const kept = read(key);
  const restore = (): void => {
    for (const [name, values] of Object.entries(kept?.values ?? {})) {
      const named = fields(root).filter((field) => field.name === name);
      if (named.some((field) => entered(field))) continue;
      for (const field of named) put(field, values);
      named[0]?.dispatchEvent(new Event(ticked(named[0]) ? "change" : "input", { bubbles: true }));
    }
  };
  if (kept && !kept.sent) restore();
  const button = root.querySelector<HTMLButtonElement>("[data-draft-restore]");
  if (kept?.sent && button && Object.keys(kept.values).some((name) => isEmpty(root, name))) {
    button.hidden = false;
    button.addEventListener("click", () => {
      restore();
      button.hidden = true;
    });
  }
  const keep = (sent: boolean): void => {
    const values: Draft["values"] = {};
    for (const field of fields(root)) if (entered(field)) (values[field.name] ??= []).push(field.value);
    sessionStorage.setItem(key, JSON.stringify({ values, sent } satisfies Draft));
  };
  root.addEventListener("input", () => keep(false));
  root.addEventListener("submit", () => keep(true));
}

/** What was entered has arrived: nothing is kept. */
export function forget(root: HTMLElement): void {
  sessionStorage.removeItem(keyOf(root));
}

function keyOf(root: HTMLElement): string {
  return `draft:${document.body.dataset.whose ?? ""}:${root.dataset.draft ?? location.pathname}`;
}

/** Another account's drafts are gone as soon as somebody else signs in; nobody's stay until somebody does. */
export function forgetOthers(whose: string): void {
  if (!whose) return;
  for (const key of Object.keys(sessionStorage)) {
    const owner = /^draft:([^:]+):/.exec(key)?.[1];
    if (owner !== undefined && owner !== whose) sessionStorage.removeItem(key);
  }
}

function fields(root: HTMLElement): Field[] {
  return [...root.querySelectorAll<Field>("textarea, select, input")].filter(
    (field) => field.name && !NEVER.includes(field.type),
  );
}

function ticked(field: Field): field is HTMLInputElement {
  return field instanceof HTMLInputElement && (field.type === "radio" || field.type === "checkbox");
}

function entered(field: Field): boolean {
  return ticked(field) ? field.checked : field.value !== "";
}

function isEmpty(root: HTMLElement, name: string): boolean {
  const named = fields(root).filter((field) => field.name === name);
  return named.length > 0 && !named.some(entered);
}

function put(field: Field, values: string[]): void {
  if (ticked(field)) field.checked = values.includes(field.value);
  else field.value = values[0] ?? "";
}

function read(key: string): Draft | undefined {
  const text = sessionStorage.getItem(key);
  if (!text) return undefined;
  try {
    const kept = JSON.parse(text) as Draft;
    return Object.values(kept.values).every(Array.isArray) ? kept : undefined;
  } catch {
    sessionStorage.removeItem(key);
    return undefined;
  }
}
