/** `new-words`: six new words of one's own, from the unlocked key. The old ones stop opening when these are stored. */
import { generatePassphrase } from "../vault/passphrase";
import { wordsDoor } from "./doors";
import { Sheet } from "./sheet";
import { saidOf, sentences } from "./texts";
import { isOpen, keepDoor, keeper, storedKey } from "./vault_page";

export async function mount(root: HTMLElement): Promise<void> {
  const say = sentences(root);
  const places = { keys: root.dataset.keys ?? "", doors: root.dataset.doors ?? "" };
  const sheet = new Sheet(root, say, (paper) => store(paper.words ?? ""));
  const worker = await keeper({ locked: () => sheet.paper === undefined && location.reload() });
  const key = await storedKey(places.keys);
  if (key === null || !isOpen(worker, key)) return;
  root.querySelector<HTMLElement>("[data-unlock]")?.remove();
  sheet.part("make").hidden = false;
  sheet.part("make").addEventListener("click", () => sheet.show({ words: generatePassphrase() }));

  async function store(words: string): Promise<void> {
    try {
      const found = await storedKey(places.keys);
      if (found === null) return location.reload();
      const door = await wordsDoor(words, (done) => sheet.tell(say("working", { percent: Math.round(done * 100) })));
      await keepDoor(found, door, root.dataset.holder ?? "", places);
      sheet.finished();
      location.assign(root.dataset.after ?? "/keys/");
    } catch (error) {
      sheet.tell(saidOf(say, error));
    }
  }
}
