import { generateIdentity, type Identity } from "../vault/identity";
import { generatePassphrase, normalisePassphrase, wrapWithPassphrase } from "../vault/passphrase";

const STEPS = ["start", "words", "confirm", "working"] as const;
type Step = (typeof STEPS)[number];

/**
 * Makes an officer's evidence key: `<section data-mount="officer-key" data-url="/keys/own.json" data-after="/">`.
 *
 * Identity and words exist in this page only. The server gets the public half, and the secret half locked with the words,
 * after two of the words were typed back.
 */
export function mount(root: HTMLElement): void {
  new KeyMaking(root);
}

class KeyMaking {
  private identity: Identity | undefined;
  private words: string[] = [];
  private asked: [number, number] = [0, 1];

  constructor(private readonly root: HTMLElement) {
    this.on("make", () => this.make());
    this.on("save", (button) => this.save(button));
    this.on("print", () => window.print());
    this.on("check", () => this.ask());
    this.on("again", () => this.show("words"));
    root.querySelector("form")!.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.keep();
    });
  }

  private async make(): Promise<void> {
    this.identity = await generateIdentity();
    this.words = generatePassphrase().split(" ");
    const list = this.root.querySelector("[data-words]")!;
    list.replaceChildren(...this.words.map(numbered));
    // A page that is left now loses the words; the browser asks first.
    addEventListener("beforeunload", keepPage);
    this.show("words");
  }

  private save(button: HTMLElement): void {
    const lines = [button.dataset.heading ?? "", location.host, "", ...this.words.map((word, n) => `${n + 1}. ${word}`), ""];
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([lines.join("\n")], { type: "text/plain" }));
    link.download = button.dataset.name ?? "key.txt";
    link.click();
    URL.revokeObjectURL(link.href);
  }

  /** Two different words, drawn anew each time, in their order. */
  private ask(): void {
    const [first, second] = crypto.getRandomValues(new Uint32Array(2)) as unknown as [number, number];
    const one = first % this.words.length;
    const two = (one + 1 + (second % (this.words.length - 1))) % this.words.length;
    this.asked = one < two ? [one, two] : [two, one];
    this.fields().forEach((field, n) => {
      field.value = "";
      const label = field.labels![0]!;
      label.textContent = (label.dataset.label ?? "{n}").replace("{n}", String(this.asked[n]! + 1));
    });
    this.show("confirm");
    this.fields()[0]!.focus();
  }

  private async keep(): Promise<void> {
    const right = this.fields().every((field, n) => same(field.value, this.words[this.asked[n]!]!));
    if (!right) return this.fail("mismatch", "confirm");
    this.show("working");
    const { identity } = this;
    if (identity === undefined) return;
    const bar = this.root.querySelector("progress")!;
    try {
      const wrapped = await wrapWithPassphrase(identity.secret, this.words.join(" "), (done) => (bar.value = done));
      const answer = await fetch(this.root.dataset.url!, {
        method: "POST",
        headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": this.csrf() },
        body: JSON.stringify({ recipient: identity.recipient, wrapped }),
      });
      if (answer.status === 401) return this.fail("signed-out", "words");
      if (!answer.ok) return this.fail(await reasonOf(answer), "words");
    } catch {
      return this.fail("failed", "words");
    }
    removeEventListener("beforeunload", keepPage);
    location.assign(this.root.dataset.after!);
  }

  private fail(what: string, step: Step): void {
    const known = this.root.querySelector<HTMLTemplateElement>(`template[data-text="${CSS.escape(what)}"]`);
    this.show(step);
    this.root.querySelector("[data-error-text]")!.textContent = known?.content.textContent ?? what;
    this.root.querySelector<HTMLElement>("[data-error]")!.hidden = false;
  }

  private show(step: Step): void {
    this.root.querySelector<HTMLElement>("[data-error]")!.hidden = true;
    for (const name of STEPS) this.part(name).hidden = name !== step;
    this.part(step).focus();
  }

  private part(step: Step): HTMLElement {
    return this.root.querySelector<HTMLElement>(`[data-step="${step}"]`)!;
  }

  private fields(): HTMLInputElement[] {
    return [...this.part("confirm").querySelectorAll<HTMLInputElement>("input")];
  }

  private csrf(): string {
    return this.root.querySelector<HTMLInputElement>('input[name="csrfmiddlewaretoken"]')!.value;
  }

  private on(name: string, act: (button: HTMLElement) => void | Promise<void>): void {
    const button = this.root.querySelector<HTMLElement>(`[data-do="${name}"]`)!;
    button.addEventListener("click", () => void act(button));
  }
}

/** The refusal's own words where the server gave some. */
async function reasonOf(answer: Response): Promise<string> {
  if (!answer.headers.get("Content-Type")?.startsWith("application/json")) return "failed";
  const told = (await answer.json()) as { refused?: { text: string }[] };
  return told.refused?.map((each) => each.text).join(" ") || "failed";
}

/** "4  word": the list itself shows no numbers, and the page asks for a word by its number. */
function numbered(word: string, index: number): HTMLElement {
  const [item, number, text] = ["li", "span", "b"].map((tag) => document.createElement(tag)) as [HTMLElement, HTMLElement, HTMLElement];
  number.className = "soft";
  number.textContent = `${index + 1} `;
  text.textContent = word;
  item.append(number, text);
  return item;
}

function same(typed: string, word: string): boolean {
  return typed.trim() !== "" && normalisePassphrase(typed) === word;
}

function keepPage(event: BeforeUnloadEvent): void {
  event.preventDefault();
}
