/** All videos of one visit on their way: the rows, one sentence over all, and the screen kept on. */
import { Pace, timeLeft } from "./sending_pace";
import { Queue, type State } from "./sending_queue";
import { SendingRow } from "./sending_row";
import { StayAwake } from "./stay_awake";
import type { Say } from "./texts";

const TICK_MS = 1000;

export interface Item {
  name: string;
  /** Bytes to send; 0 for one that the server holds already. */
  size: number;
}

export class SendingView<T extends Item> {
  readonly queue: Queue<T>;
  readonly #rows = new Map<T, SendingRow>();
  readonly #awake = new StayAwake();
  readonly #pace = new Pace();
  #told = "";

  /** `send` shares one item and tells its row how far it is; `ended` is called when nothing is on its way any more. */
  constructor(
    private readonly root: HTMLElement,
    private readonly say: Say,
    send: (item: T, row: SendingRow, signal: AbortSignal) => Promise<void>,
    private readonly ended: () => void,
  ) {
    this.queue = new Queue<T>((item, signal) => send(item, this.#row(item), signal), this.#changed);
    setInterval(() => this.#tick(), TICK_MS);
    this.#part("stop-all").addEventListener("click", () => this.queue.stopAll());
  }

  begin(items: T[]): void {
    this.#told = "";
    for (const item of this.queue.all("failed", "stopped")) if (!items.includes(item)) this.#forget(item);
    for (const item of items) {
      this.#row(item);
      this.queue.add(item);
    }
    this.#overview();
  }

  #forget(item: T): void {
    this.queue.forget(item);
    this.#rows.get(item)?.element.remove();
    this.#rows.delete(item);
  }

  readonly #changed = (item: T, state: State, error?: unknown): void => {
    this.#row(item).state(state, error);
    this.#awake.set(this.queue.busy);
    this.#overview();
    if (!this.queue.busy) this.ended();
  };

  #row(item: T): SendingRow {
    let row = this.#rows.get(item);
    if (!row) {
      row = new SendingRow(this.#part<HTMLTemplateElement>("send-row"), item.name, this.say, {
        stop: () => this.queue.stop(item),
        again: () => this.queue.add(item),
        moved: () => this.#pace.still(),
      });
      this.#rows.set(item, row);
      this.#part("sendings").append(row.element);
    }
    return row;
  }

  #tick(): void {
    if (!this.queue.busy) return;
    const sending = this.queue.all("sending").map((item) => this.#row(item));
    if (sending.length > 0 && sending.every((row) => row.still)) this.#pace.still();
    else this.#pace.sent(this.#sent(), performance.now());
    this.#overview();
  }

  #sent(): number {
    return [...this.#rows.values()].reduce((sum, row) => sum + row.sent, 0);
  }

  /** How many are shared, and how long the rest will take. Read out only when it says something new. */
  #overview(): void {
    const [shared, all] = [this.queue.all("shared").length, this.#rows.size];
    const open = this.queue.all("waiting", "sending");
    const still = open.length > 0 && open.every((item) => this.#row(item).still);
    const bytes = open.reduce((sum, item) => sum + Math.max(item.size - this.#row(item).sent, 0), 0);
    const left = timeLeft(still ? null : this.#pace.left(bytes));
    const done = all === 1 ? "" : this.say("shared_of", { n: shared, all });
    const rest = still ? "" : this.say(left.code, { n: left.n });
    const words = [done, open.length > 0 ? rest : ""].filter(Boolean).join(" ");
    if (words === this.#told) return;
    this.#told = words;
    this.#part("overview").textContent = words;
    this.#part("stop-all").hidden = open.length < 2;
  }

  #part<E extends HTMLElement = HTMLElement>(name: string): E {
    return this.root.querySelector<E>(`[data-${name}]`)!;
  }
}
