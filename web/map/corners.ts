import type { Position, Ring } from "./geo";

const LINE = /^\s*([-+]?\d+(?:\.\d+)?)\s*°?\s*[,;\s]\s*([-+]?\d+(?:\.\d+)?)\s*°?\s*$/;

/**
 * Corners as text: one "latitude, longitude" on each line. A last line that repeats the first is not a corner.
 *
 * Returns the ring, or the number (from 1) of the first line that cannot be read.
 */
export function readCorners(text: string): { ring: Ring } | { badLine: number } {
  const ring: Ring = [];
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === "") continue;
    const found = LINE.exec(line);
    const position: Position = found ? [Number(found[2]), Number(found[1])] : [NaN, NaN];
    if (!(Math.abs(position[0]) <= 180 && Math.abs(position[1]) <= 90)) return { badLine: index + 1 };
    ring.push(position);
  }
  const [first, last] = [ring[0], ring.at(-1)];
  if (ring.length > 3 && first?.[0] === last?.[0] && first?.[1] === last?.[1]) ring.pop();
  return { ring };
}

export function writeCorners(ring: Ring): string {
  return ring.map(([lon, lat]) => `${lat.toFixed(6)}, ${lon.toFixed(6)}`).join("\n");
}
