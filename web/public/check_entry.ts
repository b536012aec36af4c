import { sentences, type Say } from "../resident/texts";
import { momentText } from "../ui/moment";
import { checkEntry, type Held, type Log } from "./log_check";

/** `check-entry`: a button that has this browser work out whether the entry of the page is in the log. */
export function mount(root: HTMLElement): void {
  const say = sentences(root);
  const button = part(root, "[data-check]");
  const checking = part(root, "[data-checking]");
  button.hidden = false;
  button.addEventListener("click", () => {
    for (const each of ["[data-holds]", "[data-fails]", "[data-silent]"]) part(root, each).hidden = true;
    checking.textContent = say("checking");
    checking.hidden = false;
    const { index = "", key = "" } = root.dataset;
    void checkEntry(logOf(root), Number(index), key, localStorage, new Date())
      .then((held) => tell(root, "[data-holds]", heldText(say, held)))
      .catch((error: unknown) => {
        const { code, since } = error as { code?: unknown; since?: string };
        if (typeof code !== "string") tell(root, "[data-silent]", say("offline"));
        else tell(root, "[data-fails]", say(code, { date: since ? momentText(new Date(since)) : "" }));
      })
      .finally(() => (checking.hidden = true));
  });
}

function heldText(say: Say, { size, kept }: Held): string {
  const since = { size: kept.size, date: momentText(new Date(kept.since)) };
  return `${say("root", { size })} ${say(`kept_${kept.how}`, since)}`;
}

function tell(root: HTMLElement, where: string, text: string): void {
  const notice = part(root, where);
  part(notice, "[data-why]").textContent = text;
  notice.hidden = false;
}

function logOf(root: HTMLElement): Log {
  const { entry = "", proof = "" } = root.dataset;
  return {
    entry: async () => new Uint8Array(await (await fetched(entry)).arrayBuffer()),
    proof: async (size) => (await fetched(size === undefined ? proof : `${proof}?size=${size}`)).text(),
  };
}

async function fetched(url: string): Promise<Response> {
  const response = await fetch(url);
  if (!response.ok) throw Object.assign(new Error(`the log answered ${response.status}`), { status: response.status });
  return response;
}

function part(root: HTMLElement, selector: string): HTMLElement {
  const found = root.querySelector<HTMLElement>(selector);
  if (!found) throw new Error(`${selector} is missing`);
  return found;
}
