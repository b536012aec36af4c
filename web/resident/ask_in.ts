/**
 * `ask-in`: somebody new in the household makes six words of their own, and asks to be let in to the key.
 *
 * The number to compare is made of the recipient that this browser made, never of one that the server tells. It is
 * remembered here (it is no secret), so that it can be shown again until somebody has typed it in.
 */
import { checkNumber } from "../vault/check_number";
import { generatePassphrase } from "../vault/passphrase";
import { postJson } from "./api";
import { wordsDoor } from "./doors";
import { Sheet } from "./sheet";
import { saidOf, sentences } from "./texts";
import { storedKey } from "./vault_page";

const MADE_HERE = "porchlight-asked-with";

export async function mount(root: HTMLElement): Promise<void> {
  const say = sentences(root);
  const holder = root.dataset.holder ?? "";
  const keys = root.dataset.keys ?? "";
  const sheet = new Sheet(root, say, (paper) => ask(paper.words ?? ""));
  const made = localStorage.getItem(MADE_HERE);
  if (root.dataset.waits !== undefined && made !== null) showNumber(made);
  sheet.part("make").hidden = false;
  sheet.part("make").addEventListener("click", () => {
    root.querySelector<HTMLElement>("[data-number]")!.hidden = true;
    sheet.show({ words: generatePassphrase() });
  });

  async function ask(words: string): Promise<void> {
    try {
      const key = await storedKey(keys);
      if (key === null) return location.reload();
      const door = await wordsDoor(words, (done) => sheet.tell(say("working", { percent: Math.round(done * 100) })));
      await postJson(root.dataset.doors ?? "", { key: key.recipient, door });
      sheet.finished();
      localStorage.setItem(MADE_HERE, door.recipient);
      sheet.part("sheet").hidden = true;
      sheet.part("confirm").hidden = true;
      sheet.tell(say("asked"));
      showNumber(door.recipient);
    } catch (error) {
      sheet.tell(saidOf(say, error));
    }
  }

  function showNumber(recipient: string): void {
    const place = root.querySelector<HTMLElement>("[data-number]")!;
    place.hidden = false;
    place.querySelector("[data-shown-number]")!.textContent = checkNumber(recipient, holder);
  }
}
