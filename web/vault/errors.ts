/** Why something sealed, signed or wrapped was not accepted: the codes of `porchlight.seal.errors`. */
export type SealCode =
  | "malformed" // not of the format at all, or not in its canonical form
  | "unsupported" // a version or kind this program does not know
  | "too_large" // a field is longer than the format allows
  | "wrong_key" // sealed to somebody else
  | "wrong_passphrase"
  | "tampered" // a part fails its authentication, is missing, or is out of place
  | "bad_signature"
  | "other_clip" // the parts belong to different clips
  | "other_request" // made for another video request
  | "other_recipient"; // made for another key

/** What only the browser's half can meet. */
export type BrowserCode =
  | "changed" // the file changed, or could not be read, while it was sealed
  | "gone" // the server no longer has it, or no longer lets this account see it
  | "offline" // the server could not be reached
  | "locked" // no unlocked identity of this name
  | "unknown" // the worker was asked for a clip that no page announced
  | "no_prf" // this browser or this passkey cannot lock anything
  | "not_let_in" // nobody has sealed the household's key to this person
  | "not_vouched" // somebody's way to the key, which the household's key did not vouch for
  | "aborted";

export type Code = SealCode | BrowserCode;

/** Refused for the reason `code`; `detail` is for logs and never holds secrets or content. */
export class VaultError extends Error {
  constructor(
    readonly code: Code,
    readonly detail = "",
  ) {
    super(detail === "" ? code : `${code}: ${detail}`);
    this.name = "VaultError";
  }
}

/** The code of whatever was thrown; `otherwise` for what is no VaultError. */
export function codeOf(thrown: unknown, otherwise: Code): Code {
  return thrown instanceof VaultError ? thrown.code : otherwise;
}
