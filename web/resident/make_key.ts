/**
 * `make-key`: the household's key H, its maker's six words and the recovery key R, made in this browser.
 *
 * Nothing is stored before the recovery sheet was saved or printed and part of it typed back. The words and R's secret
 * exist on this page and on the sheet; the server gets H sealed to what each of them opens, and can open neither.
 */
import { generateIdentity, wrapToRecipients, type Identity } from "../vault/identity";
import { generatePassphrase } from "../vault/passphrase";
import { vouch } from "../vault/vouch";
import { postJson } from "./api";
import { vouchText, WAY_IN, wordsDoor } from "./doors";
import { Sheet } from "./sheet";
import { saidOf, sentences } from "./texts";
import { HOUSEHOLD, keeper, RECOVERY } from "./vault_page";

export async function mount(root: HTMLElement): Promise<void> {
  const say = sentences(root);
  const holder = root.dataset.holder ?? "";
  let made: { household: Identity; recovery: Identity } | undefined;
  const sheet = new Sheet(root, say, (paper) => store(paper.words ?? ""));
  sheet.part("make").addEventListener("click", () => void make());
  sheet.part("make").hidden = false;

  async function make(): Promise<void> {
    const [household, recovery] = await Promise.all([generateIdentity(), generateIdentity()]);
    made = { household, recovery };
    sheet.show({ words: generatePassphrase(), recovery: recovery.secret });
  }

  async function store(words: string): Promise<void> {
    if (!made) return;
    const { household, recovery } = made;
    try {
      const door = await wordsDoor(words, (done) => sheet.tell(say("working", { percent: Math.round(done * 100) })));
      await postJson(root.dataset.keys ?? "", {
        recipient: household.recipient,
        recovery_recipient: recovery.recipient,
        wrapped_by_recovery: await wrapToRecipients(household.secret, [recovery.recipient]),
        recovery_vouch: vouch(household.secret, RECOVERY, recovery.recipient),
        door: {
          ...door,
          sealed_key: await wrapToRecipients(household.secret, [door.recipient]),
          vouch: vouch(household.secret, WAY_IN, vouchText(door, holder)),
        },
      });
      sheet.finished();
      await (await keeper()).unlock(HOUSEHOLD, household);
      location.assign(root.dataset.after ?? "/keys/");
    } catch (error) {
      sheet.tell(saidOf(say, error));
    }
  }
}
