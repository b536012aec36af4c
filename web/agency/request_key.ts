/** The request identity Q: made here, its secret leaves only wrapped, once for each key that is meant to have it. */
import { base64 } from "@scure/base";
import { utf8 } from "../vault/bytes";
import { generateIdentity, sealBytes } from "../vault/identity";

/** One key of the agency, as `/requests/<id>/keys.json` lists it. */
export interface KeyRecipient {
  key_id: string;
  recipient: string;
}

/** What is sent: Q's public half, and its secret as a binary age file for each key, in base64. */
export interface RequestKey {
  q_recipient: string;
  wraps: { key_id: string; ciphertext: string }[];
}

export async function makeRequestKey(recipients: KeyRecipient[]): Promise<RequestKey> {
  const q = await generateIdentity();
  const secret = utf8(`${q.secret}\n`);
  const wraps = await Promise.all(
    recipients.map(async ({ key_id, recipient }) => ({
      key_id,
      ciphertext: base64.encode(await sealBytes(secret, [recipient])),
    })),
  );
  secret.fill(0);
  return { q_recipient: q.recipient, wraps };
}
