/** One video on its way, as its owner sees it: how far it is, why it stands still, and what can be done about it. */
import { type Waiting, Valve } from "../vault/upload";
import { sizeOf } from "./chosen_file";
import type { State } from "./sending_queue";
import { saidOf, type Say } from "./texts";

export class SendingRow {
  readonly element: HTMLElement;
  readonly valve = new Valve();
  sent = 0;
  size = 0;
  #state: State = "waiting";
  #still: Waiting | null = null;

  /** `acts`: what the row's buttons do. */
  constructor(
    template: HTMLTemplateElement,
    private readonly name: string,
    private readonly say: Say,
    acts: { stop: () => void; again: () => void; moved: () => void },
  ) {
    this.element = (template.content.cloneNode(true) as DocumentFragment).firstElementChild as HTMLElement;
    this.#part("name").textContent = name;
    this.#part<HTMLProgressElement>("bar").setAttribute("aria-label", name);
    const on = (part: string, act: () => void): void => {
      this.#part(part).setAttribute("aria-label", `${this.#part(part).textContent}: ${name}`);
      this.#part(part).addEventListener("click", act);
    };
    on("stop", acts.stop);
    on("again", acts.again);
    on("pause", () => {
      this.valve.close();
      this.#show();
      this.#part("resume").focus();
      acts.moved();
    });
    on("resume", () => {
      this.valve.open();
      this.#show();
      this.#part("pause").focus();
      acts.moved();
    });
    this.#show();
  }

  /** Nothing of it moves now: held back, or waiting for the line. */
  get still(): boolean {
    return this.valve.closed || this.#still !== null;
  }

  progress(sent: number, size: number): void {
    this.sent = sent;
    this.size = size;
    this.#show();
  }

  waiting(why: Waiting | null): void {
    this.#still = why;
    this.#show();
  }

  state(state: State, error?: unknown): void {
    this.#state = state;
    this.#still = null;
    if (state === "waiting") this.sent = 0;
    if (state === "failed") {
      console.warn(`The share of ${this.name} stopped`, error);
      this.#part("why").textContent = saidOf(this.say, error);
    }
    this.#show();
  }

  #show(): void {
    const sending = this.#state === "sending";
    const whole = this.size > 0 && this.sent === this.size;
    const bar = this.#part<HTMLProgressElement>("bar");
    bar.hidden = !sending;
    bar.max = Math.max(this.size, 1);
    bar.value = this.sent;
    this.#part("words").textContent = this.#words(sending, whole);
    this.#part("why").hidden = this.#state !== "failed";
    this.#part("pause").hidden = !sending || this.valve.closed || whole;
    this.#part("resume").hidden = !sending || !this.valve.closed;
    this.#part("stop").hidden = !(sending || this.#state === "waiting") || whole;
    this.#part("again").hidden = this.#state !== "failed" && this.#state !== "stopped";
    this.element.dataset.state = this.#state;
  }

  #words(sending: boolean, whole: boolean): string {
    if (!sending) return this.say(`state_${this.#state}`);
    if (this.valve.closed) return this.say("state_held", this.#numbers());
    if (this.#still === "signed_out") return this.say("state_signed_out");
    if (this.#still === "line") return this.say("state_line", this.#numbers());
    if (this.size === 0) return this.say("state_begins");
    return this.say(whole ? "state_handing_over" : "state_sending", this.#numbers());
  }

  #numbers(): Record<string, string | number> {
    const percent = this.size === 0 ? 0 : Math.floor((100 * this.sent) / this.size);
    return { percent, sent: sizeOf(this.sent), size: sizeOf(this.size) };
  }

  #part<T extends HTMLElement = HTMLElement>(name: string): T {
    return this.element.querySelector<T>(`[data-${name}]`)!;
  }
}
