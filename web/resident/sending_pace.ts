/** How long an upload will still take, said as a person would: rounded, and only once there is something to go by. */

const MEMORY_MS = 15_000; // what lies further back counts little
const LEAST_MS = 3000; // of moving, before anything is said

export class Pace {
  #perMs = 0;
  #moved = 0;
  #last: { sent: number; at: number } | null = null;

  /** So many bytes had been sent at `at` (ms). */
  sent(bytes: number, at: number): void {
    const last = this.#last;
    this.#last = { sent: bytes, at };
    if (last === null || at <= last.at) return;
    const took = at - last.at;
    const weight = this.#moved === 0 ? 1 : 1 - Math.exp(-took / MEMORY_MS);
    this.#perMs += weight * ((bytes - last.sent) / took - this.#perMs);
    this.#moved += took;
  }

  /** Nothing moves for a while (held back, the line lost): that time does not count. */
  still(): void {
    this.#last = null;
  }

  /** Seconds for so many bytes more; null while that would be a guess. */
  left(bytes: number): number | null {
    if (this.#moved < LEAST_MS || this.#perMs <= 0) return null;
    return bytes / this.#perMs / 1000;
  }
}

/** The sentence for a time left, and its number. */
export function timeLeft(seconds: number | null): { code: string; n: number } {
  if (seconds === null) return { code: "left_unknown", n: 0 };
  if (seconds < 15) return { code: "left_seconds", n: 0 };
  if (seconds < 60) return { code: "left_minute_less", n: 0 };
  const minutes = Math.round(seconds / 60);
  if (minutes < 2) return { code: "left_minute", n: 1 };
  if (minutes < 10) return { code: "left_minutes", n: minutes };
  if (minutes < 55) return { code: "left_minutes", n: Math.round(minutes / 5) * 5 };
  const hours = Math.round(minutes / 60);
  return hours < 2 ? { code: "left_hour", n: 1 } : { code: "left_hours", n: hours };
}
