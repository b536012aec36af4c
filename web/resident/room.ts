/** Whether what was chosen fits where the household keeps things, known before a byte is sent. */
import { MAX_HEAD, sealedSize } from "../vault/age_webcrypto";

const AT_ONCE = 2; // files on their way together, each in the household's room until it is shared

/** Bytes that the files take at most at one time: all of them where they are kept, else the two largest. */
export function needed(sizes: number[], keep: boolean): number {
  const sealed = sizes.map((size) => sealedSize(size, MAX_HEAD)).sort((a, b) => b - a);
  return (keep ? sealed : sealed.slice(0, AT_ONCE)).reduce((sum, size) => sum + size, 0);
}
