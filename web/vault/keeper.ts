/** The page's half of the vault: asks the service worker, keeps it alive, and hears when it has locked. */
import type { Bytes } from "./bytes";
import { type Code, VaultError } from "./errors";
import { type Envelope, readEnvelope } from "./envelope";
import { type Grant, readGrant } from "./grant";
import { type Identity, dearmored, openBytes, readWrapped } from "./identity";
import {
  type Answer,
  type Ask,
  type ClipSource,
  PLAY,
  SAVE,
  type Saved,
  type Tell,
  type Unlocked,
} from "./messages";

const PING_MS = 15_000;
const CONTROL_MS = 10_000;
const ANSWER_MS = 20_000;
const TRIES = 3;
const ACTIVITY = ["pointerdown", "keydown", "touchstart", "wheel"] as const;

export interface Listeners {
  /** These identities are locked now: thirty minutes idle, locked on another page, or the browser ended the worker. */
  locked?: (names: string[]) => void;
  /** A clip that was playing can no longer be opened. */
  clipFailed?: (id: string, code: Code) => void;
}

/** Where the browser's look for a newer worker takes long, the one that is there will do. */
export async function registerWorker(address: string): Promise<void> {
  const late = new Promise<void>((resolve) => setTimeout(resolve, CONTROL_MS));
  await Promise.race([navigator.serviceWorker.register(address), late]);
}

export class Keeper {
  readonly #sources = new Map<string, ClipSource>();
  readonly #saves = new Map<string, { resolve: (saved: Saved) => void; reject: (error: Error) => void }>();
  #unlocked: Unlocked = {};
  #active = false;

  private constructor(
    private readonly container: ServiceWorkerContainer,
    private readonly listeners: Listeners,
  ) {}

  /** Waits until a registered service worker controls this page. Throws "locked" where none does within ten seconds. */
  static async start(listeners: Listeners = {}, container = navigator.serviceWorker): Promise<Keeper> {
    const keeper = new Keeper(container, listeners);
    container.addEventListener("message", (event) => keeper.#hear(event.data as Tell));
    container.startMessages();
    await keeper.#controlled();
    for (const kind of ACTIVITY) addEventListener(kind, () => (keeper.#active = true), { passive: true });
    setInterval(() => void keeper.ping().catch(() => {}), PING_MS);
    await keeper.ping();
    return keeper;
  }

  /** The recipient of each unlocked identity by name, as last heard: at most fifteen seconds old. */
  get unlocked(): Readonly<Unlocked> {
    return this.#unlocked;
  }

  async unlock(name: string, identity: Identity): Promise<void> {
    this.#unlocked = (await this.#ask({ ask: "unlock", name, ...identity })) as Unlocked;
  }

  /** Drops all identities and clips, in the worker and for all pages of this side. */
  async lock(): Promise<void> {
    this.#sources.clear();
    this.#notice((await this.#ask({ ask: "lock" })) as Unlocked);
  }

  async ping(): Promise<Readonly<Unlocked>> {
    const active = this.#active;
    this.#active = false;
    this.#notice((await this.#ask({ ask: "ping", active })) as Unlocked);
    return this.#unlocked;
  }

  /** The plaintext of an age file that is sealed to the identity of this name. Throws "locked", "wrong_key", … */
  async open(name: string, sealed: Uint8Array): Promise<Bytes> {
    return (await this.#ask({ ask: "open", name, sealed })) as Bytes;
  }

  async openGrant(name: string, sealed: Uint8Array): Promise<Grant> {
    return readGrant(await this.open(name, sealed));
  }

  /** An identity that was wrapped to the one of this name: Q to an officer, say. */
  async unwrap(name: string, wrapped: string, recipient: string): Promise<Identity> {
    return readWrapped(await this.open(name, dearmored(wrapped)), recipient);
  }

  /** The envelope of a share: `wrappedQ` is Q's secret wrapped to the identity of this name. */
  async openEnvelope(
    name: string,
    wrappedQ: string,
    sealed: Uint8Array,
    expected: { request: string; recipient: string },
  ): Promise<Envelope> {
    const q = await this.unwrap(name, wrappedQ, expected.recipient);
    return readEnvelope(await openBytes(sealed, q), expected);
  }

  /** A tag under the identity of this name: see `vouch`. */
  async vouch(name: string, purpose: string, text: string): Promise<string> {
    return (await this.#ask({ ask: "vouch", name, purpose, text })) as string;
  }

  /** The secret of the identity of this name, sealed to others: a person who is let in, the key that comes after it. */
  async wrap(name: string, recipients: string[]): Promise<string> {
    return (await this.#ask({ ask: "wrap", name, recipients })) as string;
  }

  /**
   * Make a clip playable on this page. The address may go into `<video src>` at once, so that its first bytes are on
   * their way meanwhile: nothing of them is handed out before header and last chunk were found authentic. `opened`
   * settles then, with the VaultError if they were not.
   *
   * The secret stays in the page's memory too, for a worker that the browser ended asks again.
   */
  offer(source: ClipSource): { address: string; opened: Promise<void> } {
    this.#sources.set(source.id, source);
    return { address: PLAY + source.id, opened: this.#ask({ ask: "announce", clip: source }).then(() => {}) };
  }

  /** The same, for who needs the address only when the clip was found authentic. */
  async announce(source: ClipSource): Promise<string> {
    const { address, opened } = this.offer(source);
    await opened;
    return address;
  }

  async forget(id: string): Promise<void> {
    this.#sources.delete(id);
    await this.#ask({ ask: "forget", id });
  }

  /**
   * Download an announced clip whole. Resolves when the browser has been given the last byte, to SHA-256 (checked
   * against the source's `plainSha256`) and size; throws "other_clip", "tampered", "offline", "aborted", …
   */
  async save(id: string, filename: string): Promise<Saved> {
    const source = this.#sources.get(id);
    if (source === undefined) throw new VaultError("unknown", "not announced");
    await this.announce({ ...source, filename }); // in the message, for an address may reach the server's log
    return new Promise((resolve, reject) => {
      this.#saves.set(id, { resolve, reject });
      location.assign(SAVE + id);
    });
  }

  async #controlled(): Promise<void> {
    if (this.container.controller !== null) return;
    const controlled = new Promise<void>((resolve, reject) => {
      this.container.addEventListener("controllerchange", () => resolve(), { once: true });
      setTimeout(() => reject(new VaultError("locked", "no service worker controls this page")), CONTROL_MS);
    });
    // After a reload with the shift key the worker runs but does not control the page until it claims it.
    const claim: Ask = { ask: "claim" };
    void this.container.ready.then(({ active }) => active?.postMessage(claim, [new MessageChannel().port2]));
    await controlled;
  }

  /** A worker that the browser ends takes its questions with it: they are asked again of the one that comes after it. */
  async #ask(ask: Ask): Promise<unknown> {
    for (let tries = 0; tries < TRIES; tries += 1) {
      const answer = await this.#answer(ask);
      if (answer?.ok) return answer.value;
      if (answer !== null) throw new VaultError(answer.code, answer.detail);
    }
    throw new VaultError("locked", "the service worker does not answer");
  }

  /** Null where none came. */
  #answer(ask: Ask): Promise<Answer | null> {
    const worker = this.container.controller;
    if (worker === null) throw new VaultError("locked", "no service worker controls this page");
    return new Promise((resolve) => {
      const { port1, port2 } = new MessageChannel();
      const end = (answer: Answer | null): void => {
        clearTimeout(timer);
        port1.close();
        resolve(answer);
      };
      const timer = setTimeout(() => end(null), ANSWER_MS);
      port1.onmessage = ({ data }: MessageEvent<Answer>) => end(data);
      port1.addEventListener("close", () => end(null)); // newer browsers tell that the other end is gone
      worker.postMessage(ask, [port2]);
    });
  }

  #hear(told: Tell): void {
    if (told.tell === "need") {
      const clip = this.#sources.get(told.id);
      if (clip !== undefined) void this.#ask({ ask: "announce", clip }).catch(() => {});
    } else if (told.tell === "locked") {
      this.#sources.clear();
      const left = Object.entries(this.#unlocked).filter(([name]) => !told.names.includes(name));
      this.#notice(Object.fromEntries(left));
    } else if (told.tell === "clip_failed") {
      if (this.#sources.has(told.id)) this.listeners.clipFailed?.(told.id, told.code);
    } else {
      const waiting = this.#saves.get(told.id);
      this.#saves.delete(told.id);
      if (told.tell === "saved") waiting?.resolve({ sha256: told.sha256, size: told.size });
      else waiting?.reject(new VaultError(told.code));
    }
  }

  /** Take over what the worker says is unlocked, and report what no longer is. A worker that was ended has nothing. */
  #notice(unlocked: Unlocked): void {
    const gone = Object.keys(this.#unlocked).filter((name) => !(name in unlocked));
    this.#unlocked = unlocked;
    if (gone.length > 0) this.listeners.locked?.(gone);
  }
}
