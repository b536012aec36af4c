import { describe, expect, test } from "vitest";
import { Queue, type State } from "./sending_queue";

/** Sends that end when the test says so. */
class Line {
  readonly begun: string[] = [];
  readonly told: [string, State][] = [];
  readonly #ends = new Map<string, (error?: Error) => void>();
  readonly queue = new Queue<string>(
    (item, signal) =>
      new Promise((resolve, reject) => {
        this.begun.push(item);
        this.#ends.set(item, (error) => (error ? reject(error) : resolve()));
        signal.addEventListener("abort", () => reject(new Error("aborted")));
      }),
    (item, state) => this.told.push([item, state]),
  );

  async end(item: string, error?: Error): Promise<void> {
    this.#ends.get(item)?.(error);
    await new Promise((resolve) => setTimeout(resolve));
  }
}

describe("videos on their way", () => {
  test("go two at a time, and the next when one is done", async () => {
    const line = new Line();
    for (const each of ["a", "b", "c", "d"]) line.queue.add(each);
    expect(line.begun).toEqual(["a", "b"]);
    await line.end("b");
    expect(line.begun).toEqual(["a", "b", "c"]);
    expect(line.queue.all("shared")).toEqual(["b"]);
  });

  test("are not lost when one fails, which can be tried again", async () => {
    const line = new Line();
    for (const each of ["a", "b", "c"]) line.queue.add(each);
    await line.end("a", new Error("no"));
    await line.end("b");
    await line.end("c");
    expect(line.queue.all("shared")).toEqual(["b", "c"]);
    expect(line.queue.all("failed")).toEqual(["a"]);
    expect(line.queue.busy).toBe(false);
    line.queue.add("a");
    line.queue.add("b"); // shared: not again
    expect(line.begun).toEqual(["a", "b", "c", "a"]);
  });

  test("can be stopped one by one, or all", async () => {
    const line = new Line();
    for (const each of ["a", "b", "c", "d"]) line.queue.add(each);
    line.queue.stop("c");
    line.queue.stop("a");
    await line.end("-");
    expect(line.begun).toEqual(["a", "b", "d"]);
    await line.end("b");
    line.queue.stopAll();
    await line.end("-");
    expect(line.queue.all("stopped")).toEqual(["a", "c", "d"]);
    expect(line.queue.all("shared")).toEqual(["b"]);
  });
});
