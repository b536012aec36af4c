/** Sealing the household's grants to its new key, some at a time. What is done is done: a closed page goes on later. */
import { sealGrant } from "../vault/grant";
import { codeOf } from "../vault/errors";
import { fromBase64, getJson, postJson, toBase64 } from "./api";
import { listClips } from "./clips_data";
import { BEFORE, grantRecipients, keeper, type StoredKey } from "./vault_page";

const AT_ONCE = 8;

export interface Moved {
  moved: number;
  /** Clips that neither key opens: they stay as they were. */
  unopened: number;
}

/** Move all that is left. Throws "locked" where either key is not unlocked, or what stopped it on the way. */
export async function moveGrants(
  key: StoredKey,
  places: { grants: string; list: string },
  progress: (done: number, all: number) => void,
): Promise<Moved> {
  const worker = await keeper();
  const recipients = await grantRecipients(key);
  const ids = new Set((await getJson<{ clips: string[] }>(places.grants)).clips);
  const clips = (await listClips(places.list)).filter((clip) => ids.has(clip.id));
  const result = { moved: 0, unopened: 0 };
  for (let at = 0; at < clips.length; at += AT_ONCE) {
    progress(at, clips.length);
    const grants: { id: string; grant: string }[] = [];
    for (const clip of clips.slice(at, at + AT_ONCE)) {
      try {
        const grant = await worker.openGrant(BEFORE, fromBase64(clip.grant));
        grants.push({ id: clip.id, grant: toBase64(await sealGrant(grant, recipients)) });
      } catch (error) {
        if (codeOf(error, "unknown") === "locked") throw error;
        result.unopened += 1;
      }
    }
    if (grants.length > 0) await postJson(places.grants, { key: key.recipient, grants });
    result.moved += grants.length;
  }
  // Where nothing is left to move, the server still has to hear that: it then forgets the old key's last wrap.
  await postJson(places.grants, { key: key.recipient, grants: [] });
  progress(clips.length, clips.length);
  return result;
}
