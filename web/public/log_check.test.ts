import { describe, expect, it } from "vitest";
import vectors from "../../tests/vectors/log-proofs.json";
import { utf8 } from "../vault/bytes";
import { readProof } from "../vault/tlog";
import { checkEntry, type Kept, type Log } from "./log_check";

const NAME = "porchlight.log-checkpoint";
const now = new Date("2027-01-02T03:04:05Z");
const held = vectors.accepted.find((each) => readProof(each.proof).index === 2);
if (!held) throw new Error("no vector of entry 2");

function store(kept?: Kept) {
  const all = new Map<string, string>(kept ? [[NAME, JSON.stringify(kept)]] : []);
  return { all, getItem: (name: string) => all.get(name) ?? null, setItem: (name: string, value: string) => void all.set(name, value) };
}

function log(proofs: { now: string; then?: string }, entry = held!.entry): Log {
  return {
    entry: () => Promise.resolve(utf8(entry)),
    proof: (size) => {
      const text = size === undefined ? proofs.now : proofs.then;
      return text === undefined ? Promise.reject(Object.assign(new Error("none"), { status: 404 })) : Promise.resolve(text);
    },
  };
}

const check = (kept: ReturnType<typeof store>, proofs: { now: string; then?: string } = { now: held.proof, then: held.proof }, index = 2) =>
  checkEntry(log(proofs), index, held.verifier_key, kept, now);

describe("an entry that the browser checks", () => {
  it("holds, and the first signature is kept", async () => {
    const kept = store();
    expect((await check(kept)).kept).toMatchObject({ how: "now", size: 3, since: now.toISOString() });
    expect((await check(kept)).kept.how).toBe("holds");
  });

  it("is later than what was kept", async () => {
    expect((await check(store({ size: 2, root: "00", since: "2026-01-01" }))).kept.how).toBe("later");
  });

  it.each([
    ["a shorter log", { size: 4, root: "00" }, held.proof],
    ["another root", { size: 3, root: "00" }, held.proof],
    ["a signature that the log has forgotten", { size: 3, root: "00" }, undefined],
  ])("shows %s as a changed past", async (_name, kept, then) => {
    const proofs = then === undefined ? { now: held.proof } : { now: held.proof, then };
    await expect(check(store({ ...kept, since: "2026-01-01" }), proofs)).rejects.toMatchObject({ code: "past_changed", since: "2026-01-01" });
  });

  it("is not another entry's", async () => {
    await expect(check(store(), { now: held.proof }, 1)).rejects.toMatchObject({ code: "tampered" });
    await expect(checkEntry(log({ now: held.proof }, "{}"), 2, held.verifier_key, store(), now)).rejects.toMatchObject({ code: "tampered" });
  });

  it("is refused under another key than the first", async () => {
    const kept = store();
    kept.setItem("porchlight.log-key", "another");
    await expect(check(kept)).rejects.toMatchObject({ code: "log_changed" });
    expect(kept.all.has(NAME)).toBe(false);
  });
});
