/** The household's clips, found and opened in the browser: what the server lists is locked. */
import type { Grant } from "../vault/grant";
import type { Keeper } from "../vault/keeper";
import { momentText } from "../ui/moment";
import { fromBase64, getJson } from "./api";
import { BEFORE, HOUSEHOLD } from "./vault_page";

export interface ListedClip {
  id: string;
  sealed_size: number;
  sealed_sha256: string;
  head: string;
  grant: string;
  uploaded_on: string;
  expires_on: string;
}

export interface OpenedClip {
  listed: ListedClip;
  grant: Grant;
}

export async function listClips(url: string): Promise<ListedClip[]> {
  return (await getJson<{ clips: ListedClip[] }>(url)).clips;
}

/** Those whose grants the unlocked key opens, the newest first. A grant that does not open is left out, and told. */
export async function openAll(worker: Keeper, listed: ListedClip[]): Promise<OpenedClip[]> {
  const opened: OpenedClip[] = [];
  for (const each of listed) {
    try {
      const grant = await openedGrant(worker, fromBase64(each.grant));
      if (grant.manifest.original.sealed_sha256 !== each.sealed_sha256) throw new Error("another clip's bytes");
      opened.push({ listed: each, grant });
    } catch (error) {
      console.warn("A clip could not be opened", error);
    }
  }
  return opened.sort((a, b) => (b.grant.manifest.starts_at ?? "").localeCompare(a.grant.manifest.starts_at ?? ""));
}

/** By the household's key, or by the one before it while clips move from one to the other. */
async function openedGrant(worker: Keeper, sealed: Uint8Array): Promise<Grant> {
  try {
    return await worker.openGrant(HOUSEHOLD, sealed);
  } catch (error) {
    if (BEFORE in worker.unlocked) return worker.openGrant(BEFORE, sealed);
    throw error;
  }
}

/** Does the clip show any of the span? A clip of unknown time is offered too: its owner knows. */
export function within(clip: OpenedClip, from: Date, to: Date): boolean {
  const { starts_at: starts, ends_at: ends } = clip.grant.manifest;
  if (starts === null) return true;
  return new Date(starts) <= to && new Date(ends ?? starts) >= from;
}

/** Make it playable: see `Keeper.offer`. What a player needs before its first picture is at hand already. */
export function offer(worker: Keeper, { listed, grant }: OpenedClip): ReturnType<Keeper["offer"]> {
  return worker.offer({
    id: listed.id,
    url: new URL(`/clips/${listed.id}/sealed`, location.href).href,
    secret: grant.clip.secret,
    type: grant.manifest.media_type,
    head: fromBase64(listed.head),
    size: listed.sealed_size,
    plainSha256: grant.manifest.original.plain_sha256,
  });
}

/** When it was filmed, in the zone of the page; "" if nobody knows. */
export function timeOf(clip: OpenedClip): string {
  const { starts_at: starts } = clip.grant.manifest;
  const zone = document.querySelector<HTMLElement>("[data-zone]")?.dataset.zone;
  return starts === null ? "" : momentText(new Date(starts), zone);
}
