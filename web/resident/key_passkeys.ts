/** `key-passkeys`: another passkey that opens the household's key, from the unlocked key. */
import { passkeysLock } from "../vault/passkey";
import { passkeyDoor } from "./doors";
import { saidOf, sentences } from "./texts";
import { isOpen, keepDoor, keeper, storedKey } from "./vault_page";

export async function mount(root: HTMLElement): Promise<void> {
  const say = sentences(root);
  const said = root.querySelector<HTMLElement>("[data-said]")!;
  const form = root.querySelector<HTMLFormElement>("[data-add]")!;
  const places = { keys: root.dataset.keys ?? "", doors: root.dataset.doors ?? "" };
  if (!(await passkeysLock())) {
    said.textContent = say("no_prf");
    return;
  }
  const worker = await keeper({ locked: () => location.reload() });
  const key = await storedKey(places.keys);
  if (key === null || !isOpen(worker, key)) return;
  root.querySelector<HTMLElement>("[data-unlock]")?.remove();
  form.hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void add(key.recipient);
  });

  async function add(recipient: string): Promise<void> {
    const name = form.querySelector("input")!.value.trim() || say("unnamed");
    said.textContent = say("touch");
    try {
      const door = await passkeyDoor(name.slice(0, 60));
      const now = await storedKey(places.keys);
      if (now?.recipient !== recipient) return location.reload();
      await keepDoor(now, door, root.dataset.holder ?? "", places);
      location.reload();
    } catch (error) {
      said.textContent = saidOf(say, error);
    }
  }
}
