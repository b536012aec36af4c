/** Is the opened video, byte for byte, the one that was signed? */
import { ordinary } from "../vault/bytes";
import { workerHash } from "../vault/hashing";
import type { SealedFile } from "../vault/manifest";
import { type Texts, fill, find } from "./shared_page";

/** Up to this size the check runs by itself; a larger file waits for a click, for it is fetched once more. */
const BY_ITSELF = 64 * 1024 * 1024;

export class ClipChecks {
  #running = false;

  /** `tell` hears "verified" or "mismatch" with what was found. */
  constructor(
    private readonly root: HTMLElement,
    private readonly texts: Texts,
    private readonly tell: (event: "verified" | "mismatch", sha256: string) => void,
  ) {}

  start(address: string, signed: SealedFile): void {
    find(document, "[data-check-hash]").addEventListener("click", () => void this.#check(address, signed));
    if (signed.plain_size <= BY_ITSELF) void this.#check(address, signed);
  }

  async #check(address: string, signed: SealedFile): Promise<void> {
    if (this.#running) return;
    this.#running = true;
    try {
      this.#say("checking", undefined, { percent: 0 });
      const found = await this.#hash(address, signed.plain_size);
      const matches = found === signed.plain_sha256;
      this.#say(matches ? "matches" : "differs", matches ? "moss" : "plum");
      this.tell(matches ? "verified" : "mismatch", found);
    } catch {
      this.#say("not_checked", "plum");
    } finally {
      this.#running = false;
    }
  }

  async #hash(address: string, size: number): Promise<string> {
    const response = await fetch(address, { cache: "no-store" });
    if (!response.ok || response.body === null) throw new Error(`HTTP ${response.status}`);
    const hash = workerHash();
    let done = 0;
    try {
      for await (const piece of response.body as unknown as AsyncIterable<Uint8Array>) {
        await hash.update(ordinary(piece));
        done += piece.length;
        this.#say("checking", undefined, { percent: Math.floor((10 * done) / Math.max(size, 1)) * 10 });
      }
      return await hash.digest();
    } catch (error) {
      hash.drop();
      throw error;
    }
  }

  #say(name: string, tone?: string, values: Record<string, number> = {}): void {
    const place = find(this.root.ownerDocument, "[data-hash-state]");
    const text = fill(this.texts, name, values);
    if (tone === undefined) {
      if (place.textContent !== text) place.textContent = text;
      return;
    }
    const tag = document.createElement("span");
    tag.className = "tag";
    tag.dataset.tone = tone;
    tag.textContent = text;
    place.replaceChildren(tag);
  }
}
