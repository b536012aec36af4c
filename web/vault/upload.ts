/**
 * Sending a sealed stream by the resumable protocol tus 1.0.
 *
 * Written out here: tus-js-client joins what a stream yields by copying all it holds for each piece that arrives (half
 * a gigabyte of copying for 8 MiB), and keeps chunks of one size however slow the line. A sealed stream is read once:
 * nothing is sealed twice, as a changed file would then be sealed under nonces already used.
 */
import { type Bytes, concat } from "./bytes";
import { VaultError } from "./errors";
import { pieces } from "./pieces";

const SMALLEST = 1024 * 1024;
export const LARGEST = 8 * 1024 * 1024;
const QUICK_MS = 2000;
const TRIES = 20; // some seven minutes
const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 30_000;

export interface Upload {
  /** Where uploads are created (POST). */
  endpoint: string;
  stream: ReadableStream<Bytes>;
  /** Bytes that `stream` will yield. */
  size: number;
  /** Sent with each request: the CSRF header, say. */
  headers?: Record<string, string>;
  /** `Upload-Metadata`, which the server can read: never a file's name. */
  metadata?: Record<string, string>;
  signal?: AbortSignal;
  onProgress?: (sent: number, size: number) => void;
  /** Called with true when the connection is lost and tried again, with false when it is back. */
  onWaiting?: (waiting: boolean) => void;
}

export interface Surroundings {
  fetch: typeof fetch;
  /** Settles after so many milliseconds, or throws when the signal aborts. */
  sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  now: () => number;
  random: () => number;
}

export const browser: Surroundings = {
  fetch: (input, init) => fetch(input, init),
  sleep: (ms, signal) =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(resolve, ms);
      signal.addEventListener("abort", () => (clearTimeout(timer), reject(new VaultError("aborted"))), { once: true });
    }),
  now: () => performance.now(),
  random: () => Math.random(),
};

/** The server said no in a way that trying again will not change. */
export class UploadRefused extends Error {
  constructor(
    readonly status: number,
    readonly body: string,
  ) {
    super(`the server refused the upload with status ${status}`);
    this.name = "UploadRefused";
  }
}

/**
 * Send all of the stream; resolves to the upload's address. A lost connection is waited for, with growing and
 * scattered pauses; what the server holds already is asked of it and not sent again.
 *
 * Throws UploadRefused, VaultError "offline" (after some seven minutes), "aborted" or "gone", and what the stream throws.
 * On any failure, abort included, the stream is cancelled and the server told to drop the upload.
 */
export async function upload(job: Upload, around: Surroundings = browser): Promise<string> {
  const sender = new Sender(job, around);
  try {
    return await sender.run();
  } catch (error) {
    await sender.drop();
    throw job.signal?.aborted ? new VaultError("aborted") : error;
  }
}

class Sender {
  readonly #signal: AbortSignal;
  #location = "";
  #offset = 0;
  #chunkSize = SMALLEST;

  constructor(
    readonly job: Upload,
    readonly around: Surroundings,
  ) {
    this.#signal = job.signal ?? new AbortController().signal;
  }

  async run(): Promise<string> {
    this.#location = await this.#create();
    for await (const chunk of gathered(this.job.stream, () => this.#chunkSize)) await this.#send(chunk);
    if (this.#offset !== this.job.size) throw new VaultError("changed", "the stream is not of the announced size");
    return this.#location;
  }

  /** Best effort: an upload that nobody finishes also expires on the server. */
  async drop(): Promise<void> {
    if (!this.job.stream.locked) await this.job.stream.cancel().catch(() => {});
    if (this.#location === "") return;
    const init = { method: "DELETE", headers: this.#headers(), keepalive: true };
    await this.around.fetch(this.#location, init).catch(() => {});
  }

  async #create(): Promise<string> {
    const headers: Record<string, string> = { "Upload-Length": String(this.job.size) };
    const metadata = Object.entries(this.job.metadata ?? {}).map(([name, value]) => `${name} ${base64(value)}`);
    if (metadata.length > 0) headers["Upload-Metadata"] = metadata.join(",");
    const response = await this.#persistently(() => this.#request("POST", this.job.endpoint, headers));
    const location = response.headers.get("Location");
    if (location === null) throw new UploadRefused(response.status, "no Location");
    return new URL(location, new URL(this.job.endpoint, globalThis.location?.href)).href;
  }

  /** Send one chunk, which stays in memory until the server has all of it. */
  async #send(chunk: Bytes): Promise<void> {
    const start = this.#offset;
    const end = start + chunk.length;
    let doubtful = false;
    while (this.#offset < end) {
      const began = this.around.now();
      await this.#persistently(async () => {
        if (doubtful) this.#offset = within(await this.#ask(), start, end);
        if (this.#offset === end) return new Response(null);
        doubtful = true;
        const headers = {
          "Content-Type": "application/offset+octet-stream",
          "Upload-Offset": String(this.#offset),
        };
        const response = await this.#request("PATCH", this.#location, headers, chunk.subarray(this.#offset - start));
        this.#offset = within(Number(response.headers.get("Upload-Offset") ?? Number.NaN), start, end);
        return response;
      });
      if (this.around.now() - began < QUICK_MS) this.#chunkSize = Math.min(2 * this.#chunkSize, LARGEST);
      this.job.onProgress?.(this.#offset, this.job.size);
    }
  }

  async #ask(): Promise<number> {
    const response = await this.#request("HEAD", this.#location, {});
    return Number(response.headers.get("Upload-Offset") ?? Number.NaN);
  }

  async #persistently(attempt: () => Promise<Response>): Promise<Response> {
    for (let tries = 1; ; tries += 1) {
      try {
        const response = await attempt();
        if (tries > 1) this.job.onWaiting?.(false);
        return response;
      } catch (error) {
        if (this.#signal.aborted || !(error instanceof Passing)) throw error;
        if (tries === TRIES) throw new VaultError("offline", error.message);
        this.job.onWaiting?.(true);
        const pause = Math.min(FIRST_WAIT_MS * 2 ** (tries - 1), LONGEST_WAIT_MS);
        await this.around.sleep(pause * (0.5 + this.around.random()), this.#signal);
      }
    }
  }

  async #request(method: string, url: string, extra: Record<string, string>, body?: Bytes): Promise<Response> {
    const init: RequestInit = { method, headers: { ...this.#headers(), ...extra }, signal: this.#signal };
    if (body !== undefined) init.body = body;
    let response: Response;
    try {
      response = await this.around.fetch(url, init);
    } catch (error) {
      throw new Passing(String(error));
    }
    if (response.ok) return response;
    if (response.status === 404 || response.status === 410) throw new VaultError("gone", "the upload has expired");
    if ([408, 409, 423, 425, 429].includes(response.status) || response.status >= 500) {
      throw new Passing(`status ${response.status}`);
    }
    throw new UploadRefused(response.status, (await response.text()).slice(0, 2000));
  }

  #headers(): Record<string, string> {
    return { ...this.job.headers, "Tus-Resumable": "1.0.0" };
  }
}

/** A failure that may pass: the network, or a server that is restarting, busy, or at another offset. */
class Passing extends Error {}

function within(offset: number, start: number, end: number): number {
  if (!Number.isSafeInteger(offset) || offset < start || offset > end) {
    throw new VaultError("gone", "the server holds another part of the file than it was sent");
  }
  return offset;
}

/** Join what a stream yields to chunks of the size asked for at the time. */
async function* gathered(stream: ReadableStream<Bytes>, size: () => number): AsyncGenerator<Bytes, void, undefined> {
  let held: Bytes[] = [];
  let length = 0;
  for await (const piece of pieces(stream, 64 * 1024)) {
    held.push(piece.slice());
    length += piece.length;
    if (length < size()) continue;
    yield concat(...held);
    held = [];
    length = 0;
  }
  if (length > 0) yield concat(...held);
}

function base64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}
