/**
 * `change-key`: a new household key with a new recovery sheet, for everybody who has a way in; then every clip's grant
 * moves to it. A change that was begun and not finished is carried on here, whoever began it.
 */
import { generateIdentity, wrapToRecipients, type Identity } from "../vault/identity";
import { VaultError } from "../vault/errors";
import { vouch } from "../vault/vouch";
import { getJson, postJson } from "./api";
import { type HouseholdDoor, vouchText, WAY_IN } from "./doors";
import { moveGrants } from "./move_grants";
import { Sheet } from "./sheet";
import { saidOf, sentences } from "./texts";
import { HOUSEHOLD, isOpen, keeper, RECOVERY, storedKey, type StoredKey, taken } from "./vault_page";

export async function mount(root: HTMLElement): Promise<void> {
  const say = sentences(root);
  const at = (name: string): string => root.dataset[name] ?? "";
  let made: { household: Identity; recovery: Identity } | undefined;
  const sheet = new Sheet(root, say, begin);
  const worker = await keeper({ locked: () => sheet.paper === undefined && location.reload() });
  const key = await storedKey(at("keys"));
  if (key === null || !isOpen(worker, key)) return;
  root.querySelector<HTMLElement>("[data-unlock]")?.remove();
  if (key.previous !== null) return carryOn(key);
  sheet.part("make").hidden = false;
  sheet.part("make").addEventListener("click", () => void make());

  async function make(): Promise<void> {
    const [household, recovery] = await Promise.all([generateIdentity(), generateIdentity()]);
    made = { household, recovery };
    sheet.show({ recovery: recovery.secret });
  }

  async function begin(): Promise<void> {
    if (!made) return;
    const { household, recovery } = made;
    try {
      const old = await storedKey(at("keys"));
      if (old === null || !isOpen(worker, old)) throw new VaultError("locked", HOUSEHOLD);
      const wrapped_previous = await worker.wrap(HOUSEHOLD, [household.recipient, recovery.recipient]);
      await postJson(at("change"), {
        old: old.recipient,
        new: {
          recipient: household.recipient,
          recovery_recipient: recovery.recipient,
          wrapped_by_recovery: await wrapToRecipients(household.secret, [recovery.recipient]),
          recovery_vouch: vouch(household.secret, RECOVERY, recovery.recipient),
          wrapped_previous,
        },
        doors: await resealed(household),
      });
      sheet.finished();
      await taken({ previous: { recipient: old.recipient, wrapped: wrapped_previous } }, household);
      const now = await storedKey(at("keys"));
      if (now === null) return location.reload();
      sheet.part("sheet").hidden = true;
      sheet.part("confirm").hidden = true;
      await carryOn(now);
    } catch (error) {
      sheet.tell(saidOf(say, error));
    }
  }

  /** Everybody's way in, with the new key behind it. One that the old key does not vouch for is not ours. */
  async function resealed(household: Identity): Promise<object[]> {
    const { doors } = await getJson<{ doors: HouseholdDoor[] }>(at("doors"));
    const found: object[] = [];
    for (const door of doors.filter((each) => !each.waits)) {
      const text = vouchText(door, door.holder);
      if ((await worker.vouch(HOUSEHOLD, WAY_IN, text)) !== door.vouch) throw new VaultError("not_vouched", door.holder);
      const sealed_key = await wrapToRecipients(household.secret, [door.recipient]);
      found.push({ id: door.id, recipient: door.recipient, sealed_key, vouch: vouch(household.secret, WAY_IN, text) });
    }
    return found;
  }

  async function carryOn(now: StoredKey): Promise<void> {
    sheet.part("start").hidden = true;
    try {
      const places = { grants: at("grants"), list: at("list") };
      const told = (done: number, all: number): void => sheet.tell(say("moving", { done, all }));
      const { unopened } = await moveGrants(now, places, told);
      if (unopened > 0) return sheet.tell(say("unopened", { n: unopened }));
      sheet.tell(say("done"));
      root.querySelector<HTMLElement>("[data-finished]")!.hidden = false;
    } catch (error) {
      sheet.tell(saidOf(say, error));
    }
  }
}
