/**
 * `export`: everything that belongs to the person and the household as one ZIP, made in this browser. Clips are opened
 * here and go into the file as plain video; without the key they go as they lie on the server, with a README.
 */
import { bytesToHex } from "@noble/hashes/utils.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { utf8 } from "../vault/bytes";
import { VaultError } from "../vault/errors";
import { handOut } from "../vault/handing";
import type { Keeper } from "../vault/keeper";
import { localText, readingZone } from "../ui/zoned";
import { fromBase64, getJson } from "./api";
import { type ListedClip, type OpenedClip, listClips, offer, openAll } from "./clips_data";
import { README } from "./export_readme";
import { saidOf, sentences } from "./texts";
import { isOpen, keeper, storedKey } from "./vault_page";
import { type ZipEntry, zipped } from "./zip";

const ENDINGS: Record<string, string> = {
  "video/mp4": "mp4",
  "video/quicktime": "mov",
  "video/webm": "webm",
  "video/x-matroska": "mkv",
  "video/mp2t": "ts",
  "video/x-msvideo": "avi",
};

export async function mount(root: HTMLElement): Promise<void> {
  const say = sentences(root);
  const said = root.querySelector<HTMLElement>("[data-said]")!;
  const start = root.querySelector<HTMLButtonElement>("[data-start]")!;
  const zone = readingZone(root.dataset.zone);
  const worker = await keeper();
  const key = await storedKey(root.dataset.keys ?? "");
  const open = key !== null && isOpen(worker, key);
  if (open) root.querySelector<HTMLElement>("[data-locked]")?.remove();
  start.classList.remove("is-waiting");
  start.addEventListener("click", () => void make());

  async function make(): Promise<void> {
    start.disabled = true;
    try {
      const documents = await getJson<Record<string, unknown>>(root.dataset.data ?? "");
      const listed = await listClips(root.dataset.list ?? "");
      const opened = open ? await openAll(worker, listed) : [];
      const told = (done: number): void => {
        said.textContent = say("working", { done, all: listed.length });
      };
      told(0);
      const filename = `porchlight-${localText(new Date(), zone).slice(0, 10)}.zip`;
      await handOut(zipped(entries(worker, documents, listed, opened, zone, told)), filename);
      const locked = listed.length - opened.length;
      const sum = !open && locked > 0 ? "done_locked" : locked > 0 ? "some_failed" : "done";
      said.textContent = say(sum, { n: locked });
    } catch (error) {
      said.textContent = saidOf(say, error);
    } finally {
      start.disabled = false;
    }
  }
}

async function* entries(
  worker: Keeper,
  documents: Record<string, unknown>,
  listed: ListedClip[],
  opened: OpenedClip[],
  zone: string,
  told: (done: number) => void,
): AsyncGenerator<ZipEntry> {
  yield text("README.txt", README);
  for (const [name, value] of Object.entries(documents)) yield text(name, `${JSON.stringify(value, null, 2)}\n`);
  yield text("clips.json", `${JSON.stringify(opened.map((clip) => about(clip, zone)), null, 2)}\n`);
  let done = 0;
  for (const clip of listed) {
    const known = opened.find((each) => each.listed.id === clip.id);
    if (known === undefined) {
      yield { name: `clips-locked/${clip.id}.grant.age`, content: () => once(fromBase64(clip.grant)) };
      yield { name: `clips-locked/${clip.id}.age`, content: () => fetched(`/clips/${clip.id}/sealed`) };
    } else {
      yield { name: `clips/${nameOf(known, zone)}`, content: () => plain(worker, known) };
    }
    told((done += 1));
  }
}

/** The clip's bytes, opened on the way, and whole: their fingerprint is the one that was signed. */
async function* plain(worker: Keeper, clip: OpenedClip): AsyncGenerator<Uint8Array> {
  const { address, opened } = offer(worker, clip);
  await opened;
  const hash = sha256.create();
  try {
    for await (const piece of fetched(address)) {
      hash.update(piece);
      yield piece;
    }
  } finally {
    await worker.forget(clip.listed.id);
  }
  if (bytesToHex(hash.digest()) !== clip.grant.manifest.original.plain_sha256) throw new VaultError("other_clip");
}

async function* fetched(address: string): AsyncGenerator<Uint8Array> {
  const response = await fetch(address).catch(() => null);
  if (response === null || !response.ok || response.body === null) throw new VaultError("offline", address);
  const reader = response.body.getReader();
  for (let next = await read(reader); !next.done; next = await read(reader)) yield next.value;
}

function read(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<ReadableStreamReadResult<Uint8Array>> {
  return reader.read().catch(() => {
    throw new VaultError("offline");
  });
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

function text(name: string, content: string): ZipEntry {
  return { name, content: () => once(utf8(content)) };
}

/** When it was filmed, by the home's clock, and the household's own name for it where that can be a file's name; with the
 * id, as two clips may bear one name. */
function nameOf({ listed, grant }: OpenedClip, zone: string): string {
  const ending = ENDINGS[grant.manifest.media_type] ?? "bin";
  const own = (grant.note ?? "clip").replace(/\.[a-z0-9]{2,4}$/i, "").replace(/[^\p{L}\p{N} _-]+/gu, "_").trim().slice(0, 80);
  const { starts_at: starts } = grant.manifest;
  const when = starts === null ? "" : `${localText(new Date(starts), zone).replace("T", " ").replaceAll(":", "-")} `;
  return `${when}${own || "clip"} ${listed.id.slice(0, 8)}.${ending}`;
}

function about(clip: OpenedClip, zone: string): object {
  const { manifest, note } = clip.grant;
  return {
    id: clip.listed.id,
    file: nameOf(clip, zone),
    note: note ?? "",
    starts_at: manifest.starts_at,
    ends_at: manifest.ends_at,
    sha256: manifest.original.plain_sha256,
    kept_since: clip.listed.uploaded_on,
  };
}
