/**
 * Canonical JSON: one value, one sequence of bytes, in every language.
 *
 * Objects with keys of `a-z0-9_` in ascending order, no white space, UTF-8 without escapes beyond those JSON demands,
 * whole numbers up to 2^53 - 1 either way, no fractions. What is signed or hashed is written so.
 */
import { type Bytes, utf8 } from "./bytes";
import { VaultError } from "./errors";

const MAX_DEPTH = 16;
const KEY = /^[a-z][a-z0-9_]*$/;
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const LONE_SURROGATE = /\p{Surrogate}/u;

/** The canonical bytes of a value. Throws "malformed" for anything that has none. */
export function encode(value: unknown): Bytes {
  return utf8(write(value, 0));
}

/** The value of canonical bytes. Throws "malformed" unless `encode` gives exactly these bytes back. */
export function decode(data: Uint8Array): unknown {
  let text: string;
  let value: unknown;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(data);
    value = JSON.parse(text);
  } catch {
    throw new VaultError("malformed", "not JSON");
  }
  if (write(value, 0) !== text) throw new VaultError("malformed", "not in canonical form");
  return value;
}

/** A moment as `2026-11-21T19:08:58.000Z`: UTC, always three decimals. */
export function timeText(moment: Date): string {
  const text = Number.isNaN(moment.getTime()) ? "" : moment.toISOString();
  return timeFrom(text).toISOString();
}

export function timeFrom(text: unknown): Date {
  const moment = new Date(typeof text === "string" && TIME.test(text) ? text : Number.NaN);
  if (Number.isNaN(moment.getTime()) || moment.toISOString() !== text || text.startsWith("0000")) {
    throw new VaultError("malformed", "not a time");
  }
  return moment;
}

function write(value: unknown, depth: number): string {
  if (depth > MAX_DEPTH) throw new VaultError("malformed", "too deep");
  if (value === null || typeof value === "boolean") return String(value);
  if (typeof value === "string") {
    if (LONE_SURROGATE.test(value)) throw new VaultError("malformed", "a string holds a lone surrogate");
    return JSON.stringify(value);
  }
  if (typeof value === "number") {
    if (!Number.isSafeInteger(value)) throw new VaultError("malformed", "not a whole number up to 2^53 - 1");
    return String(value);
  }
  if (Array.isArray(value)) return `[${value.map((item) => write(item, depth + 1)).join(",")}]`;
  if (typeof value !== "object") throw new VaultError("malformed", `a value of type ${typeof value}`);
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([key, item]) => `"${checkedKey(key)}":${write(item, depth + 1)}`).join(",")}}`;
}

function checkedKey(key: string): string {
  if (!KEY.test(key)) throw new VaultError("malformed", "a key outside a-z0-9_");
  return key;
}
