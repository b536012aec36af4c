/**
 * The service worker's half: holds unlocked identities, and answers `/clip-play/<id>` and `/clip-save/<id>` with what
 * it opens. Nothing of it is ever written anywhere. A worker that the browser ended knows nothing any more: identities
 * are locked then, and clips are asked for again of the pages that announced them.
 */
import { VaultError, codeOf } from "./errors";
import { openBytes, readIdentity, wrapToRecipients } from "./identity";
import { Keyring } from "./keyring";
import { type Announced, type Answer, type Ask, type ClipSource, PLAY, SAVE, type Tell } from "./messages";
import { SealedClip } from "./sealed_clip";
import { play, save } from "./serving";
import { vouch } from "./vouch";

const WAIT_MS = 3000; // for a page's announcement, which a media request may overtake
const SWEEP_MS = 60_000;
const VIDEO = /^video\/[a-z0-9.+-]+$/;

interface Known {
  clip: Promise<SealedClip>;
  resolve: (clip: SealedClip | PromiseLike<SealedClip>) => void;
  announced: boolean;
}

export class VaultWorker {
  readonly #clips = new Map<string, Known>();
  readonly #keys: Keyring;

  constructor(
    private readonly scope: Pick<ServiceWorkerGlobalScope, "clients">,
    private readonly fetch: typeof globalThis.fetch,
    now: () => number = () => Date.now(),
  ) {
    this.#keys = new Keyring(now, (names) => {
      this.#clips.clear();
      void this.#tell({ tell: "locked", names });
    });
  }

  /** Is this request one for the vault? */
  owns(url: URL): boolean {
    return url.pathname.startsWith(PLAY) || url.pathname.startsWith(SAVE);
  }

  async answer(ask: Ask): Promise<Answer> {
    try {
      return { ok: true, value: await this.#do(ask) };
    } catch (error) {
      const detail = error instanceof VaultError ? error.detail : "";
      return { ok: false, code: codeOf(error, "malformed"), detail };
    }
  }

  /** 404 for a clip that nobody announces, 502 with the code as text for one that cannot be opened. */
  async respond(request: Request, client: string): Promise<Response> {
    const url = new URL(request.url);
    const saving = url.pathname.startsWith(SAVE);
    const id = url.pathname.slice((saving ? SAVE : PLAY).length);
    try {
      const clip = await this.#clip(id, client);
      this.#keys.touch();
      if (!saving) return await play(clip, request, (code) => void this.#tell({ tell: "clip_failed", id, code }));
      return await save(clip, (saved) => {
        void this.#tell("code" in saved ? { tell: "save_failed", id, ...saved } : { tell: "saved", id, ...saved });
      });
    } catch (error) {
      const code = codeOf(error, "offline");
      if (code === "offline") this.#clips.delete(id); // so that another try asks anew
      await this.#tell({ tell: saving ? "save_failed" : "clip_failed", id, code });
      const headers = { "Cache-Control": "no-store", "Content-Type": "text/plain; charset=utf-8" };
      return new Response(code, { status: code === "unknown" ? 404 : 502, headers });
    }
  }

  sweep(): void {
    this.#keys.sweep();
  }

  async #do(ask: Ask): Promise<unknown> {
    switch (ask.ask) {
      case "unlock": {
        const identity = await readIdentity(ask.secret);
        if (identity.recipient !== ask.recipient) throw new VaultError("other_recipient", ask.name);
        this.#keys.put(ask.name, identity);
        return this.#keys.unlocked();
      }
      case "lock":
        this.#keys.lock();
        this.#clips.clear();
        return this.#keys.unlocked();
      case "ping":
        if (ask.active) this.#keys.touch();
        return this.#keys.unlocked();
      case "open":
        return openBytes(ask.sealed, this.#keys.use(ask.name));
      case "vouch":
        return vouch(this.#keys.use(ask.name).secret, ask.purpose, ask.text);
      case "wrap":
        return wrapToRecipients(this.#keys.use(ask.name).secret, ask.recipients);
      case "announce":
        return this.#announce(ask.clip);
      case "forget":
        this.#clips.delete(ask.id);
        return null;
      case "claim":
        await this.scope.clients.claim();
        return null;
    }
  }

  async #announce(source: ClipSource): Promise<Announced> {
    // What it says of itself reaches a response's header: a page of this side must never be made of it.
    if (!VIDEO.test(source.type)) throw new VaultError("malformed", "not a video's media type");
    const clip = SealedClip.open(source, this.fetch);
    const waiting = this.#clips.get(source.id);
    if (waiting === undefined || waiting.announced) {
      this.#clips.set(source.id, { clip, resolve: () => {}, announced: true });
    } else {
      waiting.announced = true;
      waiting.resolve(clip);
    }
    clip.catch(() => this.#clips.delete(source.id));
    const opened = await clip;
    await opened.checkComplete();
    return { size: opened.plainSize };
  }

  #clip(id: string, client: string): Promise<SealedClip> {
    const known = this.#clips.get(id);
    if (known !== undefined) return known.clip;
    let resolve: Known["resolve"] = () => {};
    const clip = new Promise<SealedClip>((yes, no) => {
      resolve = yes;
      setTimeout(() => {
        if (this.#clips.get(id)?.announced === false) this.#clips.delete(id);
        no(new VaultError("unknown", "no page announced this clip"));
      }, WAIT_MS);
    });
    this.#clips.set(id, { clip, resolve, announced: false });
    void this.#tell({ tell: "need", id }, client);
    return clip;
  }

  /** To the page that asked if it is known, else to all. */
  async #tell(told: Tell, client = ""): Promise<void> {
    const one = client === "" ? undefined : await this.scope.clients.get(client);
    const pages = one ? [one] : await this.scope.clients.matchAll({ type: "window", includeUncontrolled: true });
    for (const page of pages) page.postMessage(told);
  }
}

/** Wire the vault into a service worker. Call once, at the top level of its script. */
export function startVault(scope: ServiceWorkerGlobalScope): void {
  const vault = new VaultWorker(scope, (input, init) => fetch(input, init));
  setInterval(() => vault.sweep(), SWEEP_MS);
  scope.addEventListener("install", (event) => event.waitUntil(scope.skipWaiting()));
  scope.addEventListener("activate", (event) => event.waitUntil(scope.clients.claim()));
  scope.addEventListener("message", (event) => {
    const [port] = event.ports;
    const ask = event.data as Partial<Ask> | null;
    if (port === undefined || typeof ask?.ask !== "string") return;
    event.waitUntil(vault.answer(ask as Ask).then((answer) => port.postMessage(answer)));
  });
  scope.addEventListener("fetch", (event) => {
    const url = new URL(event.request.url);
    if (url.origin !== scope.location.origin || !vault.owns(url)) return;
    event.respondWith(vault.respond(event.request, event.clientId));
  });
}
