/**
 * `make-key`: the household's key H, its six words and the recovery key R, made in this browser.
 *
 * Nothing is stored before the recovery sheet was saved or printed and part of it typed back. The words and R's secret
 * exist on this page and on the sheet; the server gets H wrapped by each of them, and can open neither.
 */
import { generateIdentity, wrapToRecipients, type Identity } from "../vault/identity";
import { generatePassphrase, normalisePassphrase, wrapWithPassphrase } from "../vault/passphrase";
import { vouch } from "../vault/vouch";
import { postJson } from "./api";
import { pdfOf, type Line } from "./sheet_pdf";
import { saidOf, sentences } from "./texts";
import { HOUSEHOLD, keeper, RECOVERY } from "./vault_page";

const ASKED_WORDS = [1, 4]; // of six, counted from 0
const ASKED_LETTERS = 6;

interface Made {
  household: Identity;
  recovery: Identity;
  words: string;
}

export async function mount(root: HTMLElement): Promise<void> {
  const say = sentences(root);
  const part = (name: string): HTMLElement => root.querySelector<HTMLElement>(`[data-${name}]`)!;
  const said = part("said");
  let made: Made | undefined;
  let stored = false;
  let storing = false;
  addEventListener("beforeunload", (event) => {
    if (made && !stored) event.preventDefault();
  });

  part("make").addEventListener("click", () => void make());
  part("save").addEventListener("click", () => save());
  part("print").addEventListener("click", () => {
    window.print();
    kept();
  });
  part("confirm").addEventListener("submit", (event) => {
    event.preventDefault();
    void confirm();
  });
  part("make").hidden = false;

  async function make(): Promise<void> {
    const [household, recovery] = await Promise.all([generateIdentity(), generateIdentity()]);
    made = { household, recovery, words: generatePassphrase() };
    part("shown-words").textContent = made.words;
    part("shown-recovery").textContent = made.recovery.secret;
    part("start").hidden = true;
    part("sheet").hidden = false;
    part("sheet").querySelector<HTMLElement>("h2")!.focus();
  }

  function save(): void {
    if (!made) return;
    const link = document.createElement("a");
    link.href = URL.createObjectURL(pdfOf(sheetLines(made, root), say("sheet_title")));
    link.download = "porchlight-recovery-sheet.pdf";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
    kept();
  }

  function kept(): void {
    part("confirm").hidden = false;
    said.textContent = say("kept");
  }

  async function confirm(): Promise<void> {
    if (!made || stored || storing) return;
    if (!typedBack(part("confirm"), made)) {
      said.textContent = say("typed_wrong");
      return;
    }
    storing = true;
    try {
      const { household, recovery, words } = made;
      const wrapped = await wrapWithPassphrase(household.secret, words, (done) => {
        said.textContent = say("working", { percent: Math.round(done * 100) });
      });
      await postJson(root.dataset.keys ?? "", {
        recipient: household.recipient,
        recovery_recipient: recovery.recipient,
        wrapped_by_passphrase: wrapped,
        wrapped_by_recovery: await wrapToRecipients(household.secret, [recovery.recipient]),
        recovery_vouch: vouch(household.secret, RECOVERY, recovery.recipient),
      });
      stored = true;
      await (await keeper()).unlock(HOUSEHOLD, household);
      location.assign(root.dataset.after ?? "/keys/");
    } catch (error) {
      said.textContent = saidOf(say, error);
    } finally {
      storing = false;
    }
  }
}

/** Two of the words and the end of the recovery key, as the form asks for them. */
function typedBack(form: HTMLElement, made: Made): boolean {
  const words = made.words.split(" ");
  const value = (name: string): string => form.querySelector<HTMLInputElement>(`[name="${name}"]`)?.value ?? "";
  const typed = ASKED_WORDS.map((at) => value(`word-${at + 1}`));
  if (typed.some((word) => word.trim() === "")) return false;
  const right = ASKED_WORDS.every((at, index) => normalisePassphrase(typed[index] ?? "") === words[at]);
  const end = value("recovery-end").replace(/\s/g, "").toUpperCase();
  return right && end === made.recovery.secret.slice(-ASKED_LETTERS);
}

function sheetLines(made: Made, root: HTMLElement): Line[] {
  const say = sentences(root);
  return [
    { text: say("sheet_title"), size: 20, font: "bold" },
    { text: say("sheet_what"), size: 11, font: "text", above: 10 },
    { text: say("sheet_words"), size: 12, font: "bold", above: 24 },
    { text: made.words, size: 15, font: "mono", above: 6 },
    { text: say("sheet_recovery"), size: 12, font: "bold", above: 24 },
    { text: made.recovery.secret.slice(0, 39), size: 12, font: "mono", above: 6 },
    { text: made.recovery.secret.slice(39), size: 12, font: "mono" },
    { text: say("sheet_keep"), size: 11, font: "text", above: 24 },
    { text: say("sheet_lost"), size: 11, font: "text", above: 10 },
    { text: location.origin, size: 11, font: "mono", above: 24 },
  ];
}
