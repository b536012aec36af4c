/** `unlock-key`: the six words open the household's key in this browser, until it is idle for half an hour. */
import { unknownWords } from "../vault/passphrase";
import { readIdentity, unwrapIdentity } from "../vault/identity";
import { saidOf, sentences } from "./texts";
import { HOUSEHOLD, keeper, storedKey, unlockWith } from "./vault_page";

export async function mount(root: HTMLElement): Promise<void> {
  const say = sentences(root);
  const form = root.querySelector("form")!;
  const field = form.querySelector<HTMLInputElement>("[data-words]")!;
  const said = root.querySelector<HTMLElement>("[data-said]")!;
  const lock = root.querySelector<HTMLButtonElement>("[data-lock]")!;
  const worker = await keeper({ locked: () => show(false) });
  const show = (open: boolean): void => {
    form.hidden = open;
    lock.hidden = !open;
    said.textContent = say(open ? "unlocked" : "locked_now");
  };
  show(HOUSEHOLD in worker.unlocked);
  lock.addEventListener("click", () => void worker.lock().then(() => show(false)));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void unlock();
  });

  async function unlock(): Promise<void> {
    said.textContent = say("working", { percent: 0 });
    try {
      const key = await storedKey(root.dataset.keys ?? "");
      if (key === null) return location.reload();
      const typed = field.value.trim();
      if (typed.toUpperCase().startsWith("AGE-SECRET-KEY-1")) {
        const recovery = await readIdentity(typed.toUpperCase());
        await worker.unlock(HOUSEHOLD, await unwrapIdentity(key.wrapped_by_recovery, recovery, key.recipient));
      } else {
        await unlockWith(key, typed, (done) => (said.textContent = say("working", { percent: Math.round(done * 100) })));
      }
      field.value = "";
      show(true);
      const next = new URLSearchParams(location.search).get("next") ?? "";
      if (/^\/[a-z0-9/-]*$/i.test(next) && !next.startsWith("//")) location.assign(next);
    } catch (error) {
      const odd = field.value.trim() === "" ? [] : unknownWords(field.value);
      said.textContent = saidOf(say, error) + (odd.length > 0 ? ` ${say("unknown_words", { words: odd.join(", ") })}` : "");
      field.setAttribute("aria-invalid", "true");
      field.focus();
    }
  }
}
