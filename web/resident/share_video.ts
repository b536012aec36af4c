/**
 * `share-video`: choose, look, decide what goes with it, confirm, and only then send.
 *
 * The request's key is checked against the public log when the page opens and again before anything leaves.
 */
import { clear, fieldError, lookAgain } from "../ui/field_error";
import { forgetOthers } from "../ui/draft";
import { readingZone } from "../ui/zoned";
import { type Chosen, sizeOf } from "./chosen_file";
import { ChosenFiles } from "./chosen_files";
import { playLine } from "./clip_view";
import { listClips, openAll, timeOf, within, type OpenedClip } from "./clips_data";
import { needed } from "./room";
import type { SendingRow } from "./sending_row";
import { SendingView } from "./sending_view";
import { review } from "./share_review";
import { choicesIn, blockOf, type Choices } from "./share_choices";
import { checkedKey } from "./share_crypto";
import { fillIn, knownBy, readDraft, same, valuesOf, writeDraft, type Draft, type Known } from "./share_draft";
import { drop, ShareSender, type Item } from "./share_sender";
import { SignInAgain } from "./sign_in_again";
import { saidOf, sentences, type Say } from "./texts";
import type { Keeper } from "../vault/keeper";
import { HOUSEHOLD, keeper } from "./vault_page";

export async function mount(root: HTMLElement): Promise<void> {
  const page = new SharePage(root);
  await page.start();
}

class SharePage {
  readonly #say: Say;
  readonly #form: HTMLFormElement;
  readonly #most: number;
  readonly #room: number;
  readonly #draftKey: string;
  readonly #clips = new Map<HTMLInputElement, OpenedClip>();
  readonly #items = new Map<Chosen | OpenedClip, Item>();
  readonly #shared: Known[] = [];
  // A demo that begins afresh has another log; there the key is kept for as long as the tab is open.
  readonly #pins: Storage;
  readonly #files: ChosenFiles;
  readonly #sender: ShareSender;
  readonly #sending: SendingView<Item>;
  #choices: Choices | undefined;
  #worker: Keeper | undefined;

  constructor(private readonly root: HTMLElement) {
    const { dataset } = root;
    this.#say = sentences(root);
    this.#form = root.querySelector("form")!;
    this.#most = Number(dataset.left);
    this.#room = Number(dataset.room);
    const whose = document.body.dataset.whose ?? "";
    this.#draftKey = `draft:${whose}:share-${dataset.request ?? ""}`;
    forgetOthers(whose);
    this.#pins = dataset.demo === undefined ? localStorage : sessionStorage;
    this.#files = new ChosenFiles({
      input: this.#part("files"),
      list: this.#part("chosen"),
      row: this.#part("row"),
      missingRow: this.#part("missing-row"),
      say: this.#say,
      zone: readingZone(dataset.zone),
      span: { from: new Date(dataset.from ?? 0), to: new Date(dataset.to ?? 0) },
      largest: Number(dataset.largest),
      changed: () => this.#filesChanged(),
    });
    const { key = "", uploads = "", keys = "" } = dataset;
    const signIn = new SignInAgain(this.#part("signed-out"), dataset.landing ?? "", whose);
    this.#sender = new ShareSender({ key, uploads, keys }, this.#pins, signIn, () => this.#keepDraft());
    this.#sending = new SendingView<Item>(
      this.#part("step-sending"),
      this.#say,
      (item, row, signal) => this.#share(item, row, signal),
      () => this.#ended(),
    );
  }

  async start(): Promise<void> {
    const form = this.#form;
    for (const field of form.querySelectorAll<HTMLInputElement>("[data-block-from]")) {
      field.value = blockOf(field.dataset.blockFrom ?? "", field.dataset.pattern ?? "", field.dataset.first ?? "");
    }
    const draft = readDraft(this.#draftKey, sessionStorage);
    if (draft) this.#restore(draft);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#review();
    });
    form.addEventListener("input", () => this.#keepDraft());
    form.addEventListener("change", () => this.#filesChanged());
    this.#part<HTMLButtonElement>("go-on").disabled = false;
    this.#part("back").addEventListener("click", () => this.#show("form"));
    this.#part("change").addEventListener("click", () => this.#show("form"));
    this.#part("send").addEventListener("click", () => this.#begin());
    addEventListener("beforeunload", (event) => {
      if (this.#sending.queue.busy) event.preventDefault();
    });
    addEventListener("pagehide", (event: PageTransitionEvent) => {
      if (!event.persisted) for (const address of this.#sender.uploads.values()) drop(address);
    });
    await checkedKey(this.root.dataset.key ?? "", this.#pins).then(
      () => this.#part("checked").classList.remove("is-waiting"),
      (error: unknown) => this.#refuse(error),
    );
    if (this.root.dataset.list) await this.#offerOwn(draft).catch((error: unknown) => console.warn("own clips", error));
  }

  #restore(draft: Draft): void {
    fillIn(this.#form, draft.values);
    this.#shared.push(...draft.shared);
    for (const { upload } of draft.files) if (upload) drop(upload);
    if (draft.files.length > 0) {
      this.#part("restarted").hidden = false;
      this.#part("restarted-shared").textContent =
        draft.shared.length > 0 ? this.#say("shared_before", { names: draft.shared.map((each) => each.name).join(", ") }) : "";
      this.#files.expect(draft.files);
    }
  }

  #keepDraft(): void {
    const files = [
      ...this.#files.missing,
      ...this.#files.chosen.map((each) => ({
        ...knownBy(each.file),
        ...each.typed(),
        upload: this.#sender.uploads.get(each) ?? "",
      })),
    ];
    const unshared = files.filter((file) => !this.#shared.some((each) => same(each, file)));
    const clips = this.#chosenClips().map((clip) => clip.listed.id);
    const draft = { values: valuesOf(this.#form), files: unshared, clips, shared: this.#shared };
    writeDraft(this.#draftKey, draft, sessionStorage);
  }

  async #offerOwn(draft: Draft | null): Promise<void> {
    const worker = (this.#worker = await keeper());
    if (!(HOUSEHOLD in worker.unlocked)) {
      this.#part("own-locked").hidden = false;
      return;
    }
    this.#part("keep-choice").hidden = false;
    const { from = 0, to = 0, list = "", sharedClips = "" } = this.root.dataset;
    const shared = sharedClips.split(" ");
    const opened = await openAll(worker, await listClips(list));
    const found = opened.filter((clip) => within(clip, new Date(from), new Date(to)));
    for (const clip of found) {
      const row = this.#part<HTMLTemplateElement>("clip-row").content.cloneNode(true) as DocumentFragment;
      row.querySelector("b")!.textContent = timeOf(clip) || this.#say("unknown_time");
      const box = row.querySelector("input")!;
      box.disabled = shared.includes(clip.listed.id);
      box.checked = !box.disabled && (draft?.clips.includes(clip.listed.id) ?? false);
      const about = [clip.grant.note ?? "", box.disabled ? this.#say("clip_shared") : ""];
      row.querySelector("span")!.textContent = about.filter(Boolean).join(" · ");
      const play = playLine(worker, clip, { play: this.#say("play"), failed: this.#say("clip_failed") });
      play.querySelector("button")!.setAttribute("aria-label", `${this.#say("play")}: ${row.querySelector("b")!.textContent}`);
      row.firstElementChild!.append(play);
      this.#clips.set(box, clip);
      this.#part("own").append(row);
    }
    this.#part("own-part").hidden = found.length === 0;
  }

  #chosenClips(): OpenedClip[] {
    return [...this.#clips].filter(([box]) => box.checked).map(([, clip]) => clip);
  }

  /** What still has to be sent. */
  #open(): Item[] {
    const items = [
      ...this.#chosenClips().map((clip) => this.#item(clip, { name: timeOf(clip) || this.#say("unknown_time"), size: 0, clip })),
      ...this.#files.chosen.map((chosen) => this.#item(chosen, { name: chosen.file.name, size: chosen.file.size, chosen })),
    ];
    const shared = this.#sending.queue.all("shared");
    return items.filter((item) => !shared.includes(item));
  }

  #item(of: Chosen | OpenedClip, made: Item): Item {
    const item = this.#items.get(of) ?? made;
    this.#items.set(of, item);
    return item;
  }

  #filesChanged(): void {
    this.#keepDraft();
    lookAgain();
    const sizes = this.#open().map((item) => item.size).filter((size) => size > 0);
    const keep = this.#form.querySelector<HTMLInputElement>("[name=keep]")?.checked ?? false;
    const lacking = needed(sizes, keep) - this.#room;
    const full = this.#part("full");
    full.hidden = sizes.length === 0 || lacking <= 0;
    if (full.hidden) return;
    const values = { needed: sizeOf(needed(sizes, keep)), left: sizeOf(this.#room) };
    this.#part("full-text").textContent = this.#say(keep ? "full_keep" : "full", values);
  }

  /** Everything in words, before anything leaves; or what is to be changed, at each field. */
  #review(): void {
    const said = this.#part("said");
    said.textContent = "";
    const number = this.#open().length;
    const most = this.#most - this.#sender.addresses.length;
    const wrong: HTMLElement[] = [];
    const complain = (field: HTMLElement | null, code: string, mended: () => boolean, values = {}): void => {
      if (!field) return;
      wrong.push(field);
      fieldError(field, this.#say(code, values), mended, this.#form);
    };
    const input = this.#part<HTMLInputElement>("files");
    clear(input);
    const refused = this.#files.refused;
    const another = (): boolean => this.#open().length > 0 || this.#files.refused !== refused;
    if (number === 0 && this.#files.missing.length === 0) complain(input, refused > 0 ? "choose_another" : "choose_first", another);
    else if (number > most) complain(input, "too_many", () => this.#open().length <= most, { n: most });
    wrong.push(...this.#files.complain());
    if (!this.#part("full").hidden) wrong.push(this.#part("full"));
    const choices = choicesIn(this.#form);
    if ("missing" in choices) {
      for (const name of choices.missing) {
        const field = this.#form.querySelector<HTMLElement>(`[name="${name}"]`);
        const place = field instanceof HTMLInputElement && field.type === "radio" ? field.closest("fieldset") : field;
        complain(place, `missing_${name}`, () => !missing(this.#form).includes(name));
      }
    }
    const [first] = wrong;
    if (first) {
      (first.matches("fieldset") ? first.querySelector<HTMLElement>("input") : first)?.focus();
      first.scrollIntoView({ block: "center" });
      return;
    }
    if (!("missing" in choices)) this.#summarize(choices, number);
  }

  #summarize(choices: Choices, number: number): void {
    const { name, contact, place } = choices.shown;
    const say = this.#say;
    this.#part("sum-number").textContent = say(number === 1 ? "one_video" : "videos", { n: number });
    this.#part("sum-name").textContent = name ?? say("not_shown");
    this.#part("sum-contact").textContent = contact ?? say("not_shown");
    this.#part("sum-place").textContent = place?.text ?? say("not_shown");
    this.#part("sum-days").textContent = say("days", { n: choices.days });
    this.#part("keep-line").hidden = this.#part("keep-choice").hidden || this.#files.chosen.length === 0;
    this.#part("sum-keep").textContent = say(choices.keep ? "kept_too" : "kept_not");
    this.#choices = choices;
    review(this.#open(), {
      list: this.#part("sum-videos"),
      row: this.#part("sum-row"),
      say,
      zone: readingZone(this.root.dataset.zone),
      worker: this.#worker,
    });
    this.#show("confirm");
  }

  #begin(): void {
    const choices = this.#choices;
    if (this.#sending.queue.busy || !choices) return;
    this.#part("all-sent").hidden = true;
    this.#part("change").hidden = true;
    this.#show("sending");
    this.#sending.begin(this.#open());
  }

  async #share(item: Item, row: SendingRow, signal: AbortSignal): Promise<void> {
    if (!this.#choices) throw new Error("nothing was decided");
    await this.#sender.share(item, this.#choices, row, signal);
    if ("chosen" in item) this.#shared.push(knownBy(item.chosen.file));
    this.#keepDraft();
  }

  /** Nothing is on its way any more: on to what was shared, or what to do about the rest. */
  #ended(): void {
    const rest = this.#sending.queue.all("failed", "stopped");
    if (rest.length === 0) {
      sessionStorage.removeItem(this.#draftKey);
      const { addresses } = this.#sender;
      location.assign(addresses.length === 1 ? `${addresses[0]}?new` : (this.root.dataset.after ?? "/shares/"));
      return;
    }
    this.#part("all-sent").hidden = this.#sender.addresses.length === 0;
    this.#part("change").hidden = false;
  }

  #show(which: "form" | "confirm" | "sending"): void {
    if (which === "form") for (const item of this.#sending.queue.all("shared")) if ("chosen" in item) this.#files.drop(item.chosen);
    document.querySelector("h1")!.textContent = this.#say(`title_${which}`);
    for (const name of ["form", "confirm", "sending"]) this.#part(`step-${name}`).hidden = name !== which;
    this.#part(`step-${which}`).querySelector<HTMLElement>("h2")?.focus();
    scrollTo({ top: 0 });
  }

  /** Without the log's proof nothing can be shared: the key might be somebody else's. */
  #refuse(error: unknown): void {
    console.warn("The request's key was not proven", error);
    const { code } = error as { code?: string };
    if (error instanceof TypeError) return void (this.#part("said").textContent = saidOf(this.#say, { code: "offline" }));
    this.#part(code === "log_changed" ? "log-changed" : "unproven").hidden = false;
    this.#part("step-form").hidden = true;
  }

  #part<T extends HTMLElement = HTMLElement>(name: string): T {
    return this.root.querySelector<T>(`[data-${name}]`)!;
  }
}

function missing(form: HTMLFormElement): string[] {
  const choices = choicesIn(form);
  return "missing" in choices ? choices.missing : [];
}
