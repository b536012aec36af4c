import { describe, expect, test } from "vitest";

import { blockOf } from "./share_choices";

const PATTERN = "{number} block of {street}";
const FIRST = "First block of {street}";

describe("the block of an address", () => {
  test.each([
    ["1423 Mill Street, Alder Falls", "1400 block of Mill Street"],
    ["100 Weir Lane", "100 block of Weir Lane"],
    ["14 Mill Street, Alder Falls, WI 54000", "First block of Mill Street"],
    ["  221B Baker Street", "200 block of Baker Street"],
  ])("%s", (address, block) => expect(blockOf(address, PATTERN, FIRST)).toBe(block));

  test.each(["", "Mill Street 14", "The old mill"])("is left open where no number comes first: %s", (address) => {
    expect(blockOf(address, PATTERN, FIRST)).toBe("");
  });
});
