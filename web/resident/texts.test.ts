import { expect, test } from "vitest";

import { Refusal, refusalOf, fromBase64, toBase64 } from "./api";
import { saidOf, sentences } from "./texts";

const root = { dataset: { sayOther: "It did not work.", sayTooMany: "At most {n}.", sayOffline: "No answer." } } as unknown as HTMLElement;
const say = sentences(root);

test("a code finds its sentence, and the values their places", () => {
  expect(say("too_many", { n: 25 })).toBe("At most 25.");
  expect(say("too_many")).toBe("At most {n}.");
  expect(say("never_heard_of")).toBe("It did not work.");
});

test("what the server says is said; a known code has its sentence; anything else the general one", () => {
  expect(saidOf(say, new Refusal(422, ["One.", "Two."]))).toBe("One. Two.");
  expect(saidOf(say, new Refusal(500, []))).toBe("It did not work.");
  expect(saidOf(say, { code: "offline" })).toBe("No answer.");
  expect(saidOf(say, null)).toBe("It did not work.");
});

test("a refusal's body is read, whatever it is", () => {
  const body = JSON.stringify({ refused: [{ code: "quota_full", text: "Full." }] });
  expect(refusalOf(413, body)).toMatchObject({ texts: ["Full."], codes: ["quota_full"] });
  expect(refusalOf(502, "<html>")).toMatchObject({ status: 502, texts: [] });
});

test("base64 there and back, also for what is longer than a call's arguments", () => {
  const data = Uint8Array.from({ length: 200_000 }, (_none, at) => at % 251);
  expect(fromBase64(toBase64(data))).toEqual(data);
});
