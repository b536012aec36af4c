/**
 * Sending a sealed stream by the resumable protocol tus 1.0.
 *
 * Written out here: tus-js-client joins what a stream yields by copying all it holds for each piece that arrives (half
 * a gigabyte of copying for 8 MiB), and keeps chunks of one size however slow the line. A sealed stream is read once:
 * nothing is sealed twice, as a changed file would then be sealed under nonces already used.
 */
import { type Bytes, concat } from "./bytes";
import { VaultError } from "./errors";

const SMALLEST = 256 * 1024;
const FIRST = 1024 * 1024;
export const LARGEST = 8 * 1024 * 1024;
const STEP = 64 * 1024;
const CHUNK_MS = 1500; // what one chunk should take: progress is told, and lost by a broken line, a chunk at a time
const TRIES = 20; // some seven minutes of a server that answers and cannot
const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 30_000;

export interface Upload {
  /** Where uploads are created (POST). */
  endpoint: string;
  stream: ReadableStream<Bytes>;
  /** Bytes that `stream` will yield. */
  size: number;
  /** Sent with each request: the CSRF header, say. Asked for each time, as signing in again changes it. */
  headers?: () => Record<string, string>;
  /** `Upload-Metadata`, which the server can read: never a file's name. */
  metadata?: Record<string, string>;
  signal?: AbortSignal;
  onProgress?: (sent: number, size: number) => void;
  /** Where the upload stands on the server, once it is begun. */
  onCreated?: (address: string) => void;
  /** Why nothing moves, or null when it moves again. */
  onWaiting?: (why: Waiting | null) => void;
  /** Held back by the person. */
  valve?: Valve;
  /**
   * The server no longer knows who sends this. Resolves when somebody has signed in again, to go on where it stopped.
   * Without it such an upload ends with UploadRefused.
   */
  onSignedOut?: (signal: AbortSignal) => Promise<void>;
}

/** The line is lost, or the person has signed out meanwhile. */
export type Waiting = "line" | "signed_out";

/** Lets an upload run, or holds it: what is on its way is broken off, and asked about when it opens again. */
export class Valve {
  #closed: { opened: Promise<void>; open: () => void } | null = null;
  #breaking = new AbortController();

  get closed(): boolean {
    return this.#closed !== null;
  }

  close(): void {
    if (this.#closed) return;
    let open = (): void => {};
    const opened = new Promise<void>((resolve) => (open = resolve));
    this.#closed = { opened, open };
    this.#breaking.abort();
  }

  open(): void {
    const closed = this.#closed;
    this.#closed = null;
    this.#breaking = new AbortController();
    closed?.open();
  }

  /** Aborts when the valve is closed. */
  get signal(): AbortSignal {
    return this.#breaking.signal;
  }

  /** Settles when the valve is open; throws "aborted" when the signal says so. */
  async passed(signal: AbortSignal): Promise<void> {
    while (this.#closed && !signal.aborted) await Promise.race([this.#closed.opened, aborted(signal)]);
    if (signal.aborted) throw new VaultError("aborted");
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
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
  // Cut short when the browser says that the line is back, or when the person comes back to the page.
  sleep: (ms, signal) =>
    new Promise((resolve, reject) => {
      const done = new AbortController();
      const end = (finish: () => void) => (): void => (clearTimeout(timer), done.abort(), finish());
      const timer = setTimeout(end(resolve), ms);
      const once = { once: true, signal: done.signal };
      signal.addEventListener("abort", end(() => reject(new VaultError("aborted"))), once);
      globalThis.addEventListener("online", end(resolve), once);
      globalThis.document?.addEventListener("visibilitychange", end(resolve), once);
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
 * Send all of the stream; resolves to the upload's address. A lost connection is waited for as long as it takes, with
 * growing and scattered pauses; what the server holds already is asked of it and not sent again.
 *
 * Throws UploadRefused, VaultError "offline" (a server that answered for some seven minutes that it cannot), "aborted"
 * or "gone", and what the stream throws. On any failure, abort included, the stream is cancelled and the server told to drop the upload.
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
  readonly #valve: Valve;
  #location = "";
  #offset = 0;
  #chunkSize = FIRST;

  constructor(
    readonly job: Upload,
    readonly around: Surroundings,
  ) {
    this.#signal = job.signal ?? new AbortController().signal;
    this.#valve = job.valve ?? new Valve();
  }

  async run(): Promise<string> {
    this.#location = await this.#create();
    this.job.onCreated?.(this.#location);
    for await (const chunk of gathered(this.job.stream, () => this.#chunkSize)) await this.#send(chunk);
    if (this.#offset !== this.job.size) throw new VaultError("changed", "the stream is not of the announced size");
    return this.#location;
  }

  /** Best effort: an upload that nobody finishes also expires on the server. */
  async drop(): Promise<void> {
    if (!this.job.stream.locked) await this.job.stream.cancel().catch(() => {});
    if (this.#location === "") return;
    const init: RequestInit = { method: "DELETE", headers: this.#headers(), redirect: "manual", keepalive: true };
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
      const from = this.#offset;
      let began = this.around.now();
      await this.#persistently(async () => {
        if (doubtful) this.#offset = within(await this.#ask(), start, end);
        if (this.#offset === end) return new Response(null);
        doubtful = true;
        began = this.around.now();
        const headers = {
          "Content-Type": "application/offset+octet-stream",
          "Upload-Offset": String(this.#offset),
        };
        const response = await this.#request("PATCH", this.#location, headers, chunk.subarray(this.#offset - start));
        this.#offset = within(Number(response.headers.get("Upload-Offset") ?? Number.NaN), start, end);
        return response;
      });
      this.#fit(this.#offset - from, this.around.now() - began);
      this.job.onProgress?.(this.#offset, this.job.size);
    }
  }

  /** As large as goes in about a second and a half, and at most double of what went before. */
  #fit(sent: number, ms: number): void {
    const fitting = Math.floor((sent * CHUNK_MS) / Math.max(ms, 1) / STEP) * STEP;
    this.#chunkSize = Math.min(Math.max(fitting, SMALLEST), 2 * this.#chunkSize, LARGEST);
  }

  async #ask(): Promise<number> {
    const response = await this.#request("HEAD", this.#location, {});
    return Number(response.headers.get("Upload-Offset") ?? Number.NaN);
  }

  async #persistently(attempt: () => Promise<Response>): Promise<Response> {
    let refusals = 0;
    let waited = false;
    for (let tries = 0; ; ) {
      await this.#valve.passed(this.#signal);
      try {
        const response = await attempt();
        if (waited) this.job.onWaiting?.(null);
        return response;
      } catch (error) {
        if (this.#signal.aborted) throw error;
        if (this.#valve.closed) continue;
        if (error instanceof SignedOut && this.job.onSignedOut) {
          waited = true;
          this.job.onWaiting?.("signed_out");
          await this.job.onSignedOut(this.#signal);
          continue;
        }
        if (error instanceof SignedOut) throw new UploadRefused(401, "");
        if (!(error instanceof Passing)) throw error;
        refusals = error.answered ? refusals + 1 : 0;
        if (refusals === TRIES) throw new VaultError("offline", error.message);
        waited = true;
        this.job.onWaiting?.("line");
        const pause = Math.min(FIRST_WAIT_MS * 2 ** tries, LONGEST_WAIT_MS);
        tries += 1;
        await this.around.sleep(pause * (0.5 + this.around.random()), this.#signal);
      }
    }
  }

  async #request(method: string, url: string, extra: Record<string, string>, body?: Bytes): Promise<Response> {
    const signal = AbortSignal.any([this.#signal, this.#valve.signal]);
    const init: RequestInit = { method, headers: { ...this.#headers(), ...extra }, signal, redirect: "manual" };
    if (body !== undefined) init.body = body;
    let response: Response;
    try {
      response = await this.around.fetch(url, init);
    } catch (error) {
      throw new Passing(String(error), false);
    }
    if (response.ok) return response;
    // To the sign-in page; or the form's token is of an earlier sign-in.
    if (response.type === "opaqueredirect" || [302, 401, 403].includes(response.status)) throw new SignedOut();
    if (response.status === 404 || response.status === 410) throw new VaultError("gone", "the upload has expired");
    if ([408, 409, 423, 425, 429].includes(response.status) || response.status >= 500) {
      throw new Passing(`status ${response.status}`, true);
    }
    throw new UploadRefused(response.status, (await response.text()).slice(0, 2000));
  }

  #headers(): Record<string, string> {
    return { ...this.job.headers?.(), "Tus-Resumable": "1.0.0" };
  }
}

/** A failure that may pass: the network, or (`answered`) a server that is restarting, busy, or at another offset. */
class Passing extends Error {
  constructor(
    message: string,
    readonly answered: boolean,
  ) {
    super(message);
  }
}

class SignedOut extends Error {}

function within(offset: number, start: number, end: number): number {
  if (!Number.isSafeInteger(offset) || offset < start || offset > end) {
    throw new VaultError("gone", "the server holds another part of the file than it was sent");
  }
  return offset;
}

/** Join or cut what a stream yields to chunks of the size asked for at the time; the last may be shorter. */
async function* gathered(stream: ReadableStream<Bytes>, size: () => number): AsyncGenerator<Bytes, void, undefined> {
  const reader = stream.getReader();
  let held: Bytes[] = [];
  let length = 0;
  let whole = false;
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      held.push(next.value);
      length += next.value.length;
      for (let most = size(); length >= most; most = size()) {
        const joined = held.length === 1 ? (held[0] as Bytes) : concat(...held);
        yield joined.subarray(0, most);
        held = [joined.subarray(most)];
        length -= most;
      }
    }
    if (length > 0) yield concat(...held);
    whole = true;
  } finally {
    if (!whole) reader.cancel().catch(() => {});
  }
}

function base64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}
