/**
 * What was chosen and typed on a share page, kept in this tab while it is open: for a reload, or a sign-in in between.
 *
 * Never a key and never a byte of a file: a file that was on its way when the page went is chosen again and starts anew.
 */

/** How a chosen file is known again. */
export interface Known {
  name: string;
  size: number;
  modified: number;
}

export interface KeptFile extends Known {
  /** As typed. */
  starts: string;
  ends: string;
  /** Its unfinished upload, to be dropped; "" where none was begun. */
  upload: string;
}

export interface Draft {
  /** Text and choices by field name; ticked boxes by name with "on". */
  values: Record<string, string>;
  files: KeptFile[];
  /** Ids of own clips that are ticked. */
  clips: string[];
  /** What this visit has shared already. */
  shared: Known[];
}

type Store = Pick<Storage, "getItem" | "setItem" | "removeItem">;

export function knownBy(file: File): Known {
  return { name: file.name, size: file.size, modified: file.lastModified };
}

export function same(a: Known, b: Known): boolean {
  return a.name === b.name && a.size === b.size && a.modified === b.modified;
}

/** Kept under `key`; null where nothing is, or something else. */
export function readDraft(key: string, store: Store): Draft | null {
  try {
    const found = JSON.parse(store.getItem(key) ?? "null") as Partial<Draft> | null;
    if (!found || typeof found.values !== "object" || found.values === null) return null;
    const list = <T>(value: T[] | undefined): T[] => (Array.isArray(value) ? value : []);
    return { values: found.values, files: list(found.files), clips: list(found.clips), shared: list(found.shared) };
  } catch {
    return null;
  }
}

/** A browser that keeps nothing (its store full or shut) does without. */
export function writeDraft(key: string, draft: Draft, store: Store): void {
  try {
    store.setItem(key, JSON.stringify(draft));
  } catch (error) {
    console.warn("What was typed could not be kept", error);
  }
}

export function valuesOf(form: HTMLFormElement): Record<string, string> {
  const values: Record<string, string> = {};
  for (const [name, value] of new FormData(form)) {
    if (typeof value === "string" && name !== "csrfmiddlewaretoken") values[name] = value;
  }
  return values;
}

export function fillIn(form: HTMLFormElement, values: Record<string, string>): void {
  for (const field of form.querySelectorAll<HTMLInputElement>("input[name]")) {
    const value = values[field.name];
    if (field.type === "hidden") continue;
    if (field.type === "radio") field.checked = field.value === value;
    else if (field.type === "checkbox") field.checked = value !== undefined;
    else if (value !== undefined) field.value = value;
  }
  form.dispatchEvent(new Event("change", { bubbles: true }));
}
