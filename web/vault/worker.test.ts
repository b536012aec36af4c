import { describe, expect, test, vi } from "vitest";
import fromPython from "../../tests/vectors/sealed-by-python.json";
import { base64 } from "@scure/base";
import { type Bytes, concat, ordinary, sha256Hex, utf8 } from "./bytes";
import { generateIdentity, sealBytes } from "./identity";
import { IDLE_MS } from "./keyring";
import type { Answer, ClipSource, Tell } from "./messages";
import { sealFile } from "./sealing";
import { disposition, parseRange } from "./serving";
import { collected, plaintext } from "./testing";
import { VaultWorker } from "./worker";

/** Files on a server that answers single ranges. */
class Files {
  readonly held = new Map<string, Bytes>();
  asked: string[] = [];
  down = false;

  readonly fetch: typeof fetch = async (input, init) => {
    const range = new Headers(init?.headers).get("Range") ?? "";
    this.asked.push(range);
    if (this.down) throw new TypeError("network");
    const file = this.held.get(String(input));
    if (file === undefined) return new Response("gone", { status: 404 });
    const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec(range) ?? [];
    const start = Number(from);
    if (start >= file.length) return new Response(null, { status: 416 });
    const end = Math.min(Number(to), file.length - 1);
    const headers = { "Content-Range": `bytes ${start}-${end}/${file.length}` };
    return new Response(inParts(file.slice(start, end + 1)), { status: 206, headers });
  };
}

/** As a network hands it out: in parts of any size. (Node 20 ends byte streams of its own with an error.) */
function inParts(data: Bytes): ReadableStream<Bytes> {
  let at = 0;
  return new ReadableStream({
    pull(controller) {
      if (at >= data.length) return controller.close();
      controller.enqueue(data.slice(at, (at += 50_001)));
    },
  });
}

interface Page {
  heard: Tell[];
  postMessage: (told: Tell) => void;
}

function page(onTell: (told: Tell) => void = () => {}): Page {
  const heard: Tell[] = [];
  return { heard, postMessage: (told) => (heard.push(told), onTell(told)) };
}

function workerWith(files: Files, pages: Page[], now: () => number = () => 0): VaultWorker {
  const clients = { get: async () => undefined, matchAll: async () => pages, claim: async () => {} };
  return new VaultWorker({ clients: clients as unknown as Clients }, files.fetch, now);
}

const SIZE = 3 * 65_536 + 99;
const plain = plaintext(SIZE);

async function stored(): Promise<{ files: Files; source: ClipSource; file: Bytes }> {
  const clip = await generateIdentity();
  const { head, size, stream } = await sealFile(new Blob([plain]), clip.recipient);
  const file = concat(...(await collected(stream)));
  const files = new Files();
  files.held.set("/objects/1", file);
  return { files, file, source: { id: "one", url: "/objects/1", secret: clip.secret, type: "video/mp4", head, size } };
}

const request = (range?: string, path = "/clip-play/one"): Request =>
  new Request(`http://localhost${path}`, range === undefined ? {} : { headers: { Range: range } });
const bytesOf = async (response: Response): Promise<Bytes> => new Uint8Array(await response.arrayBuffer());
const refused = (answer: Answer): string => (answer.ok ? "none" : answer.code);

describe("playing", () => {
  test.each([
    ["bytes=0-", 0, SIZE - 1],
    ["bytes=0-0", 0, 0],
    ["bytes=65535-65536", 65_535, 65_536],
    ["bytes=100000-150000", 100_000, 150_000],
    [`bytes=${SIZE - 1}-`, SIZE - 1, SIZE - 1],
    ["bytes=-500", SIZE - 500, SIZE - 1],
    [`bytes=5-${SIZE + 1000}`, 5, SIZE - 1],
  ])("%s", async (range, start, end) => {
    const { files, source } = await stored();
    const worker = workerWith(files, []);
    expect(await worker.answer({ ask: "announce", clip: source })).toEqual({ ok: true, value: { size: SIZE } });
    const response = await worker.respond(request(range), "");
    expect(response.status).toBe(206);
    expect(response.headers.get("Content-Range")).toBe(`bytes ${start}-${end}/${SIZE}`);
    expect(response.headers.get("Content-Length")).toBe(String(end + 1 - start));
    expect(response.headers.get("Cache-Control")).toBe("no-store");
    expect(response.headers.get("Content-Type")).toBe("video/mp4");
    expect(sha256Hex(await bytesOf(response))).toBe(sha256Hex(plain.subarray(start, end + 1)));
  });

  test("the whole clip, and without head and size", async () => {
    const { files, source } = await stored();
    const worker = workerWith(files, []);
    const { head: _head, size: _size, ...bare } = source;
    await worker.answer({ ask: "announce", clip: bare });
    const response = await worker.respond(request(), "");
    expect(response.status).toBe(200);
    expect(sha256Hex(await bytesOf(response))).toBe(sha256Hex(plain));
  });

  test("the beginning is asked for while the last chunk is awaited, and given when that was opened", async () => {
    const { files, source } = await stored();
    const asked: string[] = [];
    let letThrough = (): void => {};
    const held = new Promise<void>((resolve) => (letThrough = resolve));
    const begin = (source.head as Bytes).length;
    const tail = `bytes=${begin + 3 * 65_552}-`;
    const fetch: typeof files.fetch = async (input, init) => {
      const range = new Headers(init?.headers).get("Range") ?? "";
      if (range.startsWith(tail)) asked.push("last chunk");
      else asked.push(range.startsWith(`bytes=${begin}-`) ? "first chunk" : "what follows");
      if (range.startsWith(tail)) await held;
      return files.fetch(input, init);
    };
    const worker = workerWith(Object.assign(new Files(), { fetch }), []);
    void worker.answer({ ask: "announce", clip: source });
    let given = false;
    const response = worker.respond(request("bytes=0-"), "").then((answer) => ((given = true), answer));
    await vi.waitFor(() => expect(asked).toEqual(["last chunk", "first chunk", "what follows"]));
    expect(given).toBe(false);
    letThrough();
    expect(await bytesOf(await response)).toEqual(plain);
  });

  test("beyond the end is 416", async () => {
    const { files, source } = await stored();
    const worker = workerWith(files, []);
    await worker.answer({ ask: "announce", clip: source });
    const response = await worker.respond(request(`bytes=${SIZE}-`), "");
    expect(response.status).toBe(416);
    expect(response.headers.get("Content-Range")).toBe(`bytes */${SIZE}`);
  });

  test("a request that overtakes its announcement waits for it", async () => {
    const { files, source } = await stored();
    const worker = workerWith(files, []);
    const early = worker.respond(request("bytes=0-9"), "");
    await worker.answer({ ask: "announce", clip: source });
    expect(await bytesOf(await early)).toEqual(plain.slice(0, 10));
  });

  test("a worker that was ended asks the pages again", async () => {
    const { files, source } = await stored();
    const asked = page((told) => {
      if (told.tell === "need") void worker.answer({ ask: "announce", clip: source });
    });
    const worker = workerWith(files, [asked]);
    expect((await worker.respond(request("bytes=0-9"), "")).status).toBe(206);
    expect(asked.heard[0]).toEqual({ tell: "need", id: "one" });
  });

  test("a clip that nobody announces is 404", async () => {
    const response = await workerWith(new Files(), []).respond(request(), "");
    expect(response.status).toBe(404);
    expect(await response.text()).toBe("unknown");
  }, 10_000);

  test("the real thing, sealed by Python", async () => {
    const { clip } = fromPython;
    const files = new Files();
    files.held.set("/objects/2", ordinary(base64.decode(clip.file)));
    const worker = workerWith(files, []);
    const source = { id: "one", url: "/objects/2", secret: clip.secret, type: "video/mp4" };
    await worker.answer({ ask: "announce", clip: source });
    const response = await worker.respond(request("bytes=65000-"), "");
    expect(sha256Hex(await bytesOf(response))).toBe(sha256Hex(plaintext(clip.plain_size).subarray(65_000)));
  });
});

describe("what is not authentic", () => {
  const cut = (file: Bytes): Bytes => file.slice(0, file.length - 1);
  const chunkLess = (file: Bytes): Bytes => file.slice(0, file.length - 99 - 16);
  const flipped = (at: number) => (file: Bytes) => file.map((byte, index) => (index === file.length + at ? byte ^ 1 : byte));

  test.each<[string, (file: Bytes) => Bytes, "told" | "asked"]>([
    ["cut by a byte", cut, "told"],
    ["cut by a byte, size told by the server", cut, "asked"],
    ["cut by its last chunk", chunkLess, "told"],
    ["cut by its last chunk, size told by the server", chunkLess, "asked"],
    ["changed in its last chunk", flipped(-50), "told"],
    ["longer than announced", (file) => concat(file, Uint8Array.of(0)), "told"],
  ])("is not even begun: %s", async (_, change, known) => {
    const { files, source, file } = await stored();
    files.held.set("/objects/1", change(file));
    const told = page();
    const worker = workerWith(files, [told]);
    const { head: _head, size: _size, ...bare } = source;
    const clip = known === "told" ? source : bare;
    expect(refused(await worker.answer({ ask: "announce", clip }))).toBe("tampered");
    const again = worker.respond(request("bytes=0-9"), "");
    void worker.answer({ ask: "announce", clip });
    const response = await again;
    expect(response.status).toBe(502);
    expect(await response.text()).toBe("tampered");
    expect(told.heard).toContainEqual({ tell: "clip_failed", id: "one", code: "tampered" });
  });

  test("fails where it is met in the middle", async () => {
    const { files, source, file } = await stored();
    files.held.set("/objects/1", flipped(-SIZE)(file));
    const told = page();
    const worker = workerWith(files, [told]);
    await worker.answer({ ask: "announce", clip: source });
    const response = await worker.respond(request("bytes=0-"), "");
    await expect(response.arrayBuffer()).rejects.toThrow();
    expect(told.heard).toEqual([{ tell: "clip_failed", id: "one", code: "tampered" }]);
  });

  test("is not opened by another identity", async () => {
    const { files, source } = await stored();
    const clip = { ...source, secret: (await generateIdentity()).secret };
    expect(refused(await workerWith(files, []).answer({ ask: "announce", clip }))).toBe("wrong_key");
  });

  test("is never taken for anything but a video", async () => {
    const { files, source } = await stored();
    for (const type of ["text/html", "image/svg+xml", "video/mp4; charset=utf-8", ""]) {
      const answer = await workerWith(files, []).answer({ ask: "announce", clip: { ...source, type } });
      expect(refused(answer)).toBe("malformed");
    }
  });

  test("is told from what is not there", async () => {
    const { files, source } = await stored();
    const worker = workerWith(files, []);
    const gone = { ...source, url: "/objects/none" };
    expect(refused(await worker.answer({ ask: "announce", clip: gone }))).toBe("gone");
    files.down = true;
    expect(refused(await worker.answer({ ask: "announce", clip: source }))).toBe("offline");
    files.down = false;
    expect(refused(await worker.answer({ ask: "announce", clip: source }))).toBe("none");
  });
});

describe("saving", () => {
  const save = async (change: Partial<ClipSource>, damage?: (file: Bytes) => Bytes) => {
    const { files, source, file } = await stored();
    if (damage) files.held.set("/objects/1", damage(file));
    const told = page();
    const worker = workerWith(files, [told]);
    await worker.answer({ ask: "announce", clip: { ...source, ...change } });
    return { response: await worker.respond(request(undefined, "/clip-save/one"), ""), told };
  };

  test("hands out the whole clip under its name, and says its SHA-256", async () => {
    const { response, told } = await save({ plainSha256: sha256Hex(plain), filename: "26-1234 Elm.mp4" });
    expect(response.headers.get("Content-Disposition")).toBe(disposition("26-1234 Elm.mp4"));
    expect(response.headers.get("Content-Length")).toBe(String(SIZE));
    expect(sha256Hex(await bytesOf(response))).toBe(sha256Hex(plain));
    expect(told.heard).toEqual([{ tell: "saved", id: "one", sha256: sha256Hex(plain), size: SIZE }]);
  });

  test("fails before the last byte where the manifest says another SHA-256", async () => {
    const { response, told } = await save({ plainSha256: "00".repeat(32) });
    await expect(response.arrayBuffer()).rejects.toThrow();
    expect(told.heard).toEqual([{ tell: "save_failed", id: "one", code: "other_clip" }]);
  });

  test("fails where a chunk is not authentic", async () => {
    const { response, told } = await save({}, (file) => file.map((byte, at) => (at === 100_000 ? byte ^ 1 : byte)));
    await expect(response.arrayBuffer()).rejects.toThrow();
    expect(told.heard).toEqual([{ tell: "save_failed", id: "one", code: "tampered" }]);
  });

  test("that is called off is told so", async () => {
    const { response, told } = await save({});
    await response.body?.cancel();
    expect(told.heard).toEqual([{ tell: "save_failed", id: "one", code: "aborted" }]);
  });

  test.each([
    ["clip.mp4", 'attachment; filename="clip.mp4"; filename*=UTF-8\'\'clip.mp4'],
    ['../a"b\r\n.mp4', "attachment; filename=\"__a_b__.mp4\"; filename*=UTF-8''__a_b__.mp4"],
    ["Straße (1)'.mp4", "attachment; filename=\"Stra_e (1)'.mp4\"; filename*=UTF-8''Stra%C3%9Fe%20%281%29%27.mp4"],
    ["", "attachment; filename=\"clip\"; filename*=UTF-8''clip"],
  ])("names a download %j", (name, expected) => expect(disposition(name)).toBe(expected));
});

test.each([
  ["bytes=0-", 10, { start: 0, end: 9 }],
  ["bytes=3-5", 10, { start: 3, end: 5 }],
  ["bytes=3-99", 10, { start: 3, end: 9 }],
  ["bytes=-4", 10, { start: 6, end: 9 }],
  ["bytes=-40", 10, { start: 0, end: 9 }],
  ["bytes=-0", 10, "unsatisfiable"],
  ["bytes=10-", 10, "unsatisfiable"],
  ["bytes=0-", 0, "unsatisfiable"],
  ["bytes=-5", 0, "unsatisfiable"],
  ["bytes=5-3", 10, "whole"],
  ["bytes=0-1,3-4", 10, "whole"],
  ["items=0-1", 10, "whole"],
  ["bytes=-", 10, "whole"],
  ["bytes=a-b", 10, "whole"],
  [null, 10, "whole"],
])("range %j of %i bytes", (header, size, expected) => expect(parseRange(header, size)).toEqual(expected));

describe("identities", () => {
  const sealedTo = (recipient: string): Promise<Bytes> => sealBytes(utf8("for them"), [recipient]);

  test("open what is sealed to them while they are unlocked", async () => {
    const household = await generateIdentity();
    const sealed = await sealedTo(household.recipient);
    const told = page();
    const worker = workerWith(new Files(), [told]);
    expect(refused(await worker.answer({ ask: "open", name: "household", sealed }))).toBe("locked");
    const unlocked = await worker.answer({ ask: "unlock", name: "household", ...household });
    expect(unlocked).toEqual({ ok: true, value: { household: household.recipient } });
    expect(await worker.answer({ ask: "open", name: "household", sealed })).toEqual({ ok: true, value: utf8("for them") });
    expect(refused(await worker.answer({ ask: "open", name: "officer", sealed }))).toBe("locked");
    expect((await worker.answer({ ask: "vouch", name: "household", purpose: "recovery", text: "x" })).ok).toBe(true);
    await worker.answer({ ask: "lock" });
    expect(refused(await worker.answer({ ask: "open", name: "household", sealed }))).toBe("locked");
    expect(told.heard).toEqual([{ tell: "locked", names: ["household"] }]);
  });

  test("are not taken with another's recipient", async () => {
    const { recipient } = await generateIdentity();
    const { secret } = await generateIdentity();
    const worker = workerWith(new Files(), []);
    const answer = await worker.answer({ ask: "unlock", name: "household", secret, recipient });
    expect(refused(answer)).toBe("other_recipient");
  });

  test("are dropped after thirty idle minutes, with the clips; a ping alone is no use", async () => {
    let now = 0;
    const household = await generateIdentity();
    const sealed = await sealedTo(household.recipient);
    const { files, source } = await stored();
    const told = page();
    const worker = workerWith(files, [told], () => now);
    await worker.answer({ ask: "unlock", name: "household", ...household });
    await worker.answer({ ask: "announce", clip: source });
    now += IDLE_MS - 1;
    expect((await worker.answer({ ask: "open", name: "household", sealed })).ok).toBe(true);
    now += IDLE_MS - 1;
    await worker.answer({ ask: "ping", active: true });
    now += IDLE_MS - 1;
    expect(await worker.answer({ ask: "ping", active: false })).toEqual({
      ok: true,
      value: { household: household.recipient },
    });
    now += 1;
    worker.sweep();
    expect(await worker.answer({ ask: "ping", active: true })).toEqual({ ok: true, value: {} });
    expect(told.heard).toEqual([{ tell: "locked", names: ["household"] }]);
    expect((await worker.respond(request("bytes=0-1"), "")).status).toBe(404);
  }, 10_000);

  test("stay while a clip plays", async () => {
    let now = 0;
    const household = await generateIdentity();
    const { files, source } = await stored();
    const worker = workerWith(files, [], () => now);
    await worker.answer({ ask: "unlock", name: "household", ...household });
    await worker.answer({ ask: "announce", clip: source });
    now += IDLE_MS - 1;
    await bytesOf(await worker.respond(request("bytes=0-1"), ""));
    now += IDLE_MS - 1;
    expect(await worker.answer({ ask: "ping", active: false })).toMatchObject({ value: { household: household.recipient } });
  });
});
