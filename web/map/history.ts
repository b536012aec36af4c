import type { Ring } from "./geo";

const SAME_MS = 1200;
const MOST = 200;

/** Earlier shapes of an area, newest last. Repeated key presses on one handle are one change. */
export class History {
  private readonly past: Ring[] = [];
  private last: { by: string; at: number } | undefined;

  push(ring: Ring, by: string, at: number): void {
    const same = this.last?.by === by && by.startsWith("keys-") && at - this.last.at < SAME_MS;
    this.last = { by, at };
    if (same) return;
    this.past.push(ring);
    if (this.past.length > MOST) this.past.shift();
  }

  pop(): Ring | undefined {
    this.last = undefined;
    return this.past.pop();
  }

  get empty(): boolean {
    return this.past.length === 0;
  }
}
