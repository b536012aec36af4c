/** What pages and the service worker say to each other. */
import type { Code } from "./errors";

export const PLAY = "/clip-play/";
export const SAVE = "/clip-save/";

/** All that is needed to open one sealed clip. */
export interface ClipSource {
  /** Any word of `a-z`, `0-9` and `-`; the clip appears at `/clip-play/<id>`. */
  id: string;
  /** Where the sealed bytes are; answers to Range. */
  url: string;
  /** The clip's identity, `AGE-SECRET-KEY-1…`. */
  secret: string;
  /** Media type of the plaintext. */
  type: string;
  /** First bytes of the file, header and nonce at least; asked for if absent, which costs a round trip. */
  head?: Uint8Array;
  /** Bytes of the sealed file; asked for if absent. */
  size?: number;
  /** What the manifest says of the plaintext: a download that differs fails. */
  plainSha256?: string;
  /** What a download of it is called. */
  filename?: string;
}

/** Page to worker, each with a port for the Answer. */
export type Ask =
  | { ask: "unlock"; name: string; secret: string; recipient: string }
  | { ask: "lock" }
  | { ask: "ping"; active: boolean }
  | { ask: "open"; name: string; sealed: Uint8Array }
  | { ask: "vouch"; name: string; purpose: string; text: string }
  | { ask: "wrap"; name: string; recipients: string[] }
  | { ask: "announce"; clip: ClipSource }
  | { ask: "forget"; id: string }
  | { ask: "claim" };

export type Answer = { ok: true; value: unknown } | { ok: false; code: Code; detail: string };

/** What `unlock`, `lock` and `ping` answer: the recipient of each unlocked identity by its name. */
export type Unlocked = Record<string, string>;

/** Worker to pages. */
export type Tell =
  | { tell: "need"; id: string }
  | { tell: "locked"; names: string[] }
  | { tell: "clip_failed"; id: string; code: Code }
  | { tell: "saved"; id: string; sha256: string; size: number }
  | { tell: "save_failed"; id: string; code: Code };

/** Bytes of the plaintext of a clip. */
export interface Announced {
  size: number;
}

/** What was downloaded: SHA-256 of the plaintext in lower-case hexadecimal, and its bytes. */
export interface Saved {
  sha256: string;
  size: number;
}
