/** Unlocked identities, in memory only, each for thirty minutes after its last use. */
import { VaultError } from "./errors";
import type { Identity } from "./identity";
import type { Unlocked } from "./messages";

export const IDLE_MS = 30 * 60 * 1000;

export class Keyring {
  readonly #held = new Map<string, { identity: Identity; usedAt: number }>();

  /** `now` in milliseconds; `dropped` hears the names of what has been idle too long. */
  constructor(
    private readonly now: () => number,
    private readonly dropped: (names: string[]) => void,
  ) {}

  put(name: string, identity: Identity): void {
    this.#held.set(name, { identity, usedAt: this.now() });
  }

  /** The identity of this name, which counts as its use. Throws "locked". */
  use(name: string): Identity {
    this.sweep();
    const found = this.#held.get(name);
    if (found === undefined) throw new VaultError("locked", name);
    found.usedAt = this.now();
    return found.identity;
  }

  /** Somebody is at work on a page: all that is unlocked stays so for another thirty minutes. */
  touch(): void {
    this.sweep();
    for (const held of this.#held.values()) held.usedAt = this.now();
  }

  lock(): void {
    const names = [...this.#held.keys()];
    this.#held.clear();
    if (names.length > 0) this.dropped(names);
  }

  sweep(): void {
    const old = [...this.#held].filter(([, held]) => this.now() - held.usedAt >= IDLE_MS).map(([name]) => name);
    for (const name of old) this.#held.delete(name);
    if (old.length > 0) this.dropped(old);
  }

  unlocked(): Unlocked {
    this.sweep();
    return Object.fromEntries([...this.#held].map(([name, { identity }]) => [name, identity.recipient]));
  }
}
