import { describe, expect, test } from "vitest";
import { type Bytes, concat, ordinary, sha256Hex } from "./bytes";
import { VaultError } from "./errors";
import { plaintext } from "./testing";
import { LARGEST, type Surroundings, type Upload, UploadRefused, Valve, type Waiting, upload } from "./upload";

const MIB = 1024 * 1024;

/** A small tus server in memory. `troubles` are taken up one for each request; each may answer in its stead. */
class Server {
  readonly seen: string[] = [];
  readonly headers: Headers[] = [];
  held: Bytes = new Uint8Array(0);
  length = 0;
  dropped = false;
  pauses: number[] = [];
  clock = 0;
  secondsEach = 0;

  constructor(readonly troubles: (((server: Server, request: Request) => Promise<Response> | Response) | null)[] = []) {}

  readonly around: Surroundings = {
    fetch: async (input, init) => {
      this.clock += this.secondsEach * 1000;
      init?.signal?.throwIfAborted();
      const request = new Request(input as string, { ...init, keepalive: false });
      this.seen.push(`${request.method} ${request.headers.get("Upload-Offset") ?? ""}`.trim());
      this.headers.push(request.headers);
      const trouble = this.troubles.shift();
      return trouble ? trouble(this, request) : this.answer(request);
    },
    sleep: async (ms, signal) => {
      this.pauses.push(ms);
      if (signal.aborted) throw new VaultError("aborted");
    },
    now: () => this.clock,
    random: () => 0.5,
  };

  async answer(request: Request, keep = Number.POSITIVE_INFINITY): Promise<Response> {
    if (request.method === "POST") {
      this.length = Number(request.headers.get("Upload-Length"));
      return new Response(null, { status: 201, headers: { Location: "/files/one" } });
    }
    if (request.method === "DELETE") {
      this.dropped = true;
      return new Response(null, { status: 204 });
    }
    if (request.method === "PATCH") {
      if (Number(request.headers.get("Upload-Offset")) !== this.held.length) return new Response(null, { status: 409 });
      const sent = new Uint8Array(await request.arrayBuffer());
      this.held = concat(this.held, sent.subarray(0, keep));
    }
    return new Response(null, { headers: { "Upload-Offset": String(this.held.length) } });
  }
}

const lost = (): Promise<Response> => Promise.reject(new TypeError("network"));
const busy = (): Response => new Response("busy", { status: 503 });

/** A stream that yields each byte once and cannot be read again. */
function once(data: Bytes): ReadableStream<Bytes> {
  let at = 0;
  return new ReadableStream({
    pull(controller) {
      if (at >= data.length) return controller.close();
      controller.enqueue(data.slice(at, (at += 65_552)));
    },
  });
}

const job = (data: Bytes, more: Partial<Upload> = {}): Upload => ({
  endpoint: "http://localhost/files/",
  stream: once(data),
  size: data.length,
  headers: () => ({ "X-CSRFToken": "token" }),
  ...more,
});

describe("an upload", () => {
  const data = ordinary(plaintext(5 * MIB + 77));

  test("arrives whole, in growing chunks", async () => {
    const server = new Server();
    const progress: number[] = [];
    const onProgress = (sent: number): number => progress.push(sent);
    const metadata = { clip: "6b1f6a0e" };
    expect(await upload(job(data, { onProgress, metadata }), server.around)).toBe("http://localhost/files/one");
    expect(sha256Hex(server.held)).toBe(sha256Hex(data));
    expect(server.length).toBe(data.length);
    expect(server.seen[0]).toBe("POST");
    expect(server.seen.length).toBeLessThan(5);
    expect(progress.at(-1)).toBe(data.length);
    expect(server.headers.every((headers) => headers.get("X-CSRFToken") === "token")).toBe(true);
    expect(server.headers.every((headers) => headers.get("Tus-Resumable") === "1.0.0")).toBe(true);
    expect(server.headers[0]?.get("Upload-Metadata")).toBe("clip NmIxZjZhMGU=");
  });

  test("keeps its chunks small where the line is slow", async () => {
    const server = new Server();
    server.secondsEach = 5;
    await upload(job(data), server.around);
    expect(server.seen.length).toBeGreaterThan(1 + 15); // 256 KiB each, after the first
  });

  test("of nothing but an empty stream is made and left", async () => {
    const server = new Server();
    await upload(job(new Uint8Array(0)), server.around);
    expect(server.seen).toEqual(["POST"]);
  });

  test.each([
    ["the request is lost", [null, lost]],
    ["the request is lost three times", [null, lost, lost, lost]],
    ["the answer is lost", [null, async (server: Server, request: Request) => (await server.answer(request), lost())]],
    [
      "half of a chunk arrives",
      [null, null, async (server: Server, request: Request) => (await server.answer(request, 1000), lost())],
    ],
    ["the server keeps only a part", [null, (server: Server, request: Request) => server.answer(request, 4321)]],
    ["the server is busy", [busy, null, busy, busy]],
    ["the creation is lost", [lost, null]],
    ["the question for the offset is lost", [null, lost, lost, busy]],
    ["the lock is held", [null, () => new Response(null, { status: 423 })]],
  ])("arrives whole when %s", async (_, troubles) => {
    const server = new Server(troubles);
    const waits: (Waiting | null)[] = [];
    await upload(job(data, { onWaiting: (why) => waits.push(why) }), server.around);
    expect(sha256Hex(server.held)).toBe(sha256Hex(data));
    expect(waits.at(-1) ?? null).toBe(null);
  });

  test("waits longer each time, up to half a minute, for as long as the line is lost", async () => {
    const server = new Server([null, ...Array.from({ length: 60 }, () => lost)]);
    await upload(job(data), server.around);
    expect(sha256Hex(server.held)).toBe(sha256Hex(data));
    expect(server.pauses.slice(0, 6)).toEqual([1000, 2000, 4000, 8000, 16_000, 30_000]);
    expect(Math.max(...server.pauses)).toBe(30_000);
    expect(server.pauses).toHaveLength(60);
  });

  test("gives up at last where the server answers that it cannot", async () => {
    const server = new Server([null, ...Array.from({ length: 60 }, () => busy)]);
    await expect(upload(job(data), server.around)).rejects.toMatchObject({ code: "offline" });
    expect(server.pauses.reduce((sum, pause) => sum + pause)).toBeGreaterThan(5 * 60_000);
    expect(server.seen.at(-1)).toBe("DELETE");
  });

  test.each([
    ["sent to the sign-in page", () => new Response(null, { status: 302 })],
    ["told that its token is old", () => new Response("CSRF", { status: 403 })],
  ])("that is %s waits for the sign-in, and goes on where it stopped", async (_, signedOut) => {
    const server = new Server([null, null, signedOut, signedOut]);
    const waits: (Waiting | null)[] = [];
    let token = "old";
    const more: Partial<Upload> = {
      headers: () => ({ "X-CSRFToken": token }),
      onWaiting: (why) => waits.push(why),
      onSignedOut: async () => void (token = "new"),
    };
    await upload(job(data, more), server.around);
    expect(sha256Hex(server.held)).toBe(sha256Hex(data));
    expect(waits).toEqual(["signed_out", "signed_out", null]);
    expect(server.headers.at(-1)?.get("X-CSRFToken")).toBe("new");
    expect(server.pauses).toEqual([]);
  });

  test("that is signed out ends where nobody waits for the sign-in", async () => {
    const server = new Server([null, () => new Response(null, { status: 302 })]);
    await expect(upload(job(data), server.around)).rejects.toMatchObject({ status: 401 });
  });

  test("that is held back breaks off, stands still, and goes on from what the server has", async () => {
    const valve = new Valve();
    const server = new Server([
      null,
      async (held, request) => {
        await held.answer(request, 5000);
        valve.close();
        setTimeout(() => valve.open(), 20);
        throw new DOMException("aborted", "AbortError");
      },
    ]);
    await upload(job(data, { valve }), server.around);
    expect(server.seen.slice(0, 4)).toEqual(["POST", "PATCH 0", "HEAD", "PATCH 5000"]);
    expect(sha256Hex(server.held)).toBe(sha256Hex(data));
    expect(server.pauses).toEqual([]);
  });

  test("that is held back can be called off", async () => {
    const valve = new Valve();
    valve.close();
    const aborter = new AbortController();
    const failed = upload(job(data, { valve, signal: aborter.signal }), new Server().around);
    setTimeout(() => aborter.abort(), 5);
    await expect(failed).rejects.toMatchObject({ code: "aborted" });
  });

  test("that the server refuses ends at once, with what it said", async () => {
    const server = new Server([() => new Response("too large", { status: 413 })]);
    const failed = upload(job(data), server.around);
    await expect(failed).rejects.toBeInstanceOf(UploadRefused);
    await expect(failed).rejects.toMatchObject({ status: 413, body: "too large" });
    expect(server.pauses).toEqual([]);
  });

  test("that the server has dropped ends at once", async () => {
    const server = new Server([null, () => new Response(null, { status: 404 })]);
    await expect(upload(job(data), server.around)).rejects.toMatchObject({ code: "gone" });
  });

  test("is not continued over bytes that the server should not have", async () => {
    const server = new Server([
      null,
      lost,
      () => new Response(null, { headers: { "Upload-Offset": "99999999" } }),
    ]);
    await expect(upload(job(data), server.around)).rejects.toMatchObject({ code: "gone" });
  });

  test("that is called off stops reading, and drops what was sent", async () => {
    const server = new Server();
    const aborter = new AbortController();
    let cancelled = false;
    const stream = new ReadableStream<Bytes>({
      pull: (controller) => controller.enqueue(new Uint8Array(MIB)),
      cancel: () => {
        cancelled = true;
      },
    });
    const onProgress = (sent: number): void => (sent > 3 * MIB ? aborter.abort() : undefined);
    const failed = upload(job(data, { stream, size: 100 * MIB, signal: aborter.signal, onProgress }), server.around);
    await expect(failed).rejects.toMatchObject({ code: "aborted" });
    expect(cancelled).toBe(true);
    expect(server.dropped).toBe(true);
  });

  test("of a stream that fails drops what was sent", async () => {
    const server = new Server();
    let given = 0;
    const stream = new ReadableStream<Bytes>({
      pull(controller) {
        given += 1;
        if (given > 3) throw new VaultError("changed");
        controller.enqueue(new Uint8Array(MIB));
      },
    });
    const failed = upload(job(data, { stream, size: 10 * MIB }), server.around);
    await expect(failed).rejects.toMatchObject({ code: "changed" });
    expect(server.dropped).toBe(true);
  });

  test("of a stream that ends early is no upload", async () => {
    const server = new Server();
    await expect(upload(job(data, { size: data.length + 1 }), server.around)).rejects.toMatchObject({ code: "changed" });
  });

  test("sends no more than 8 MiB at once", () => expect(LARGEST).toBe(8 * MIB));
});
