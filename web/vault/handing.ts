/**
 * Handing the browser a file that a page makes piece by piece: the page gives the service worker a stream, and the
 * worker answers a download with it. Nothing of it is held whole, in memory or anywhere else.
 */
import { VaultError } from "./errors";

export const HAND = "/page-save/";
const WAIT_MS = 10_000;
const ALIVE = "alive";

/** Page to worker, with a port on which "begun" comes back when the browser has asked for the file. */
export interface Handed {
  hand: string;
  filename: string;
  stream: ReadableStream<Uint8Array>;
}

/** The worker's half. */
export class Hands {
  readonly #waiting = new Map<string, { handed: Handed; port: MessagePort }>();

  take(data: unknown, port: MessagePort | undefined): boolean {
    const handed = data as Partial<Handed> | null;
    if (port === undefined || typeof handed?.hand !== "string" || !(handed.stream instanceof ReadableStream)) return false;
    this.#waiting.set(handed.hand, { handed: handed as Handed, port });
    port.postMessage("taken");
    return true;
  }

  owns(url: URL): boolean {
    return url.pathname.startsWith(HAND);
  }

  respond(url: URL): Response {
    const id = url.pathname.slice(HAND.length);
    if (id === ALIVE) return new Response(null, { status: 204 });
    const found = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (found === undefined) return new Response("unknown", { status: 404 });
    found.port.postMessage("begun");
    const name = encodeURIComponent(found.handed.filename);
    return new Response(found.handed.stream, {
      headers: {
        "Cache-Control": "no-store",
        "Content-Disposition": `attachment; filename*=UTF-8''${name}`,
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Content-Type": "application/zip",
        "X-Content-Type-Options": "nosniff",
      },
    });
  }
}

/** Wire it into a service worker, before what answers all other requests. */
export function startHanding(scope: ServiceWorkerGlobalScope): void {
  const hands = new Hands();
  scope.addEventListener("message", (event) => void hands.take(event.data, event.ports[0]));
  scope.addEventListener("fetch", (event) => {
    const url = new URL(event.request.url);
    if (url.origin === scope.location.origin && hands.owns(url)) event.respondWith(hands.respond(url));
  });
}

/**
 * The page's half: let the browser save `pieces` as a file. Resolves when the last piece was taken; throws whatever
 * stopped the pieces, or "aborted" when the person did. A browser that cannot pass a stream to its worker is given the
 * file whole, from memory.
 */
export async function handOut(pieces: AsyncGenerator<Uint8Array>, filename: string): Promise<void> {
  let failed: unknown;
  let ended: () => void = () => {};
  const done = new Promise<void>((resolve) => (ended = resolve));
  const stream = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const next = await pieces.next();
          if (!next.done) return controller.enqueue(next.value);
          controller.close();
          ended();
        } catch (error) {
          failed = error;
          controller.error(error);
          ended();
        }
      },
      cancel() {
        failed = new VaultError("aborted");
        ended();
      },
    },
    { highWaterMark: 0 },
  );
  const worker = navigator.serviceWorker.controller;
  const id = crypto.randomUUID();
  if (worker === null || !(await taken(worker, { hand: id, filename, stream }))) {
    return saveWhole(pieces, filename);
  }
  const frame = document.createElement("iframe");
  frame.hidden = true;
  frame.src = HAND + id;
  document.body.append(frame);
  // A worker that nobody speaks to is ended after half a minute, and the file with it.
  const alive = setInterval(() => void fetch(HAND + ALIVE).catch(() => {}), WAIT_MS);
  try {
    await done;
  } finally {
    clearInterval(alive);
    setTimeout(() => frame.remove(), WAIT_MS);
  }
  if (failed !== undefined) throw failed;
}

async function taken(worker: ServiceWorker, handed: Handed): Promise<boolean> {
  const { port1, port2 } = new MessageChannel();
  const answer = new Promise<boolean>((resolve) => {
    port1.onmessage = ({ data }) => resolve(data === "taken");
    setTimeout(() => resolve(false), WAIT_MS);
  });
  try {
    worker.postMessage(handed, [handed.stream as unknown as Transferable, port2]);
  } catch {
    return false; // this browser passes no streams
  }
  return answer;
}

async function saveWhole(pieces: AsyncGenerator<Uint8Array>, filename: string): Promise<void> {
  const parts: BlobPart[] = [];
  for await (const piece of pieces) parts.push(piece as Uint8Array<ArrayBuffer>);
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob(parts, { type: "application/zip" }));
  link.download = filename;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
