import type { Ring } from "./geo";

const MOST = 200;

/** Earlier shapes of an area, newest last. Repeated key presses on one handle are one change. */
export class History {
  private readonly past: Ring[] = [];
  private last = "";

  push(ring: Ring, by: string): void {
    const same = this.last === by && by.startsWith("keys-");
    this.last = by;
    if (same) return;
    this.past.push(ring);
    if (this.past.length > MOST) this.past.shift();
  }

  pop(): Ring | undefined {
    this.last = "";
    return this.past.pop();
  }
}
