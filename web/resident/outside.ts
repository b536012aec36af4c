/** Whether a file seems to show nothing of the span that is asked for. A hint for its owner, never a refusal. */
import { momentText, spanText } from "../ui/moment";
import type { Say } from "./texts";

export interface Span {
  from: Date;
  to: Date;
}

/** A clip whose end nobody typed is not taken to be longer. */
const LONGEST_MS = 12 * 3_600_000;

/**
 * What was typed decides. Where nothing was, only a file that was written before the span began is told: one that was
 * written later may have been exported later.
 */
export function outside(typed: { starts: Date | null; ends: Date | null }, written: number, span: Span): "typed" | "written" | null {
  const [starts, ends] = [typed.starts ?? typed.ends, typed.ends];
  if (starts !== null) {
    const last = ends?.getTime() ?? starts.getTime() + LONGEST_MS;
    return starts > span.to || last < span.from.getTime() ? "typed" : null;
  }
  return written > 0 && written < span.from.getTime() ? "written" : null;
}

/** The same as a sentence; "" where there is nothing to say. */
export function outsideText(typed: { starts: Date | null; ends: Date | null }, written: number, span: Span, say: Say, zone: string): string {
  const found = outside(typed, written, span);
  if (found === null) return "";
  const asked = spanText(span.from, span.to, zone);
  return say(`outside_${found}`, { asked, time: momentText(new Date(written), zone) });
}
