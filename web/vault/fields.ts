/** Reading the fields of a parsed document, each with its one allowed shape. All throw VaultError. */
import { utf8 } from "./bytes";
import { VaultError } from "./errors";

export type Fields = Record<string, unknown>;

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const CONTROL_OR_BIDI = /[\p{Cc}\u200e\u200f\u061c\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;
const SURROGATE = /\p{Surrogate}/u;

/** The fields of a version 1 document of `kind`; unknown and missing fields are refused. */
export function document(value: unknown, kind: string, required: string[], optional: string[] = []): Fields {
  const found = exactly(value, ["kind", "version", ...required], optional);
  if (found["kind"] !== kind) throw new VaultError("malformed", `not of the kind ${kind}`);
  if (found["version"] !== 1) throw new VaultError("unsupported", `version of ${kind}`);
  return found;
}

export function exactly(value: unknown, required: string[], optional: string[] = []): Fields {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new VaultError("malformed", "not an object");
  }
  const known = new Set([...required, ...optional]);
  if (!required.every((name) => Object.hasOwn(value, name)) || !Object.keys(value).every((name) => known.has(name))) {
    throw new VaultError("malformed", "a field is missing or unknown");
  }
  return value as Fields;
}

export function uuid(value: unknown): string {
  if (typeof value !== "string" || !UUID.test(value)) throw new VaultError("malformed", "not a UUID in lower case");
  return value;
}

/** `size` bytes in lower-case hexadecimal. */
export function hexadecimal(value: unknown, size: number): string {
  if (typeof value !== "string" || value.length !== 2 * size || !/^[0-9a-f]*$/.test(value)) {
    throw new VaultError("malformed", `not ${size} bytes in hexadecimal`);
  }
  return value;
}

export function whole(value: unknown): number {
  if (!Number.isSafeInteger(value) || (value as number) < 0) throw new VaultError("malformed", "not a whole number");
  return value as number;
}

export function flag(value: unknown): boolean {
  if (typeof value !== "boolean") throw new VaultError("malformed", "not true or false");
  return value;
}

export function oneOf<T extends string>(value: unknown, allowed: readonly T[]): T {
  const found = allowed.find((word) => word === value);
  if (found === undefined) throw new VaultError("malformed", "not one of the allowed words");
  return found;
}

/** One line of text: not empty, at most `atMost` bytes of UTF-8, no control or bidi-control characters. */
export function line(value: unknown, atMost: number): string {
  if (typeof value !== "string" || value.trim() === "") throw new VaultError("malformed", "an empty line");
  if (CONTROL_OR_BIDI.test(value) || SURROGATE.test(value)) {
    throw new VaultError("malformed", "a control character in a line");
  }
  if (utf8(value).length > atMost) throw new VaultError("too_large", `a line over ${atMost} bytes`);
  return value;
}
