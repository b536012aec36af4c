/** What the scripts of a shared video's page know of the page itself: its parts, its sentences, its server. */

import { VaultError } from "../vault/errors";

/** Sentences by name, in the reader's language; `{name}` stands for a value. */
export type Texts = Readonly<Record<string, string>>;

export function textsOf(root: HTMLElement): Texts {
  return JSON.parse(root.dataset.texts ?? "{}") as Texts;
}

/** The sentence of this name; one that has none is shown as its name, never hidden. */
export function fill(texts: Texts, name: string, values: Readonly<Record<string, string | number>> = {}): string {
  return (texts[name] ?? texts["other"] ?? name).replace(/\{(\w+)\}/g, (whole, key: string) => String(values[key] ?? whole));
}

/** The part of the page that the template promises. */
export function find<T extends HTMLElement = HTMLElement>(root: ParentNode, selector: string): T {
  const found = root.querySelector<T>(selector);
  if (found === null) throw new Error(`The page has no ${selector}`);
  return found;
}

/** The server said no; `message` is its sentence for the person. */
export class Refusal extends Error {}

/** Post JSON as the page's own. Throws Refusal with the server's sentence, VaultError("gone") for a 404, TypeError where it cannot be reached. */
export async function post(root: HTMLElement, address: string, body = "{}"): Promise<Response> {
  const response = await fetch(address, {
    method: "POST",
    body,
    headers: {
      Accept: "application/json",
      "Content-Type": "application/json",
      "X-CSRFToken": find<HTMLInputElement>(root, "[name=csrfmiddlewaretoken]").value,
    },
    redirect: "error",
  });
  if (response.ok) return response;
  if (response.status === 404) throw new VaultError("gone", address);
  throw new Refusal(await sentence(response));
}

async function sentence(response: Response): Promise<string> {
  try {
    const said = (await response.json()) as { refused?: { text?: string }[] };
    return said.refused?.map((each) => each.text ?? "").join(" ") ?? "";
  } catch {
    return "";
  }
}

/** Fetch this page anew and take over the content of the parts with these ids. What is on its way stays as it is if that fails. */
export async function refresh(...ids: string[]): Promise<void> {
  const response = await fetch(location.href, { redirect: "error" });
  if (!response.ok) return;
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  for (const id of ids) {
    const fresh = page.getElementById(id);
    const old = document.getElementById(id);
    if (fresh && old) old.replaceChildren(...fresh.childNodes);
  }
}
