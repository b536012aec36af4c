/**
 * Writes what the browser's half seals, for the others to open:
 *   npx rolldown web/vault/make_vectors.ts --platform node -f esm -o build/make_vectors.mjs
 *   node build/make_vectors.mjs > tests/vectors/sealed-by-browser.json
 */
import { base64 } from "@scure/base";
import { concat } from "./bytes";
import { encode } from "./canonical";
import { sealEnvelope } from "./envelope";
import { sealGrant } from "./grant";
import { generateIdentity, wrapToRecipients } from "./identity";
import { makeManifest, manifestSha256, signManifest } from "./manifest";
import { wrapWithPassphrase } from "./passphrase";
import { makeReceipt, signReceipt } from "./receipt";
import { sealFile } from "./sealing";
import { signingKey } from "./signing";
import { collected, plaintext } from "./testing";

const REQUEST = "c2d4b5a6-1f2e-4a3b-8c7d-9e0f1a2b3c4d";
const PASSPHRASE = "lantern orbit velvet harbor maple sunset";
const PLAIN_SIZE = 64 * 1024 + 1000;

async function vector(): Promise<object> {
  const [household, recovery, officer, q, clip] = await Promise.all([
    generateIdentity(),
    generateIdentity(),
    generateIdentity(),
    generateIdentity(),
    generateIdentity(),
  ]);
  const sealing = await sealFile(new Blob([plaintext(PLAIN_SIZE)]), clip.recipient);
  const file = concat(...(await collected(sealing.stream)));
  const manifest = makeManifest({
    clip: "6b1f6a0e-8f43-4d0c-9d2e-0f4b6a7c1e55",
    original: await sealing.finished,
    media_type: "video/mp4",
    made: "uploaded",
  });
  const manifestSignature = signManifest(manifest, signingKey());
  const receipt = makeReceipt({
    request: REQUEST,
    recipient: q.recipient,
    manifest_sha256: manifestSha256(manifest),
    purpose: "Investigation of a burglary",
    given_at: "2026-11-21T19:08:58.123Z",
    expires_at: "2027-05-20T19:08:58.000Z",
    shown: { name: "Renée", place: { kind: "block", text: "400 block of Elm Street" } },
  });
  const note = "Vorgarten – 07:30.mp4";
  const grant = await sealGrant({ clip, manifest, manifestSignature, note }, [household.recipient, recovery.recipient]);
  const receiptSignature = signReceipt(receipt, signingKey());
  const envelope = await sealEnvelope({ clip, manifest, manifestSignature, receipt, receiptSignature });
  return {
    about: "Made by the browser's half; to be opened by every implementation.",
    household: household.secret,
    recovery: recovery.secret,
    officer: officer.secret,
    q: q.secret,
    q_recipient: q.recipient,
    request: REQUEST,
    clip: {
      file: base64.encode(file),
      head: base64.encode(sealing.head),
      secret: clip.secret,
      plain_size: PLAIN_SIZE,
    },
    manifest: new TextDecoder().decode(encode(manifest)),
    receipt: new TextDecoder().decode(encode(receipt)),
    note,
    grant: base64.encode(grant),
    envelope: base64.encode(envelope),
    q_wrapped: await wrapToRecipients(q.secret, [officer.recipient]),
    passphrase: PASSPHRASE,
    household_wrapped: await wrapWithPassphrase(household.secret, PASSPHRASE),
  };
}

console.log(JSON.stringify(await vector(), null, 1));
