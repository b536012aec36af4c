/** Is an entry in the log, and is the log still the one that this browser has kept a signature of? */
import { bytesToHex } from "@noble/hashes/utils.js";
import { pin } from "../vault/log_pin";
import { checkEntryLogged } from "../vault/tlog";

const NAME = "porchlight.log-checkpoint";

export interface Kept {
  size: number;
  root: string;
  since: string;
}

/** What the log answers; `proof` throws an error with `status` where it has none under that size. */
export interface Log {
  entry(): Promise<Uint8Array>;
  proof(size?: number): Promise<string>;
}

export interface Held {
  size: number;
  /** `now`: nothing was kept before; `holds`: it stands under what was kept; `later`: it came after that. */
  kept: Kept & { how: "now" | "holds" | "later" };
}

type Store = Pick<Storage, "getItem" | "setItem">;

/**
 * Throws unless the entry at `index` is under the newest signature, and under the one kept where that reaches so far:
 * "log_changed" for another key, "past_changed" (with `since`) for another past, or what `checkEntryLogged` throws.
 * The first signature seen is kept and never replaced: the longest memory shows the most.
 */
export async function checkEntry(log: Log, index: number, verifierKey: string, store: Store, now: Date): Promise<Held> {
  const entry = await log.entry();
  const tree = checkEntryLogged(await log.proof(), entry, verifierKey);
  if (tree.index !== index) throw coded("tampered");
  pin(verifierKey, store);
  const kept = read(store);
  if (kept === null) {
    const first = { size: tree.size, root: bytesToHex(tree.root), since: now.toISOString() };
    store.setItem(NAME, JSON.stringify(first));
    return { size: tree.size, kept: { ...first, how: "now" } };
  }
  if (tree.size < kept.size) throw coded("past_changed", kept.since);
  if (index >= kept.size) return { size: tree.size, kept: { ...kept, how: "later" } };
  const before = checkEntryLogged(await earlier(log, kept), entry, verifierKey);
  if (before.index !== index || before.size !== kept.size || bytesToHex(before.root) !== kept.root) {
    throw coded("past_changed", kept.since);
  }
  return { size: tree.size, kept: { ...kept, how: "holds" } };
}

/** A log that no longer knows a signature of its own is not the log of before. */
async function earlier(log: Log, kept: Kept): Promise<string> {
  try {
    return await log.proof(kept.size);
  } catch (error) {
    throw (error as { status?: number }).status === 404 ? coded("past_changed", kept.since) : error;
  }
}

function read(store: Store): Kept | null {
  const text = store.getItem(NAME);
  return text === null ? null : (JSON.parse(text) as Kept);
}

function coded(code: string, since?: string): Error {
  return Object.assign(new Error(code), { code, since });
}
