import { makeRequestKey, type KeyRecipient } from "./request_key";
import { forget } from "../ui/draft";

interface Saved {
  request: string;
  edit: string;
  version: number;
  keys?: string;
  submit?: string;
}

interface Refusal {
  refused?: { code: string; text: string }[];
}

/**
 * Sends a request: `<form data-mount="request-send">` with a button named `send`.
 *
 * The form is saved first. If a rule does not hold, the browser sends the form in the ordinary way and the server's page
 * says what to change. If all hold, the request's key is made here, wrapped, and sent; then the request's page opens.
 */
export function mount(root: HTMLElement): void {
  if (!(root instanceof HTMLFormElement)) throw new Error("request-send stands on a form");
  const sender = new Sender(root);
  root.addEventListener("submit", (event) => sender.submitted(event));
}

class Sender {
  private running = false;
  private plainly = false;
  private readonly status: HTMLElement | null;

  constructor(private readonly form: HTMLFormElement) {
    this.status = form.querySelector<HTMLElement>("[data-send-status]");
  }

  submitted(event: SubmitEvent): void {
    const button = event.submitter;
    if (this.plainly || !(button instanceof HTMLButtonElement) || button.name !== "send") return;
    event.preventDefault();
    if (this.running) return;
    this.running = true;
    this.send(button)
      .catch((error: unknown) => {
        console.warn("The request could not be sent", error);
        this.say(this.form.dataset.failed ?? "");
      })
      .finally(() => (this.running = false));
  }

  private async send(button: HTMLButtonElement): Promise<void> {
    this.say(this.form.dataset.making ?? "");
    const saved = await this.save(button);
    if (!saved?.keys || !saved.submit) return this.sendPlainly(button);
    const { recipients } = (await answered(await fetch(saved.keys, asking()))) as { recipients: KeyRecipient[] };
    const key = await makeRequestKey(recipients);
    this.say(this.form.dataset.sending ?? "");
    const answer = await fetch(saved.submit, {
      ...asking(),
      method: "POST",
      headers: { Accept: "application/json", "Content-Type": "application/json", "X-CSRFToken": this.token() },
      body: JSON.stringify({ ...key, version: saved.version }),
    });
    if (answer.ok) {
      const { page } = (await answer.json()) as { page: string };
      forget(this.form);
      location.assign(page);
      return;
    }
    this.say(await refusalOf(answer, this.form.dataset.failed ?? ""));
  }

  /** What the server keeps now; undefined where only its own page can tell what is the matter. */
  private async save(button: HTMLButtonElement): Promise<Saved | undefined> {
    const answer = await fetch(this.form.action, {
      ...asking(),
      method: "POST",
      body: new FormData(this.form, button),
    });
    if (!(answer.headers.get("Content-Type") ?? "").includes("application/json")) return undefined;
    const saved = (await answer.json()) as Partial<Saved>;
    if (saved.request && saved.edit && saved.version) this.remember(saved as Saved);
    return answer.ok ? (saved as Saved) : undefined;
  }

  /** From here on this page edits what was saved. */
  private remember(saved: Saved): void {
    this.form.action = saved.edit;
    this.field("version").value = String(saved.version);
    this.field("request").value = saved.request;
    history.replaceState(history.state, "", saved.edit);
  }

  private sendPlainly(button: HTMLButtonElement): void {
    this.plainly = true;
    this.form.requestSubmit(button);
  }

  private field(name: string): HTMLInputElement {
    const found = this.form.elements.namedItem(name);
    if (found instanceof HTMLInputElement) return found;
    const made = Object.assign(document.createElement("input"), { type: "hidden", name });
    this.form.append(made);
    return made;
  }

  private token(): string {
    return this.field("csrfmiddlewaretoken").value;
  }

  private say(text: string): void {
    if (!this.status) return;
    this.status.hidden = text === "";
    this.status.textContent = text;
  }
}

function asking(): RequestInit {
  return { headers: { Accept: "application/json" }, redirect: "error", cache: "no-store" };
}

async function answered(response: Response): Promise<unknown> {
  if (!response.ok) throw new Error(`HTTP ${response.status}`);
  return response.json();
}

async function refusalOf(response: Response, otherwise: string): Promise<string> {
  const value = (await response.json().catch(() => ({}))) as Refusal;
  return value.refused?.map((each) => each.text).join(" ") || otherwise;
}
