import { base64 } from "@scure/base";
import { expect, test } from "vitest";
import { VaultError } from "../vault/errors";
import { generateIdentity, openBytes, readIdentity } from "../vault/identity";
import { makeRequestKey } from "./request_key";

test("every key opens its own wrap to the same secret, and no other wrap", async () => {
  const officers = await Promise.all([generateIdentity(), generateIdentity(), generateIdentity()]);
  const made = await makeRequestKey(officers.map(({ recipient }, n) => ({ key_id: `key-${n}`, recipient })));
  expect(made.wraps.map((wrap) => wrap.key_id)).toEqual(["key-0", "key-1", "key-2"]);
  for (const [n, officer] of officers.entries()) {
    const opened = await openBytes(base64.decode(made.wraps[n]!.ciphertext), officer);
    expect((await readIdentity(new TextDecoder().decode(opened))).recipient).toBe(made.q_recipient);
    const others = made.wraps.filter((_, other) => other !== n);
    for (const other of others) {
      await expect(openBytes(base64.decode(other.ciphertext), officer)).rejects.toThrow(VaultError);
    }
  }
});

test("no secret is in what is sent, and each request has a key of its own", async () => {
  const { recipient } = await generateIdentity();
  const [one, two] = await Promise.all([1, 2].map(() => makeRequestKey([{ key_id: "key", recipient }])));
  expect(one!.q_recipient).not.toBe(two!.q_recipient);
  expect(JSON.stringify(one)).not.toContain("AGE-SECRET-KEY");
});

test("a recipient that is no key is refused before anything is made of it", async () => {
  await expect(makeRequestKey([{ key_id: "key", recipient: "age1nonsense" }])).rejects.toThrow(VaultError);
});
