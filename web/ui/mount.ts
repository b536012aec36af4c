/**
 * How a page gets its behavior.
 *
 * A page marks the part that needs script with `data-mount="name"`; the side's entry file says which module serves
 * that name. The module is fetched only where the mark stands, and its `mount(root)` is called once for each mark.
 * Where the module does not come it is asked for again, as a phone's line breaks for a moment; where it fails for good,
 * the page stays what the server sent: a form that works.
 */
export interface Feature {
  mount(root: HTMLElement): void | Promise<void>;
}

/** What an entry file lists: the name in `data-mount`, and how to fetch its module. */
export type Features = Record<string, () => Promise<Feature>>;

const AGAIN_MS = [500, 2000, 6000];
const mounted = new WeakSet<Element>();
let known: Features = {};

/** Mount every marked part below `root` that is not mounted yet. Several names may stand in one mark, spaces between. */
export function mountIn(root: ParentNode): void {
  for (const part of root.querySelectorAll<HTMLElement>("[data-mount]")) {
    if (mounted.has(part)) continue;
    mounted.add(part);
    for (const name of (part.dataset.mount ?? "").split(/\s+/).filter(Boolean)) void mountOne(name, part);
  }
}

async function mountOne(name: string, part: HTMLElement): Promise<void> {
  const fetchModule = known[name];
  if (!fetchModule) {
    console.error(`No module for data-mount="${name}" on this side`);
    return;
  }
  try {
    await (await fetched(fetchModule)).mount(part);
    part.dataset.mounted = `${part.dataset.mounted ?? ""} ${name}`.trim();
  } catch (error) {
    part.dataset.mountFailed = name;
    console.error(`data-mount="${name}" did not start`, error);
  }
}

async function fetched(fetchModule: () => Promise<Feature>): Promise<Feature> {
  for (const pause of AGAIN_MS) {
    try {
      return await fetchModule();
    } catch {
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
  return fetchModule();
}

/** Called once by an entry file. Parts that arrive later (a fragment swapped in) are mounted by `mountIn`. */
export function start(features: Features): void {
  known = features;
  mountIn(document);
}
