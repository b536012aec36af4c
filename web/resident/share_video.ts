/**
 * `share-video`: choose, look, decide what goes with it, confirm, and only then send.
 *
 * The request's key is checked against the public log when the page opens and again before anything leaves.
 */
import { fromBase64, postJson } from "./api";
import { choose, type Chosen } from "./chosen_file";
import { listClips, openAll, timeOf, within, type OpenedClip } from "./clips_data";
import { blockOf, choicesIn } from "./share_choices";
import { checkedKey, sendSealed, shareBody, type Consent } from "./share_crypto";
import { saidOf, sentences } from "./texts";
import { grantRecipients, HOUSEHOLD, keeper, storedKey } from "./vault_page";

export async function mount(root: HTMLElement): Promise<void> {
  const say = sentences(root);
  const form = root.querySelector("form")!;
  const part = <T extends HTMLElement>(name: string): T => root.querySelector<T>(`[data-${name}]`)!;
  const said = part("said");
  const most = Number(root.dataset.left);
  const files = new Map<HTMLElement, Chosen>();
  const clips = new Map<HTMLInputElement, OpenedClip>();
  const shared: string[] = [];
  const done = new Set<unknown>();
  // A demo that begins afresh has another log; there the key is kept for as long as the tab is open.
  const pins = root.dataset.demo === undefined ? localStorage : sessionStorage;
  let sending: AbortController | undefined;

  for (const field of form.querySelectorAll<HTMLInputElement>("[data-block-from]")) {
    field.value = blockOf(field.dataset.blockFrom ?? "", field.dataset.pattern ?? "", field.dataset.first ?? "");
  }
  part<HTMLInputElement>("files").addEventListener("change", (event) => void add(event.target as HTMLInputElement));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    review();
  });
  part<HTMLButtonElement>("go-on").disabled = false;
  part("back").addEventListener("click", () => show("form"));
  part("send").addEventListener("click", () => void send());
  part("cancel").addEventListener("click", () => sending?.abort());
  addEventListener("beforeunload", (event) => {
    if (sending) event.preventDefault();
  });
  await checkedKey(root.dataset.key ?? "", pins).then(
    () => (part("checked").hidden = false),
    (error: unknown) => stop(error),
  );
  if (root.dataset.list) await offerOwn().catch((error: unknown) => console.warn("own clips", error));

  async function add(input: HTMLInputElement): Promise<void> {
    said.textContent = "";
    for (const file of input.files ?? []) {
      if (files.size + chosenClips().length >= most) {
        said.textContent = say("too_many", { n: most });
        break;
      }
      const chosen = await choose(file, part<HTMLTemplateElement>("row"), part("chosen"), say, (row) => files.delete(row));
      if (chosen) files.set(chosen.row, chosen);
    }
    input.value = "";
  }

  async function offerOwn(): Promise<void> {
    const worker = await keeper();
    if (!(HOUSEHOLD in worker.unlocked)) {
      part("own-locked").hidden = false;
      return;
    }
    part("keep-choice").hidden = false;
    const opened = await openAll(worker, await listClips(root.dataset.list ?? ""));
    const found = opened.filter((clip) => within(clip, new Date(root.dataset.from ?? 0), new Date(root.dataset.to ?? 0)));
    for (const clip of found) {
      const row = part<HTMLTemplateElement>("clip-row").content.cloneNode(true) as DocumentFragment;
      row.querySelector("b")!.textContent = timeOf(clip) || say("unknown_time");
      row.querySelector("span")!.textContent = clip.grant.note ?? "";
      clips.set(row.querySelector("input")!, clip);
      part("own").append(row);
    }
    part("own-part").hidden = found.length === 0;
  }

  function chosenClips(): OpenedClip[] {
    return [...clips].filter(([box]) => box.checked).map(([, clip]) => clip);
  }

  /** Everything in words, before anything leaves. */
  function review(): void {
    const choices = choicesIn(form);
    const number = files.size + chosenClips().length;
    if (number === 0) return complain("choose_first", part("files"));
    if ([...files.values()].some((each) => each.times() === "reversed")) return complain("reversed", part("chosen"));
    if ("missing" in choices) return complain(`missing_${choices.missing}`, form.querySelector<HTMLElement>(`[name="${choices.missing}"]`));
    const { name, contact, place } = choices.shown;
    part("sum-number").textContent = say(number === 1 ? "one_video" : "videos", { n: number });
    part("sum-name").textContent = name ?? say("not_shown");
    part("sum-contact").textContent = contact ?? say("not_shown");
    part("sum-place").textContent = place?.text ?? say("not_shown");
    part("sum-days").textContent = say("days", { n: choices.days });
    said.textContent = "";
    show("confirm");
  }

  async function send(): Promise<void> {
    const choices = choicesIn(form);
    if (sending || "missing" in choices) return;
    sending = new AbortController();
    show("sending");
    try {
      const consent: Consent = { key: await checkedKey(root.dataset.key ?? "", pins), days: choices.days, shown: choices.shown };
      const recipients = choices.keep ? await ownRecipients() : null;
      for (const clip of chosenClips()) if (!done.has(clip)) await shareClip(clip, consent);
      for (const file of files.values()) if (!done.has(file)) await shareFile(file, consent, recipients, sending.signal);
      sending = undefined;
      location.assign(shared.length === 1 ? `${shared[0]}?new` : (root.dataset.after ?? "/shares/"));
    } catch (error) {
      sending = undefined;
      console.warn("The share stopped", error);
      said.textContent = [saidOf(say, error), done.size > 0 ? say("some_done", { n: done.size }) : ""].join(" ").trim();
      show("form");
      said.focus();
    }
  }

  async function shareFile(chosen: Chosen, consent: Consent, recipients: string[] | null, signal: AbortSignal): Promise<void> {
    const times = chosen.times();
    if (times === "reversed") throw Object.assign(new Error("reversed"), { code: "reversed" });
    const bar = part<HTMLProgressElement>("bar");
    const facts = { type: chosen.video.type, ...times, endpoint: root.dataset.uploads ?? "", request: consent.key.request };
    const note = recipients ? { note: chosen.file.name.slice(0, 200) } : {};
    let told = -1;
    const sent = await sendSealed(chosen.file, { ...facts, ...note }, {
      signal,
      onProgress: (bytes, size) => {
        bar.max = size;
        bar.value = bytes;
        const percent = Math.floor((100 * bytes) / size);
        // Read out in steps of ten, so that a screen reader is not talked over.
        if (Math.floor(percent / 10) !== told) part("percent").textContent = say("percent", { percent });
        told = Math.floor(percent / 10);
      },
      onWaiting: (waiting) => (part("percent").textContent = waiting ? say("waiting") : ""),
    });
    await post(await shareBody({ upload_id: sent.uploadId }, sent.head, sent.grant, consent, recipients), chosen);
  }

  async function shareClip(clip: OpenedClip, consent: Consent): Promise<void> {
    const head = fromBase64(clip.listed.head);
    await post(await shareBody({ clip_id: clip.listed.id }, head, clip.grant, consent, null), clip);
  }

  async function post(body: Record<string, unknown>, what: unknown): Promise<void> {
    const answer = await postJson<{ address: string }>(location.pathname, body);
    shared.push(answer.address);
    done.add(what);
  }

  async function ownRecipients(): Promise<string[]> {
    const key = await storedKey(root.dataset.keys ?? "");
    if (key === null) throw Object.assign(new Error("no key"), { code: "locked" });
    return grantRecipients(key);
  }

  function complain(code: string, at: HTMLElement | null): void {
    said.textContent = say(code);
    at?.focus();
    at?.scrollIntoView({ block: "center" });
  }

  function show(which: "form" | "confirm" | "sending"): void {
    for (const name of ["form", "confirm", "sending"]) part(`step-${name}`).hidden = name !== which;
    if (which !== "form") part(`step-${which}`).querySelector<HTMLElement>("h2")?.focus();
  }

  /** Without the log's proof nothing can be shared: the key might be somebody else's. */
  function stop(error: unknown): void {
    console.warn("The request's key was not proven", error);
    const changed = (error as { code?: string }).code === "log_changed";
    part(changed ? "log-changed" : "unproven").hidden = false;
    part("step-form").hidden = true;
  }
}
