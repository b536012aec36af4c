/** One sealed clip on a server: opened by ranges, and never before its last chunk has been found authentic. */
import {
  CHUNK,
  MAX_HEAD,
  type PayloadCipher,
  SEALED_CHUNK,
  type Shape,
  decrypterOf,
  openChunks,
  openHead,
  payloadShape,
  splitHeader,
} from "./age_webcrypto";
import type { Bytes } from "./bytes";
import { VaultError } from "./errors";
import type { ClipSource } from "./messages";

type Fetch = typeof fetch;

export class SealedClip {
  private constructor(
    readonly source: ClipSource,
    private readonly fetch: Fetch,
    private readonly cipher: PayloadCipher,
    private readonly shape: Shape,
    private readonly payloadStart: number,
    private readonly size: number,
    private readonly complete: Promise<unknown>,
  ) {}

  /** Opens the header at once, and asks for the last chunk meanwhile. Throws VaultError. */
  static async open(source: ClipSource, fetch: Fetch): Promise<SealedClip> {
    let { head: beginning, size } = source;
    if (beginning === undefined || size === undefined) {
      const response = await ranged(fetch, source.url, 0, MAX_HEAD - 1);
      size = total(response);
      beginning = new Uint8Array(await response.arrayBuffer());
    }
    const head = splitHeader(beginning);
    if (head === null) throw new VaultError("malformed", "the header is longer than what came");
    const shape = payloadShape(size - head.payloadStart);
    const tail = fetchTail(fetch, source.url, size, shape);
    tail.catch(() => {}); // reported where it is awaited, which is after the header
    const cipher = await openHead(head, decrypterOf(source.secret));
    const complete = tail.then((sealed) => cipher.open(shape.chunks - 1, true, sealed));
    complete.catch(() => {});
    return new SealedClip(source, fetch, cipher, shape, head.payloadStart, size, complete);
  }

  /** Bytes of plaintext. */
  get plainSize(): number {
    return this.shape.plainLength;
  }

  /** Throws unless the file ends where it was sealed to end, so that no length told is a lie. */
  async checkComplete(): Promise<void> {
    await this.complete;
  }

  /** The plaintext from `start` to `end`, both included. Errors in the middle fail the stream with a VaultError. */
  async read(start: number, end: number, failed: (error: unknown) => void): Promise<ReadableStream<Bytes>> {
    const first = Math.floor(start / CHUNK);
    const last = Math.floor(end / CHUNK);
    const from = this.payloadStart + first * SEALED_CHUNK;
    const to = Math.min(this.payloadStart + (last + 1) * SEALED_CHUNK, this.size) - 1;
    const aborter = new AbortController();
    const upstream = ranged(this.fetch, this.source.url, from, to, aborter.signal);
    upstream.catch(() => {});
    try {
      await this.checkComplete();
    } catch (error) {
      aborter.abort();
      throw error;
    }
    const response = await upstream;
    if (response.body === null || total(response) !== this.size) throw new VaultError("tampered", "another size");
    const chunks = openChunks(this.cipher, response.body, this.shape, first, last);
    let at = first * CHUNK;
    return new ReadableStream<Bytes>(
      {
        async pull(controller) {
          try {
            const { value, done } = await chunks.next();
            if (done) return controller.close();
            controller.enqueue(value.subarray(Math.max(start - at, 0), end + 1 - at));
            at += CHUNK;
          } catch (error) {
            aborter.abort();
            const failure = error instanceof VaultError ? error : new VaultError("offline", String(error));
            failed(failure);
            controller.error(failure);
          }
        },
        cancel() {
          aborter.abort();
          void chunks.return().catch(() => {});
        },
      },
      { highWaterMark: 0 },
    );
  }
}

async function fetchTail(fetch: Fetch, url: string, size: number, shape: Shape): Promise<Bytes> {
  const response = await ranged(fetch, url, size - shape.finalLength, size - 1);
  if (total(response) !== size) throw new VaultError("tampered", "another size than announced");
  return new Uint8Array(await response.arrayBuffer());
}

async function ranged(fetch: Fetch, url: string, from: number, to: number, signal?: AbortSignal): Promise<Response> {
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
function total(response: Response): number {
  const [, size] = /^bytes \d+-\d+\/(\d+)$/.exec(response.headers.get("Content-Range") ?? "") ?? [];
  if (size === undefined) throw new VaultError("gone", "the server does not serve ranges");
  return Number(size);
}
