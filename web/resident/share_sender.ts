/** Sharing one video of a visit: sealed and sent if it is a file, and its key handed to the one request. */
import { csrf, fromBase64, insist, postJson } from "./api";
import type { Chosen } from "./chosen_file";
import type { OpenedClip } from "./clips_data";
import type { SendingRow } from "./sending_row";
import type { Choices } from "./share_choices";
import { checkedKey, sendSealed, shareBody, type Consent, type RequestKey } from "./share_crypto";
import { keepName } from "./share_names";
import type { SignInAgain } from "./sign_in_again";
import { grantRecipients, storedKey } from "./vault_page";

/** One video to share: a chosen file, or a clip that the household keeps here. */
export type Item = { name: string; size: number } & ({ chosen: Chosen } | { clip: OpenedClip });

type Shared = { address: string; share_id: string };

export class ShareSender {
  /** Unfinished uploads, to be dropped if the page goes. */
  readonly uploads = new Map<Chosen, string>();
  /** Where what was shared in this visit can be looked at. */
  readonly addresses: string[] = [];
  #key: Promise<RequestKey> | undefined;

  /** `at`: addresses of the request's key, of new uploads and of the household's keys. */
  constructor(
    private readonly at: { key: string; uploads: string; keys: string },
    private readonly pins: Storage,
    private readonly signIn: SignInAgain,
    private readonly uploadsChanged: () => void,
  ) {}

  /** Settles when it is shared. A lost line and a lost session are waited for; what else goes wrong is thrown. */
  async share(item: Item, choices: Choices, row: SendingRow, signal: AbortSignal): Promise<void> {
    const consent = { key: await this.#proven(signal), days: choices.days, shown: choices.shown };
    const body = "clip" in item ? await clipBody(item.clip, consent) : await this.#fileBody(item.chosen, choices, consent, row, signal);
    const post = (): Promise<Shared> => postJson<Shared>(location.pathname, body);
    try {
      const { address, share_id } = await insist(post, signal, this.#signedOut, (why) => row.waiting(why));
      this.addresses.push(address);
      if ("chosen" in item && !choices.keep) this.#remember(share_id, item.chosen);
    } catch (error) {
      const left = "chosen" in item && this.uploads.get(item.chosen);
      if (left) drop(left);
      throw error;
    } finally {
      if ("chosen" in item) this.#forget(item.chosen);
    }
  }

  /** The request's key, shown to stand in the public log: asked once for all that go together, and again after a failure. */
  #proven(signal: AbortSignal): Promise<RequestKey> {
    const asked = (this.#key ??= insist(() => checkedKey(this.at.key, this.pins), signal, this.#signedOut));
    asked.catch(() => (this.#key = undefined));
    return asked;
  }

  readonly #signedOut = (signal: AbortSignal): Promise<void> => this.signIn.wait(signal);

  async #fileBody(chosen: Chosen, choices: Choices, consent: Consent, row: SendingRow, signal: AbortSignal): Promise<Record<string, unknown>> {
    const times = chosen.times();
    if (times === "reversed") throw Object.assign(new Error("reversed"), { code: "reversed" });
    const recipients = choices.keep ? await this.#ownRecipients() : null;
    const note = recipients ? { note: chosen.file.name.slice(0, 200) } : {};
    const facts = { type: chosen.video.type, ...times, endpoint: this.at.uploads, request: consent.key.request, ...note };
    row.progress(0, 0);
    try {
      const sent = await sendSealed(chosen.file, facts, {
        signal,
        valve: row.valve,
        onProgress: (bytes, size) => row.progress(bytes, size),
        onWaiting: (why) => row.waiting(why),
        onSignedOut: this.#signedOut,
        onCreated: (address) => {
          this.uploads.set(chosen, address);
          this.uploadsChanged();
        },
      });
      return await shareBody({ upload_id: sent.uploadId }, sent.head, sent.grant, consent, recipients);
    } catch (error) {
      this.#forget(chosen); // the server was told to drop it
      throw error;
    }
  }

  #remember(share: string, { file, times }: Chosen): void {
    const filmed = times();
    const starts = filmed === "reversed" ? null : filmed.starts;
    keepName(share, { name: file.name, starts: starts?.toISOString() ?? "" }, document.body.dataset.whose ?? "", localStorage);
  }

  #forget(chosen: Chosen): void {
    this.uploads.delete(chosen);
    this.uploadsChanged();
  }

  async #ownRecipients(): Promise<string[]> {
    const key = await storedKey(this.at.keys);
    if (key === null) throw Object.assign(new Error("no key"), { code: "locked" });
    return grantRecipients(key);
  }
}

function clipBody(clip: OpenedClip, consent: Consent): Promise<Record<string, unknown>> {
  return shareBody({ clip_id: clip.listed.id }, fromBase64(clip.listed.head), clip.grant, consent, null);
}

/** Tell the server that an upload is given up: its bytes and its room are free at once, not only when it expires. */
export function drop(address: string): void {
  const headers = { ...csrf(), "Tus-Resumable": "1.0.0" };
  void fetch(address, { method: "DELETE", headers, redirect: "manual", keepalive: true }).catch(() => {});
}
