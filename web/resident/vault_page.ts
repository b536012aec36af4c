/** The household's key on a page: what the server holds of it, and the service worker that keeps it unlocked. */
import { type Identity, readIdentity, unwrapIdentity } from "../vault/identity";
import { Keeper, type Listeners, registerWorker } from "../vault/keeper";
import { unwrapWithPassphrase, type Progress } from "../vault/passphrase";
import { VaultError } from "../vault/errors";
import { getJson, postJson } from "./api";
import { type NewDoor, type OwnDoor, WAY_IN, throughPasskey, throughWords, vouchText, wordsDoor } from "./doors";

/** The name under which the worker keeps the household's identity. */
export const HOUSEHOLD = "household";
export const RECOVERY = "recovery-recipient";
/** The key before a change, as long as clips are to be moved from it. */
export const BEFORE = "household-before";

export interface StoredKey {
  recipient: string;
  recovery_recipient: string;
  wrapped_by_passphrase: string;
  wrapped_by_recovery: string;
  recovery_vouch: string;
  doors: OwnDoor[];
  previous: { recipient: string; wrapped: string } | null;
  change_due: boolean;
}

/** Where the pages of the key send what they made. */
export interface Places {
  keys: string;
  doors: string;
}

let started: Promise<Keeper> | undefined;
const hearing: Listeners[] = [];

/** The page's keeper, started once. */
export function keeper(listeners: Listeners = {}): Promise<Keeper> {
  hearing.push(listeners);
  started ??= (async () => {
    await registerWorker("/sw.js");
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

/** Is this household's key, and no older one, unlocked in this browser? */
export function isOpen(worker: Keeper, key: StoredKey): boolean {
  return worker.unlocked[HOUSEHOLD] === key.recipient;
}

/**
 * By the six words. Words from before people had ways of their own open the key itself: the person is then given such a
 * way under the same words, and the old one goes.
 */
export async function unlockWithWords(
  key: StoredKey,
  words: string,
  holder: string,
  places: Places,
  progress?: Progress,
): Promise<void> {
  const door = key.doors.find((each) => each.kind === "words" && each.sealed_key !== "");
  if (door !== undefined || key.wrapped_by_passphrase === "") {
    if (door === undefined) throw new VaultError("not_let_in");
    return taken(key, await throughWords(door, words, key.recipient, progress));
  }
  await taken(key, await unwrapWithPassphrase(key.wrapped_by_passphrase, words, key.recipient, progress));
  await keepDoor(key, await wordsDoor(words), holder, places);
}

/** By the recovery key, as typed from the sheet. */
export async function unlockWithRecovery(key: StoredKey, typed: string): Promise<void> {
  const recovery = await readIdentity(typed.replace(/\s/g, ""));
  await taken(key, await unwrapIdentity(key.wrapped_by_recovery, recovery, key.recipient));
}

/** By the first of one's passkeys that answers: one touch. */
export async function unlockWithPasskey(key: StoredKey): Promise<void> {
  const [door, ...others] = key.doors.filter((each) => each.kind === "passkey");
  if (door === undefined) throw new VaultError("not_let_in");
  const identity = await throughPasskey(door, key.recipient).catch((error: unknown) => {
    if (others.length === 0) throw error;
    return unlockWithPasskey({ ...key, doors: others }).then(() => undefined);
  });
  if (identity !== undefined) await taken(key, identity);
}

/** Keep the key in the worker, and with it the one before, whose clips may not have moved yet. */
export async function taken(key: Pick<StoredKey, "previous">, household: Identity): Promise<void> {
  const worker = await keeper();
  if (key.previous !== null) {
    await worker.unlock(BEFORE, await unwrapIdentity(key.previous.wrapped, household, key.previous.recipient));
  }
  await worker.unlock(HOUSEHOLD, household);
}

/** Seal the unlocked key to a new way of one's own, and store it. */
export async function keepDoor(key: StoredKey, door: NewDoor, holder: string, places: Places): Promise<void> {
  const worker = await keeper();
  const sealed_key = await worker.wrap(HOUSEHOLD, [door.recipient]);
  const vouch = await worker.vouch(HOUSEHOLD, WAY_IN, vouchText(door, holder));
  await postJson(places.doors, { key: key.recipient, door: { ...door, sealed_key, vouch } });
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
