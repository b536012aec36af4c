import { expect, test } from "vitest";

import { checkNumber, isCheckNumber } from "./check_number";

const RECIPIENT = "age1qu0x8x8xw3xhhwq2r38cx6rt3n0vs3h3mryye9yj0rkd5d3a4y8sf5y8jd";

test("four groups of five digits, of the recipient and of whose it is", () => {
  const number = checkNumber(RECIPIENT, "bo@example.org");
  expect(number).toMatch(/^\d{5} \d{5} \d{5} \d{5}$/);
  expect(checkNumber(RECIPIENT, "bo@example.org")).toBe(number);
  expect(checkNumber(RECIPIENT, "eve@example.org")).not.toBe(number);
  expect(checkNumber(RECIPIENT.replace("d3a4", "d3a5"), "bo@example.org")).not.toBe(number);
});

test("typed in any manner, and never short", () => {
  const number = checkNumber(RECIPIENT, "bo@example.org");
  expect(isCheckNumber(number.replaceAll(" ", ""), RECIPIENT, "bo@example.org")).toBe(true);
  expect(isCheckNumber(` ${number.replaceAll(" ", " - ")} `, RECIPIENT, "bo@example.org")).toBe(true);
  expect(isCheckNumber(number.slice(0, -1), RECIPIENT, "bo@example.org")).toBe(false);
  expect(isCheckNumber("", RECIPIENT, "bo@example.org")).toBe(false);
});
