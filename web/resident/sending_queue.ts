/** Several videos on their way: two at a time, each on its own. One that fails holds nothing else up. */

export type State = "waiting" | "sending" | "shared" | "failed" | "stopped";

const AT_ONCE = 2;

export class Queue<T> {
  readonly #states = new Map<T, State>();
  readonly #stops = new Map<T, AbortController>();

  /** `send` shares one; what it throws is given to `changed` with "failed", or "stopped" where the person stopped it. */
  constructor(
    private readonly send: (item: T, signal: AbortSignal) => Promise<void>,
    private readonly changed: (item: T, state: State, error?: unknown) => void,
  ) {}

  /** Put it in line, again if it had failed or was stopped. What is on its way or shared stays as it is. */
  add(item: T): void {
    const state = this.#states.get(item);
    if (state === "waiting" || state === "sending" || state === "shared") return;
    this.#set(item, "waiting");
    this.#go();
  }

  /** It is no longer among what is to be sent. What is on its way or shared stays. */
  forget(item: T): void {
    const state = this.#states.get(item);
    if (state === "failed" || state === "stopped") this.#states.delete(item);
  }

  stop(item: T): void {
    const state = this.#states.get(item);
    if (state === "waiting") {
      this.#set(item, "stopped");
      this.#go();
    } else if (state === "sending") this.#stops.get(item)?.abort();
  }

  stopAll(): void {
    for (const item of this.#states.keys()) this.stop(item);
  }

  all(...states: State[]): T[] {
    return [...this.#states].filter(([, state]) => states.includes(state)).map(([item]) => item);
  }

  get busy(): boolean {
    return this.all("waiting", "sending").length > 0;
  }

  #go(): void {
    const sending = this.all("sending").length;
    for (const item of this.all("waiting").slice(0, AT_ONCE - sending)) void this.#run(item);
  }

  async #run(item: T): Promise<void> {
    const stop = new AbortController();
    this.#stops.set(item, stop);
    this.#set(item, "sending");
    try {
      await this.send(item, stop.signal);
      this.#set(item, "shared");
    } catch (error) {
      if (stop.signal.aborted) this.#set(item, "stopped");
      else this.#set(item, "failed", error);
    }
    this.#go();
  }

  #set(item: T, state: State, error?: unknown): void {
    this.#states.set(item, state);
    this.changed(item, state, error);
  }
}
