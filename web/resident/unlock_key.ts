/** `unlock-key`: words, a passkey or the recovery key open the household's key in this browser, until it is idle for half an hour. */
import { clear, fieldError } from "../ui/field_error";
import { passkeysLock } from "../vault/passkey";
import { PASSPHRASE_WORDS, unknownWords, wordsOf } from "../vault/passphrase";
import { saidOf, sentences } from "./texts";
import {
  isOpen,
  keeper,
  storedKey,
  type StoredKey,
  unlockWithPasskey,
  unlockWithRecovery,
  unlockWithWords,
} from "./vault_page";

export async function mount(root: HTMLElement): Promise<void> {
  const say = sentences(root);
  const form = root.querySelector("form")!;
  const field = form.querySelector<HTMLInputElement>("[data-words]")!;
  const said = root.querySelector<HTMLElement>("[data-said]")!;
  const lock = root.querySelector<HTMLButtonElement>("[data-lock]")!;
  const passkey = root.querySelector<HTMLButtonElement>("[data-passkey]")!;
  const places = { keys: root.dataset.keys ?? "", doors: root.dataset.doors ?? "" };
  const holder = root.dataset.holder ?? "";
  const title = document.querySelector("h1");
  const worker = await keeper({ locked: () => show(false) });
  const show = (open: boolean): void => {
    for (const part of root.querySelectorAll<HTMLElement>("[data-while-open]")) part.hidden = !open;
    form.hidden = open;
    lock.hidden = !open;
    passkey.hidden = open || !passkeyKnown;
    if (title) title.textContent = say(open ? "title_unlocked" : "title_locked");
    said.textContent = say(open ? "unlocked" : "locked_now");
  };
  const first = await storedKey(places.keys);
  if (first === null) return location.reload();
  const passkeyKnown = first.doors.some((door) => door.kind === "passkey") && (await passkeysLock());
  show(isOpen(worker, first));
  lock.addEventListener("click", () => void worker.lock().then(() => show(false)));
  passkey.addEventListener("click", () => void opened((key) => unlockWithPasskey(key), true));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void typed();
  });

  async function typed(): Promise<void> {
    said.textContent = say("working", { percent: 0 });
    clear(field);
    const text = field.value.trim();
    if (text.toUpperCase().startsWith("AGE-SECRET-KEY-1")) {
      if (await opened((key) => unlockWithRecovery(key, text))) {
        for (const part of root.querySelectorAll<HTMLElement>("[data-after-recovery]")) part.hidden = false;
      }
      return;
    }
    const number = wordsOf(text).length;
    if (number !== PASSPHRASE_WORDS && number > 0) return complain(say("six_needed", { n: number }));
    const progress = (done: number): void => {
      said.textContent = say("working", { percent: Math.round(done * 100) });
    };
    await opened((key) => unlockWithWords(key, text, holder, places, progress));
  }

  async function opened(by: (key: StoredKey) => Promise<void>, byTouch = false): Promise<boolean> {
    try {
      const key = await storedKey(places.keys);
      if (key === null) {
        location.reload();
        return false;
      }
      await by(key);
      field.value = "";
      clear(field);
      show(true);
      const next = new URLSearchParams(location.search).get("next") ?? "";
      if (/^\/[a-z0-9/-]*(#[a-z-]+)?$/i.test(next) && !next.startsWith("//")) location.assign(next);
      return true;
    } catch (error) {
      const why = saidOf(say, error);
      if (byTouch) {
        said.textContent = why;
        return false;
      }
      complain(why);
      return false;
    }
  }

  /** At the field, with the words that are on no sheet. */
  function complain(why: string): void {
    said.textContent = say("locked_now");
    const tried = field.value;
    const odd = /^\s*AGE-/i.test(tried) ? [] : unknownWords(tried);
    const text = why + (odd.length > 0 ? ` ${say("unknown_words", { words: odd.join(", ") })}` : "");
    fieldError(field, text, () => field.value !== tried);
    field.focus();
  }
}
