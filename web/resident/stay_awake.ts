/** Keeps the screen on while a video is on its way, where the browser can: a phone that sleeps stops sending. */
export class StayAwake {
  #wanted = false;
  #lock: WakeLockSentinel | null = null;

  constructor() {
    // The browser lets go when the page is hidden.
    document.addEventListener("visibilitychange", () => void this.#ask());
  }

  set(wanted: boolean): void {
    this.#wanted = wanted;
    if (wanted) void this.#ask();
    else {
      void this.#lock?.release().catch(() => {});
      this.#lock = null;
    }
  }

  async #ask(): Promise<void> {
    if (!this.#wanted || document.visibilityState !== "visible" || (this.#lock && !this.#lock.released)) return;
    try {
      this.#lock = await navigator.wakeLock?.request("screen");
    } catch {
      this.#lock = null; // a low battery, say: it goes on without
    }
  }
}
