/**
 * An identity under a passkey: the WebAuthn PRF extension gives a secret that only this passkey can make, and typage
 * wraps with it. These passkeys open the vault; they are not the ones that sign in.
 */
import { Decrypter, Encrypter, armor, webauthn } from "age-encryption";
import { openFile } from "./age_webcrypto";
import { utf8 } from "./bytes";
import { VaultError, codeOf } from "./errors";
import { type Identity, dearmored, readWrapped } from "./identity";

/** What is kept of a passkey: its name for the browser, and an identity's secret that it alone unlocks. */
export interface PasskeyLock {
  credential: string;
  locked: string;
}

/** Does this browser know passkeys that can lock? An old one that does not say so is tried. */
export async function passkeysLock(): Promise<boolean> {
  if (typeof PublicKeyCredential === "undefined") return false;
  const asked = PublicKeyCredential as unknown as { getClientCapabilities?: () => Promise<Record<string, boolean>> };
  const told = await asked.getClientCapabilities?.().catch(() => undefined);
  return told?.["extension:prf"] ?? true;
}

/** Make a passkey and lock the identity with it: two touches. Throws "no_prf", "aborted". */
export async function lockWithPasskey(identity: Identity, keyName: string): Promise<PasskeyLock> {
  if (!(await passkeysLock())) throw new VaultError("no_prf");
  try {
    const credential = await webauthn.createCredential({ keyName: `Porchlight clips (${keyName})`, rpId: location.hostname });
    const encrypter = new Encrypter();
    encrypter.addRecipient(new webauthn.WebAuthnRecipient({ identity: credential }));
    return { credential, locked: armor.encode(await encrypter.encrypt(utf8(`${identity.secret}\n`))) };
  } catch (error) {
    throw refusalOf(error);
  }
}

/** The identity that a passkey locks: one touch. Throws "no_prf", "aborted", "wrong_key", "other_recipient". */
export async function unlockWithPasskey({ credential, locked }: PasskeyLock, recipient: string): Promise<Identity> {
  if (!(await passkeysLock())) throw new VaultError("no_prf");
  const decrypter = new Decrypter();
  decrypter.addIdentity(new webauthn.WebAuthnIdentity({ identity: credential }));
  const plain = await openFile(dearmored(locked), decrypter).catch((error: unknown) => {
    throw refusalOf(error);
  });
  return readWrapped(plain, recipient);
}

/** What typage and the browser say, as one of our codes: the browser tells no more than that it was not done. */
function refusalOf(error: unknown): Error {
  if (error instanceof VaultError) return error;
  if (error instanceof DOMException) return new VaultError(error.name === "NotSupportedError" ? "no_prf" : "aborted");
  const about = error instanceof Error && /prf/i.test(error.message);
  return new VaultError(about ? "no_prf" : codeOf(error, "aborted"));
}
