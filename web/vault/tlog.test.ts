import { describe, expect, test } from "vitest";
import vectors from "../../tests/vectors/log-proofs.json";
import { utf8 } from "./bytes";
import { checkRequestLogged, readProof } from "./tlog";

interface Case {
  proof: string;
  entry: string;
  verifier_key: string;
  request: string;
  q: string;
}

const check = (vector: Case) =>
  checkRequestLogged(vector.proof, utf8(vector.entry), vector.verifier_key, {
    request: vector.request,
    recipient: vector.q,
  });

describe("the log's proof of a request", () => {
  test.each(vectors.accepted)("holds: $name", (vector) => {
    expect(check(vector).origin).toBe("example.org/porchlight");
    expect(check(vector).index).toBe(readProof(vector.proof).index);
  });

  test.each(vectors.refused)("does not hold: $name", (vector) => {
    expect(() => check(vector)).toThrow(vector.code);
  });
});
