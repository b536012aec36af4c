import { describe, expect, it } from "vitest";
import { pin } from "./log_pin";

function storage(): Pick<Storage, "getItem" | "setItem"> {
  const kept = new Map<string, string>();
  return { getItem: (name) => kept.get(name) ?? null, setItem: (name, value) => void kept.set(name, value) };
}

describe("the log's key", () => {
  it("is taken at first sight and good ever after", () => {
    const kept = storage();
    pin("porchlight/log+1+A", kept);
    pin("porchlight/log+1+A", kept);
  });

  it("is refused once it is another, and stays refused", () => {
    const kept = storage();
    pin("porchlight/log+1+A", kept);
    for (let time = 0; time < 2; time += 1) {
      expect(() => pin("porchlight/log+2+B", kept)).toThrow(expect.objectContaining({ code: "log_changed" }));
    }
    pin("porchlight/log+1+A", kept);
  });
});
