/** Reading a part of a sealed file from the server. What the network lost is asked for again from where it stopped. */
import { type PayloadCipher, SEALED_CHUNK, type Shape, openChunks } from "./age_webcrypto";
import type { Bytes } from "./bytes";
import { VaultError } from "./errors";
import type { Part } from "./opened_chunks";

type Fetch = typeof fetch;

const WAITS_MS = [250, 1000, 3000, 6000];

/** A sealed file on a server. */
export interface Stored {
  url: string;
  /** Bytes of the whole file. */
  size: number;
  payloadStart: number;
  shape: Shape;
}

/** The plaintext of its chunks, in order. Throws VaultError; what was handed out before is authentic. */
export async function* readPart(
  fetch: Fetch,
  file: Stored,
  cipher: PayloadCipher,
  { first, last }: Part,
  signal: AbortSignal,
): AsyncGenerator<Bytes, void, undefined> {
  let response = request(fetch, file, { first, last }, signal);
  for (let failures = 0; ; ) {
    try {
      for await (const chunk of openChunks(cipher, await body(response, file), file.shape, first, last)) {
        first += 1;
        failures = 0;
        yield chunk;
      }
      return;
    } catch (error) {
      const passing = error instanceof TypeError || (error instanceof VaultError && error.code === "offline");
      const wait = WAITS_MS[failures];
      if (!passing || wait === undefined || signal.aborted) throw passing ? new VaultError("offline", String(error)) : error;
      failures += 1;
      await new Promise((resolve) => setTimeout(resolve, wait));
      response = request(fetch, file, { first, last }, signal);
    }
  }
}

function request(fetch: Fetch, file: Stored, { first, last }: Part, signal: AbortSignal): Promise<Response> {
  const from = file.payloadStart + first * SEALED_CHUNK;
  const to = Math.min(file.payloadStart + (last + 1) * SEALED_CHUNK, file.size) - 1;
  const response = ranged(fetch, file.url, from, to, signal);
  response.catch(() => {}); // told where it is awaited
  return response;
}

async function body(asked: Promise<Response>, { size }: Stored): Promise<ReadableStream<Bytes>> {
  const response = await asked;
  if (response.body === null || total(response) !== size) throw new VaultError("tampered", "another size");
  return response.body;
}

/** One range, as a 206. Throws "offline", "gone" or, where the file ends before, "tampered". */
export async function ranged(fetch: Fetch, url: string, from: number, to: number, signal?: AbortSignal): Promise<Response> {
  let response: Response;
  try {
    const init: RequestInit = { headers: { Range: `bytes=${from}-${to}` }, cache: "no-store" };
    response = await fetch(url, signal ? { ...init, signal } : init);
  } catch {
    throw new VaultError("offline", "the sealed clip cannot be fetched");
  }
  if (response.status === 206) return response;
  if (response.status === 416) throw new VaultError("tampered", "the file is shorter than announced");
  throw new VaultError(response.status >= 500 ? "offline" : "gone", `status ${response.status}`);
}

/** The size of the whole file, which a 206 names after the stroke of Content-Range. */
export function total(response: Response): number {
  const [, size] = /^bytes \d+-\d+\/(\d+)$/.exec(response.headers.get("Content-Range") ?? "") ?? [];
  if (size === undefined) throw new VaultError("gone", "the server does not serve ranges");
  return Number(size);
}
