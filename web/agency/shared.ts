/**
 * The page of one shared video: unlocks the officer's key, opens the envelope, plays and saves the clip.
 *
 * Nothing of the video reaches the server again. What is done here is told to the server as "told by the browser".
 */
import { type Envelope } from "../vault/envelope";
import { type Code, VaultError, codeOf } from "../vault/errors";
import { Keeper, registerWorker } from "../vault/keeper";
import { ClipChecks } from "./shared_checks";
import { showFacts, showHash, titleOf } from "./shared_facts";
import { type Opening, openingOf, openShare, unlockKey, usableKey } from "./shared_open";
import { Refusal, type Texts, fill, find, post, refresh, textsOf } from "./shared_page";

const FIRST_PICTURE_MS = 4000;

export async function mount(root: HTMLElement): Promise<void> {
  await new SharedVideo(root, textsOf(root)).start();
}

class SharedVideo {
  readonly #id: string;
  readonly #reported = new Set<string>();
  #keeper: Keeper | undefined;
  #busy = false;
  #failure: Code | undefined;

  constructor(
    private readonly root: HTMLElement,
    private readonly texts: Texts,
  ) {
    this.#id = root.dataset.share ?? "";
  }

  async start(): Promise<void> {
    find(this.root, "form[data-unlock]").addEventListener("submit", (event) => {
      event.preventDefault();
      void this.#open();
    });
    try {
      await registerWorker(this.root.dataset.worker ?? "/sw.js");
      this.#keeper = await Keeper.start({
        locked: () => this.#lock(),
        clipFailed: (id, code) => id === this.#id && this.#clipFailed(code),
      });
      this.#askForPassphrase(usableKey(this.#keeper.unlocked, this.#recipients()) === undefined);
    } catch (error) {
      this.#problem(codeOf(error, "locked"));
    }
  }

  async #open(): Promise<void> {
    const keeper = this.#keeper;
    if (keeper === undefined || this.#busy) return;
    this.#busy = true;
    find(this.root, "[data-problem]").hidden = true;
    find(this.root, "[data-passphrase-error]").hidden = true;
    try {
      const name = usableKey(keeper.unlocked, this.#recipients()) ?? (await this.#unlock(keeper));
      this.#status("opening");
      const opening = await openingOf(this.root);
      const envelope = await openShare(keeper, name, opening, this.root.dataset.sealedSha256 ?? "");
      await this.#show(keeper, opening, envelope);
    } catch (error) {
      const code = codeOf(error, "offline");
      if (code === "wrong_passphrase" || (code === "malformed" && (error as VaultError).detail === "an empty passphrase")) {
        this.#passphraseWrong(code === "wrong_passphrase" ? "wrong_passphrase" : "empty_passphrase");
      } else this.#problem(code, error instanceof Refusal ? error.message : undefined);
    } finally {
      this.#busy = false;
      this.#status("");
    }
  }

  async #unlock(keeper: Keeper): Promise<string> {
    const field = find<HTMLInputElement>(this.root, "#passphrase");
    this.#status("unlocking");
    const name = await unlockKey(keeper, this.root.dataset.ownKey ?? "", this.#recipients(), field.value, (done) =>
      this.#status("unlocking", done),
    );
    field.value = "";
    this.#askForPassphrase(false);
    return name;
  }

  async #show(keeper: Keeper, opening: Opening, envelope: Envelope): Promise<void> {
    const { manifest } = envelope;
    const filename = `${this.root.dataset.filename ?? "video"}.${extension(manifest.media_type)}`;
    const { address, opened } = keeper.offer({
      id: this.#id,
      url: opening.url,
      secret: envelope.clip.secret,
      type: manifest.media_type,
      head: opening.head,
      size: opening.size,
      plainSha256: manifest.original.plain_sha256,
      filename,
    });
    // The first picture is on its way while the end of the file is checked; nothing is shown before that was found right.
    this.#play(address);
    try {
      await opened;
    } catch (error) {
      this.#stop();
      throw error;
    }
    void this.#tell("opened");
    showFacts(this.root, this.texts, envelope);
    showHash(manifest.original.plain_sha256);
    const checks = new ClipChecks(this.root, this.texts, (event, sha256) => void this.#tell(event, sha256));
    // The picture comes first: the check reads the whole file once more.
    void shown(find<HTMLVideoElement>(this.root, "[data-video]")).then(() => checks.start(address, manifest.original));
    find(this.root, "[data-save]").addEventListener("click", () => void this.#save(keeper, filename));
    find(this.root, "[data-locked]").hidden = true;
    find(this.root, "[data-opened]").hidden = false;
    const title = find(this.root, "[data-clip-title]");
    title.textContent = titleOf(manifest, this.texts);
    title.focus();
  }

  #play(address: string): void {
    const video = find<HTMLVideoElement>(this.root, "[data-video]");
    const unplayable = (): void => {
      find(this.root, "[data-unplayable]").hidden = false;
      find(this.root, "[data-player]").hidden = true;
    };
    video.addEventListener("loadedmetadata", () => {
      // A picture that the browser cannot decode is left out while its sound would play.
      if (video.videoWidth === 0) unplayable();
    });
    video.addEventListener("error", () => {
      const code = video.error?.code;
      if (this.#failure !== undefined) this.#problem(this.#failure);
      else if (code === MediaError.MEDIA_ERR_SRC_NOT_SUPPORTED || code === MediaError.MEDIA_ERR_DECODE) unplayable();
    });
    video.addEventListener("seeking", () => (this.#failure = undefined));
    video.addEventListener("play", () => void this.#tell("played"), { once: true });
    video.src = address;
    find(this.root, "[data-player]").hidden = false;
  }

  async #save(keeper: Keeper, filename: string): Promise<void> {
    try {
      const saved = await keeper.save(this.#id, filename);
      await this.#tell("downloaded", saved.sha256);
    } catch (error) {
      const code = codeOf(error, "offline");
      if (code === "other_clip") await this.#tell("mismatch");
      if (code !== "aborted") this.#problem(code);
    }
  }

  /** Once for each kind of act while the page is open; a failure here is no failure of what the officer does. */
  async #tell(event: string, sha256?: string): Promise<void> {
    if (this.#reported.has(event)) return;
    this.#reported.add(event);
    const body = JSON.stringify(sha256 === undefined ? { event } : { event, facts: { sha256 } });
    try {
      await post(this.root, this.root.dataset.events ?? "", body);
      await refresh("custody", "same-case");
    } catch (error) {
      this.#reported.delete(event);
      console.warn("The server did not take note", error);
    }
  }

  /** A seek breaks off what was being read, which is no failure; a real one reaches the video element too. */
  #clipFailed(code: Code): void {
    this.#failure = code;
    if (code === "offline" && find<HTMLVideoElement>(this.root, "[data-video]").error === null) return;
    find(this.root, "[data-unplayable]").hidden = true;
    this.#problem(code);
  }

  #stop(): void {
    const video = find<HTMLVideoElement>(this.root, "[data-video]");
    video.removeAttribute("src");
    video.load();
    find(this.root, "[data-player]").hidden = true;
  }

  #lock(): void {
    this.#stop();
    find(this.root, "[data-opened]").hidden = true;
    find(this.root, "[data-locked]").hidden = false;
    this.#askForPassphrase(true);
    this.#problem("locked");
  }

  #recipients(): string[] {
    return (this.root.dataset.recipients ?? "").split(" ").filter(Boolean);
  }

  #askForPassphrase(needed: boolean): void {
    find(this.root, "[data-passphrase-field]").hidden = !needed;
  }

  #passphraseWrong(code: string): void {
    const line = find(this.root, "[data-passphrase-error]");
    find(line, "span").textContent = fill(this.texts, code);
    line.hidden = false;
    find<HTMLInputElement>(this.root, "#passphrase").focus();
  }

  #status(code: string, done = 0): void {
    const percent = Math.floor(done * 10) * 10; // every tenth: it is read out
    find(this.root, "[data-status]").textContent = code === "" ? "" : fill(this.texts, code, { percent });
  }

  #problem(code: string, said?: string): void {
    find(this.root, "[data-problem-title]").textContent = fill(this.texts, "problem");
    find(this.root, "[data-problem-text]").textContent = said || fill(this.texts, code);
    find(this.root, "[data-problem]").hidden = false;
  }
}

/** Settles when the video shows its first picture or never will, and after some seconds in any case. */
function shown(video: HTMLVideoElement): Promise<void> {
  if (video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA || video.error !== null) return Promise.resolve();
  return new Promise((resolve) => {
    for (const event of ["loadeddata", "error"]) video.addEventListener(event, () => resolve(), { once: true });
    setTimeout(resolve, FIRST_PICTURE_MS);
  });
}

function extension(type: string): string {
  const known: Record<string, string> = {
    "video/mp4": "mp4",
    "video/quicktime": "mov",
    "video/webm": "webm",
    "video/x-matroska": "mkv",
    "video/mp2t": "ts",
    "video/x-msvideo": "avi",
  };
  return known[type] ?? "bin";
}
