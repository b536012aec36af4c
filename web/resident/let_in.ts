/**
 * `let-in`: seal the household's key to a newcomer, after the number from the newcomer's own screen was typed in here.
 * The page does not show the number it expects, so that it must come from the person and not from the server.
 */
import { isCheckNumber } from "../vault/check_number";
import { getJson, postJson } from "./api";
import { type HouseholdDoor, WAY_IN, vouchText } from "./doors";
import { saidOf, sentences } from "./texts";
import { HOUSEHOLD, isOpen, keeper, storedKey } from "./vault_page";

export async function mount(root: HTMLElement): Promise<void> {
  const say = sentences(root);
  const said = root.querySelector<HTMLElement>("[data-said]")!;
  const form = root.querySelector("form")!;
  const field = form.querySelector("input")!;
  const worker = await keeper();
  const key = await storedKey(root.dataset.keys ?? "");
  if (key === null || !isOpen(worker, key)) return;
  root.querySelector<HTMLElement>("[data-unlock]")?.remove();
  form.hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void letIn();
  });

  async function letIn(): Promise<void> {
    try {
      const now = await storedKey(root.dataset.keys ?? "");
      const { doors } = await getJson<{ doors: HouseholdDoor[] }>(root.dataset.doors ?? "");
      const door = doors.find((each) => each.id === root.dataset.door && each.waits);
      if (now === null || door === undefined || !isOpen(worker, now)) return location.reload();
      if (!isCheckNumber(field.value, door.recipient, door.holder)) {
        said.textContent = say("other_number");
        field.setAttribute("aria-invalid", "true");
        field.focus();
        return;
      }
      const sealed_key = await worker.wrap(HOUSEHOLD, [door.recipient]);
      const vouch = await worker.vouch(HOUSEHOLD, WAY_IN, vouchText(door, door.holder));
      await postJson(root.dataset.admit ?? "", { key: now.recipient, recipient: door.recipient, sealed_key, vouch });
      location.reload();
    } catch (error) {
      said.textContent = saidOf(say, error);
    }
  }
}
