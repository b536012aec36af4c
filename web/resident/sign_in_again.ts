/**
 * The session ended while this page was at work: it asks for a sign-in in a second window, waits, and goes on. Nothing
 * on this page is lost, and nothing of it is sent to whoever else signs in meanwhile.
 */
import { VaultError } from "../vault/errors";

const LOOK_MS = 10_000;
export const CHANNEL = "porchlight-signed-in";

export class SignInAgain {
  #waiting: Promise<void> | null = null;

  /** `notice` holds the link to the sign-in; `landing` is the page where that ends; `whose`: who was signed in. */
  constructor(
    private readonly notice: HTMLElement,
    private readonly landing: string,
    private readonly whose: string,
  ) {}

  /** Settles when the same person is signed in. Throws "other_person" where somebody else is, "aborted" when called off. */
  async wait(signal: AbortSignal): Promise<void> {
    this.#waiting ??= this.#watch().finally(() => (this.#waiting = null));
    const calledOff = new Promise<never>((_, reject) => {
      signal.addEventListener("abort", () => reject(new VaultError("aborted")), { once: true });
    });
    calledOff.catch(() => {});
    await Promise.race([this.#waiting, calledOff]);
  }

  async #watch(): Promise<void> {
    if (await this.#signedIn()) return;
    this.notice.hidden = false;
    this.notice.querySelector("a")?.focus();
    const channel = new BroadcastChannel(CHANNEL);
    try {
      for (;;) {
        await new Promise<void>((resolve) => {
          channel.onmessage = () => resolve();
          document.addEventListener("visibilitychange", () => resolve(), { once: true });
          setTimeout(resolve, LOOK_MS);
        });
        if (await this.#signedIn()) return;
      }
    } finally {
      channel.close();
      this.notice.hidden = true;
    }
  }

  /** Is the same person signed in? Takes over the new token against forged requests. */
  async #signedIn(): Promise<boolean> {
    const answer = await fetch(this.landing, { redirect: "manual", cache: "no-store" }).catch(() => null);
    if (!answer?.ok) return false;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const found = page.querySelector<HTMLElement>("[data-whose]");
    if (!found) return false;
    if (found.dataset.whose !== this.whose) throw Object.assign(new Error("another person"), { code: "other_person" });
    const token = page.querySelector<HTMLInputElement>('input[name="csrfmiddlewaretoken"]')?.value ?? "";
    for (const field of document.querySelectorAll<HTMLInputElement>('input[name="csrfmiddlewaretoken"]')) field.value = token;
    return true;
  }
}
