/** Talking to the server from a resident's page. */

/** The server said no; `texts` are sentences for the person. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly texts: string[],
    readonly codes: string[] = [],
  ) {
    super(texts.join(" ") || `status ${status}`);
    this.name = "Refusal";
  }
}

/** The token against forged requests that stands in the page. */
export function csrf(): Record<string, string> {
  const field = document.querySelector<HTMLInputElement>('input[name="csrfmiddlewaretoken"]');
  return { "X-CSRFToken": field?.value ?? "" };
}

export async function getJson<T>(url: string): Promise<T> {
  return (await answered(await fetch(url, { headers: { Accept: "application/json" } }))) as T;
}

export async function postJson<T>(url: string, value: unknown): Promise<T> {
  const headers = { ...csrf(), Accept: "application/json", "Content-Type": "application/json" };
  return (await answered(await fetch(url, { method: "POST", headers, body: JSON.stringify(value) }))) as T;
}

/** What a refusal's body says, as sentences. */
export function refusalOf(status: number, body: string): Refusal {
  try {
    const found = JSON.parse(body) as { refused?: { code: string; text: string }[] };
    const refused = found.refused ?? [];
    return new Refusal(status, refused.map((each) => each.text), refused.map((each) => each.code));
  } catch {
    return new Refusal(status, []);
  }
}

async function answered(response: Response): Promise<unknown> {
  if (!response.ok) throw refusalOf(response.status, await response.text());
  // A page instead of data: the session has ended and the sign-in page came.
  if (!(response.headers.get("Content-Type") ?? "").includes("json")) throw new Refusal(401, []);
  return response.json();
}

export function toBase64(data: Uint8Array): string {
  let text = "";
  for (let at = 0; at < data.length; at += 0x8000) text += String.fromCharCode(...data.subarray(at, at + 0x8000));
  return btoa(text);
}

export function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}
