import { wordlist } from "@scure/bip39/wordlists/english.js";
import { armor } from "age-encryption";
import { describe, expect, test } from "vitest";
import vectors from "../../tests/vectors/passphrases.json";
import { generateIdentity, wrapToRecipients } from "./identity";
import {
  PASSPHRASE_WORDS,
  generatePassphrase,
  normalisePassphrase,
  unknownWords,
  unwrapWithPassphrase,
  wordsStarting,
  wrapWithPassphrase,
} from "./passphrase";

describe("passphrases", () => {
  test.each(vectors.normal)("$typed is taken as $normal", ({ typed, normal }) => {
    expect(normalisePassphrase(typed)).toBe(normal);
    expect(normalisePassphrase(normal)).toBe(normal);
  });

  test.each(vectors.refused)("refuses what is $code", ({ typed, code }) => {
    expect(() => normalisePassphrase(typed)).toThrow(code);
  });

  test("are six words of a list of 2,048", () => {
    expect(wordlist.length).toBe(2048);
    const drawn = Array.from({ length: 200 }, () => generatePassphrase());
    expect(new Set(drawn).size).toBe(200);
    for (const passphrase of drawn) {
      expect(passphrase.split(" ")).toHaveLength(PASSPHRASE_WORDS);
      expect(unknownWords(passphrase)).toEqual([]);
      expect(normalisePassphrase(passphrase)).toBe(passphrase);
    }
    expect(new Set(drawn.join(" ").split(" ")).size).toBeGreaterThan(700);
  });

  test("slips are pointed at", () => {
    expect(unknownWords("Abandon-abillity about")).toEqual(["abillity"]);
    expect(wordsStarting("Zo")).toEqual(["zone", "zoo"]);
    expect(wordsStarting("")).toEqual([]);
  });
});

describe("wrapping under a passphrase", () => {
  test("opens as typed, tells a wrong one, and shows how far it is", async () => {
    const household = await generateIdentity();
    const seen: number[] = [];
    const wrapped = await wrapWithPassphrase(household.secret, "lantern orbit velvet", (done) => seen.push(done));
    expect(new TextDecoder().decode(armor.decode(wrapped))).toContain(" 17\n");
    expect(seen.at(-1)).toBe(1);
    expect(await unwrapWithPassphrase(wrapped, "Lantern – ORBIT\nvelvet", household.recipient)).toEqual(household);
    const wrong = unwrapWithPassphrase(wrapped, "lantern orbit velvets");
    await expect(wrong).rejects.toMatchObject({ code: "wrong_passphrase" });
    const other = unwrapWithPassphrase(wrapped, "lantern orbit velvet", (await generateIdentity()).recipient);
    await expect(other).rejects.toMatchObject({ code: "other_recipient" });
  }, 60_000); // four times scrypt, in JavaScript

  test("what is wrapped to a recipient is not taken for it", async () => {
    const made = await generateIdentity();
    const wrapped = await wrapToRecipients(made.secret, [made.recipient]);
    await expect(unwrapWithPassphrase(wrapped, "lantern")).rejects.toMatchObject({ code: "malformed" });
    await expect(unwrapWithPassphrase("hello", "lantern")).rejects.toMatchObject({ code: "malformed" });
  });
});
