/** The household's key on a page: what the server holds of it, and the service worker that keeps it unlocked. */
import { type Identity } from "../vault/identity";
import { Keeper, type Listeners } from "../vault/keeper";
import { unwrapWithPassphrase, type Progress } from "../vault/passphrase";
import { VaultError } from "../vault/errors";
import { getJson } from "./api";

/** The name under which the worker keeps the household's identity. */
export const HOUSEHOLD = "household";
export const RECOVERY = "recovery-recipient";

export interface StoredKey {
  recipient: string;
  recovery_recipient: string;
  wrapped_by_passphrase: string;
  wrapped_by_recovery: string;
  recovery_vouch: string;
}

let started: Promise<Keeper> | undefined;
const hearing: Listeners[] = [];

/** The page's keeper, started once. */
export function keeper(listeners: Listeners = {}): Promise<Keeper> {
  hearing.push(listeners);
  started ??= (async () => {
    await navigator.serviceWorker.register("/sw.js");
    return Keeper.start({
      locked: (names) => hearing.forEach((each) => each.locked?.(names)),
      clipFailed: (id, code) => hearing.forEach((each) => each.clipFailed?.(id, code)),
    });
  })();
  return started;
}

/** What the server holds; null before a key was made. */
export async function storedKey(url: string): Promise<StoredKey | null> {
  const found = await getJson<Partial<StoredKey>>(url);
  return found.recipient ? (found as StoredKey) : null;
}

export async function unlockWith(key: StoredKey, passphrase: string, progress?: Progress): Promise<Identity> {
  const identity = await unwrapWithPassphrase(key.wrapped_by_passphrase, passphrase, key.recipient, progress);
  await (await keeper()).unlock(HOUSEHOLD, identity);
  return identity;
}

/**
 * Whom a grant is sealed to: the unlocked household itself and its recovery identity, for which the household's own
 * secret vouches. Throws "locked"; "other_recipient" where the server holds a recovery recipient of somebody else.
 */
export async function grantRecipients(key: StoredKey): Promise<string[]> {
  const worker = await keeper();
  const own = (await worker.ping())[HOUSEHOLD];
  if (own === undefined) throw new VaultError("locked", HOUSEHOLD);
  const tag = await worker.vouch(HOUSEHOLD, RECOVERY, key.recovery_recipient);
  if (own !== key.recipient || tag !== key.recovery_vouch) throw new VaultError("other_recipient", "recovery");
  return [own, key.recovery_recipient];
}
