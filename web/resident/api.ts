/** Talking to the server from a resident's page. */
import { type Waiting, browser } from "../vault/upload";

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

const INSIST_MS = [1000, 2000, 4000, 8000, 15_000];

/**
 * Ask until an answer comes: a lost line and a server that is busy are waited for, and so is a sign-in where the session
 * has ended. `ask` must be one that changes nothing when it is sent twice. Throws what else goes wrong.
 */
export async function insist<T>(
  ask: () => Promise<T>,
  signal: AbortSignal,
  signedOut: (signal: AbortSignal) => Promise<void>,
  waiting: (why: Waiting | null) => void = () => {},
): Promise<T> {
  let busy = 0;
  for (let tries = 0; ; tries += 1) {
    try {
      const answer = await ask();
      if (tries > 0) waiting(null);
      return answer;
    } catch (error) {
      if (signal.aborted) throw error;
      if (error instanceof Refusal && [401, 403].includes(error.status)) {
        waiting("signed_out");
        await signedOut(signal);
        continue;
      }
      const lost = error instanceof TypeError; // what fetch throws where nothing answers
      if (!lost && !(error instanceof Refusal && error.status >= 500 && (busy += 1) < INSIST_MS.length)) throw error;
      waiting("line");
      await browser.sleep(INSIST_MS[Math.min(tries, INSIST_MS.length - 1)] ?? 0, signal);
    }
  }
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
