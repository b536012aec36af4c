/**
 * What shared files were called. The server never learns a file's name, and a file that was not kept among the household's
 * own clips has no grant that could hold it: so the browser that shared it remembers, for the account that did.
 */

/** A file as its owner knows it; `starts` is when it was filmed, "" where nobody said. */
export interface Named {
  name: string;
  starts: string;
}

type Store = Pick<Storage, "getItem" | "setItem" | "removeItem">;
type Kept = { whose: string; names: [string, Named][] };

const KEY = "shared-names";
const MOST = 300;

/** Remember one. Another account's are gone with it; a browser that keeps nothing does without. */
export function keepName(share: string, named: Named, whose: string, store: Store): void {
  const names = [...namesOf(whose, store)].filter(([id]) => id !== share);
  names.push([share, named]);
  try {
    store.setItem(KEY, JSON.stringify({ whose, names: names.slice(-MOST) } satisfies Kept));
  } catch (error) {
    console.warn("The name of a shared file could not be kept", error);
  }
}

/** All that this browser remembers for the account, by the share's id. */
export function namesOf(whose: string, store: Store): Map<string, Named> {
  try {
    const kept = JSON.parse(store.getItem(KEY) ?? "null") as Kept | null;
    return new Map(whose !== "" && kept?.whose === whose ? kept.names : []);
  } catch {
    return new Map();
  }
}

/** `forget-names`, on a form that signs out or deletes the account: who uses this browser next finds no name. */
export function mount(root: HTMLElement): void {
  root.addEventListener("submit", () => forgetNames(localStorage));
}

export function forgetNames(store: Store): void {
  store.removeItem(KEY);
}
