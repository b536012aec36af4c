/**
 * The paper that keeps what nobody else has: shown, saved, printed or written down, and a part of it typed back before it counts.
 * What stands on it never leaves the page.
 */
import { normalisePassphrase } from "../vault/passphrase";
import { type Line, pdfOf } from "./sheet_pdf";
import type { Say } from "./texts";

const ASKED_WORDS = [1, 4]; // of six, counted from 0
const ASKED_LETTERS = 6;

/** Six words, a recovery key, or both. */
export interface Paper {
  words?: string;
  recovery?: string;
}

/** The parts of a page that shows a sheet: `data-sheet`, `data-confirm`, `data-said`, and what is in them. */
export class Sheet {
  paper: Paper | undefined;
  #done = false;

  constructor(
    private readonly root: HTMLElement,
    private readonly say: Say,
    onConfirmed: (paper: Paper) => Promise<void>,
  ) {
    addEventListener("beforeunload", (event) => {
      if (this.paper && !this.#done) event.preventDefault();
    });
    this.part("save").addEventListener("click", () => void this.#save());
    this.part("print").addEventListener("click", () => {
      window.print();
      this.#kept();
    });
    this.part("written").addEventListener("click", () => this.#written(true));
    this.part("show-again").addEventListener("click", () => this.#written(false));
    let busy = false;
    this.part("confirm").addEventListener("submit", (event) => {
      event.preventDefault();
      if (!this.paper || this.#done || busy) return;
      if (!typedBack(this.part("confirm"), this.paper)) {
        this.tell(say("typed_wrong"));
        return;
      }
      busy = true;
      void onConfirmed(this.paper).finally(() => (busy = false));
    });
  }

  part(name: string): HTMLElement {
    return this.root.querySelector<HTMLElement>(`[data-${name}]`)!;
  }

  tell(text: string): void {
    this.part("said").textContent = text;
  }

  show(paper: Paper): void {
    this.paper = paper;
    for (const [name, text] of Object.entries(paper)) {
      const place = this.root.querySelector<HTMLElement>(`[data-shown-${name}]`);
      if (place) place.textContent = text as string;
    }
    this.part("start").hidden = true;
    this.part("sheet").hidden = false;
    this.part("sheet").querySelector<HTMLElement>("h2")!.focus();
  }

  /** What the sheet is for was stored: leaving the page loses nothing any more. */
  finished(): void {
    this.#done = true;
  }

  async #save(): Promise<void> {
    if (!this.paper) return;
    const link = document.createElement("a");
    link.href = URL.createObjectURL(await pdfOf(linesOf(this.paper, this.say), this.say("sheet_title")));
    link.download = this.paper.recovery ? "porchlight-recovery-sheet.pdf" : "porchlight-words.pdf";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
    this.#kept();
  }

  /** Written down by hand: what was written is read back from the paper, so the sheet goes from the screen meanwhile. */
  #written(yes: boolean): void {
    if (yes) this.#kept();
    this.part("sheet").hidden = yes;
    this.part("again").hidden = !yes;
    const next = yes ? this.part("confirm").querySelector("input") : this.part("sheet").querySelector("h2");
    next?.focus();
  }

  #kept(): void {
    this.part("confirm").hidden = false;
    this.tell(this.say("kept"));
  }
}

/** Two of the words and the end of the recovery key, as far as the form asks for them. */
function typedBack(form: HTMLElement, paper: Paper): boolean {
  const value = (name: string): string => form.querySelector<HTMLInputElement>(`[name="${name}"]`)?.value ?? "";
  const words = paper.words?.split(" ");
  const rightWord = (at: number): boolean => {
    const typed = value(`word-${at + 1}`);
    return typed.trim() !== "" && normalisePassphrase(typed) === words?.[at];
  };
  if (words !== undefined && !ASKED_WORDS.every(rightWord)) return false;
  const end = value("recovery-end").replace(/\s/g, "").toUpperCase();
  return paper.recovery === undefined || end === paper.recovery.slice(-ASKED_LETTERS);
}

function linesOf(paper: Paper, say: Say): Line[] {
  const lines: Line[] = [
    { text: say("sheet_title"), size: 20, font: "bold" },
    { text: say("sheet_what"), size: 11, font: "text", above: 10 },
  ];
  if (paper.words !== undefined) {
    lines.push({ text: say("sheet_words"), size: 12, font: "bold", above: 24 });
    lines.push({ text: paper.words, size: 15, font: "mono", above: 6 });
  }
  if (paper.recovery !== undefined) {
    lines.push({ text: say("sheet_recovery"), size: 12, font: "bold", above: 24 });
    lines.push({ text: paper.recovery.slice(0, 39), size: 12, font: "mono", above: 6 });
    lines.push({ text: paper.recovery.slice(39), size: 12, font: "mono" });
  }
  return [
    ...lines,
    { text: say("sheet_keep"), size: 11, font: "text", above: 24 },
    { text: say("sheet_lost"), size: 11, font: "text", above: 10 },
    { text: location.origin, size: 11, font: "mono", above: 24 },
  ];
}
