/** One sealed clip on a server: opened by ranges, and never before its last chunk has been found authentic. */
import { CHUNK, MAX_HEAD, decrypterOf, openHead, payloadShape, splitHeader } from "./age_webcrypto";
import type { Bytes } from "./bytes";
import { VaultError } from "./errors";
import type { ClipSource } from "./messages";
import { OpenedChunks } from "./opened_chunks";
import { type Stored, ranged, readPart, total } from "./reading";

type Fetch = typeof fetch;

export class SealedClip {
  private constructor(
    readonly source: ClipSource,
    private readonly file: Stored,
    private readonly chunks: OpenedChunks,
    private readonly complete: Promise<unknown>,
  ) {}

  /** Opens the header at once, and asks for the last and the first chunk meanwhile. Throws VaultError. */
  static async open(source: ClipSource, fetch: Fetch): Promise<SealedClip> {
    let { head: beginning, size } = source;
    if (beginning === undefined || size === undefined) {
      const response = await ranged(fetch, source.url, 0, MAX_HEAD - 1);
      size = total(response);
      beginning = new Uint8Array(await response.arrayBuffer());
    }
    const head = splitHeader(beginning);
    if (head === null) throw new VaultError("malformed", "the header is longer than what came");
    const { payloadStart } = head;
    const file: Stored = { url: source.url, size, payloadStart, shape: payloadShape(size - payloadStart) };
    const tail = fetchTail(fetch, file);
    tail.catch(() => {}); // reported where it is awaited, which is after the header
    const cipher = await openHead(head, decrypterOf(source.secret));
    const complete = tail.then((sealed) => cipher.open(file.shape.chunks - 1, true, sealed));
    complete.catch(() => {});
    const chunks = new OpenedChunks((part, signal) => readPart(fetch, file, cipher, part, signal));
    if (file.shape.chunks > 1) chunks.ahead();
    return new SealedClip(source, file, chunks, complete);
  }

  /** Bytes of plaintext. */
  get plainSize(): number {
    return this.file.shape.plainLength;
  }

  /** Throws unless the file ends where it was sealed to end, so that no length told is a lie. */
  async checkComplete(): Promise<void> {
    await this.complete;
  }

  /**
   * The plaintext from `start` to `end`, both included. The first part is on its way while the last chunk is waited
   * for; nothing is handed out before that was opened. Errors in the middle fail the stream with a VaultError.
   */
  async read(start: number, end: number, failed: (error: unknown) => void): Promise<ReadableStream<Bytes>> {
    const reader = this.chunks.reader(Math.floor(start / CHUNK), Math.floor(end / CHUNK));
    let at = Math.floor(start / CHUNK) * CHUNK;
    let begun: Promise<Bytes | null> | null = reader.next();
    begun.catch(() => {});
    try {
      await this.checkComplete();
    } catch (error) {
      reader.leave();
      throw error;
    }
    return new ReadableStream<Bytes>(
      {
        async pull(controller) {
          try {
            const chunk = await (begun ?? reader.next());
            begun = null;
            if (chunk === null) return controller.close();
            controller.enqueue(chunk.subarray(Math.max(start - at, 0), end + 1 - at));
            at += CHUNK;
          } catch (error) {
            reader.leave();
            const failure = error instanceof VaultError ? error : new VaultError("offline", String(error));
            failed(failure);
            controller.error(failure);
          }
        },
        cancel: () => reader.leave(),
      },
      { highWaterMark: 0 },
    );
  }
}

async function fetchTail(fetch: Fetch, { url, size, shape }: Stored): Promise<Bytes> {
  const response = await ranged(fetch, url, size - shape.finalLength, size - 1);
  if (total(response) !== size) throw new VaultError("tampered", "another size than announced");
  return new Uint8Array(await response.arrayBuffer());
}
