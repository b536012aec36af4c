/**
 * Padding of what is sealed, so that its size tells nothing of what is in it.
 *
 * The canonical JSON is followed by spaces, which every JSON parser passes over, up to a multiple of BLOCK.
 */
import type { Bytes } from "./bytes";
import { decode, encode } from "./canonical";
import { VaultError } from "./errors";

export const BLOCK = 4096;
const SPACE = 0x20;

export function padded(value: unknown): Bytes {
  const data = encode(value);
  const whole = new Uint8Array(Math.ceil(data.length / BLOCK) * BLOCK).fill(SPACE);
  whole.set(data);
  return whole;
}

export function unpadded(data: Uint8Array): unknown {
  if (data.length === 0 || data.length % BLOCK !== 0) throw new VaultError("malformed", "not padded to whole blocks");
  let end = data.length;
  while (end > 0 && data[end - 1] === SPACE) end -= 1;
  return decode(data.subarray(0, end));
}
