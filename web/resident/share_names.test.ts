import { expect, test } from "vitest";

import { forgetNames, keepName, namesOf } from "./share_names";

function store(): Pick<Storage, "getItem" | "setItem" | "removeItem"> & { kept: Map<string, string> } {
  const kept = new Map<string, string>();
  return {
    kept,
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
  };
}

const DOOR = { name: "IMG_0412 front door.mp4", starts: "2026-03-14T21:02:00.000Z" };

test("a name is found by its share, for the account that shared alone", () => {
  const at = store();
  keepName("one", DOOR, "ada", at);
  keepName("two", { name: "b.mp4", starts: "" }, "ada", at);
  expect(namesOf("ada", at).get("one")).toEqual(DOOR);
  expect(namesOf("ada", at).size).toBe(2);
  expect(namesOf("bruno", at).size).toBe(0);
  expect(namesOf("", at).size).toBe(0);
});

test("who shares next in the same browser leaves nothing of the one before", () => {
  const at = store();
  keepName("one", DOOR, "ada", at);
  keepName("two", { name: "b.mp4", starts: "" }, "bruno", at);
  expect([...at.kept.values()].join()).not.toContain("IMG_0412");
});

test("signing out forgets, and the oldest go when there are many", () => {
  const at = store();
  for (let n = 0; n < 310; n += 1) keepName(String(n), { name: `${n}.mp4`, starts: "" }, "ada", at);
  expect(namesOf("ada", at).size).toBe(300);
  expect(namesOf("ada", at).has("9")).toBe(false);
  expect(namesOf("ada", at).has("309")).toBe(true);
  forgetNames(at);
  expect(at.kept.size).toBe(0);
});

test("what is no list of names is none, and a store that is full is no error", () => {
  const at = store();
  at.kept.set("shared-names", "{");
  expect(namesOf("ada", at).size).toBe(0);
  const full = { ...at, setItem: () => { throw new Error("full"); } };
  expect(() => keepName("one", DOOR, "ada", full)).not.toThrow();
});
