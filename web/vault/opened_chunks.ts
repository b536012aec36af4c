/**
 * The chunks of a clip that were opened lately, and those on their way.
 *
 * A player asks for all that follows, reads some of it, breaks off, and asks again from a little further on. To fetch
 * what it asks for would bring megabytes that nobody looks at, and to break that off costs the connection. So the file
 * is fetched in parts that grow, the next one when half of the last has been read; and what a part brings is kept for a
 * while for whoever asks next.
 */
import type { Bytes } from "./bytes";
import { VaultError } from "./errors";

const FIRST = 16; // chunks: a mebibyte
const LARGEST = 32;
const KEPT = 96;

/** From chunk `first` to chunk `last`, both included. */
export interface Part {
  first: number;
  last: number;
}

/** Fetches a part and opens it, chunk by chunk. */
export type Load = (part: Part, signal: AbortSignal) => AsyncIterable<Bytes>;

interface Slot {
  chunk: Promise<Bytes>;
  resolve: (chunk: Bytes) => void;
  reject: (error: unknown) => void;
}

function slot(): Slot {
  let resolve: Slot["resolve"] = () => {};
  let reject: Slot["reject"] = () => {};
  const chunk = new Promise<Bytes>((yes, no) => ([resolve, reject] = [yes, no]));
  chunk.catch(() => {}); // told to who waits for it
  return { chunk, resolve, reject };
}

class Loading {
  readonly readers = new Set<ChunkReader>();
  readonly #slots: Slot[];
  readonly #aborter = new AbortController();
  #got = 0;
  #ended = false;

  constructor(load: Load, readonly part: Part) {
    this.#slots = Array.from({ length: part.last - part.first + 1 }, slot);
    void this.#run(load);
  }

  /** Chunks that it has or will have. */
  get size(): number {
    return this.#ended ? this.#got : this.#slots.length;
  }

  holds(index: number): boolean {
    return index >= this.part.first && index < this.part.first + this.size;
  }

  chunk(index: number): Promise<Bytes> {
    return (this.#slots[index - this.part.first] as Slot).chunk;
  }

  /** A small part that nobody waits for any more may come whole: its connection is then free for the next. */
  left(reader: ChunkReader): void {
    this.readers.delete(reader);
    if (this.readers.size > 0 || this.#ended || this.#slots.length <= FIRST) return;
    this.#ended = true;
    this.#aborter.abort();
  }

  async #run(load: Load): Promise<void> {
    let failure: unknown = new VaultError("tampered", "the part is cut short");
    try {
      for await (const chunk of load(this.part, this.#aborter.signal)) {
        this.#slots[this.#got]?.resolve(chunk);
        this.#got += 1;
      }
    } catch (error) {
      failure = error;
    }
    this.#ended = true;
    for (const missing of this.#slots.slice(this.#got)) missing.reject(failure);
  }
}

/** Of one clip. Holds at most `KEPT` chunks beside those that somebody reads. */
export class OpenedChunks {
  #loadings: Loading[] = []; // the one used last stands last

  constructor(private readonly load: Load) {}

  /** Asks for the first chunk before anybody reads: a player sets itself up by it while the rest is on its way. */
  ahead(): void {
    this.at(0, 0, 1);
  }

  reader(first: number, last: number): ChunkReader {
    return new ChunkReader(this, first, last);
  }

  /** The part that chunk `index` stands in; where there is none, one is begun, of `size` chunks and to `last` at most. */
  at(index: number, last: number, size: number): { loading: Loading; fresh: boolean } {
    let loading = this.#loadings.find((each) => each.holds(index));
    const fresh = loading === undefined;
    if (loading === undefined) {
      const later = this.#loadings.map((each) => each.part.first).filter((first) => first > index);
      loading = new Loading(this.load, { first: index, last: Math.min(index + size - 1, last, ...later.map((first) => first - 1)) });
    }
    this.#loadings = [...this.#loadings.filter((each) => each !== loading && each.size > 0), loading];
    this.#drop();
    return { loading, fresh };
  }

  #drop(): void {
    let held = this.#loadings.reduce((sum, each) => sum + each.size, 0);
    this.#loadings = this.#loadings.filter((each) => {
      if (held <= KEPT || each.readers.size > 0 || each === this.#loadings.at(-1)) return true;
      held -= each.size;
      return false;
    });
  }
}

/** Reads a span once, in order. Who does not read it to its end says so with `leave`. */
export class ChunkReader {
  readonly #used = new Set<Loading>();
  #size = FIRST;

  constructor(
    private readonly opened: OpenedChunks,
    private at: number,
    private readonly last: number,
  ) {}

  /** Null behind the last. Throws VaultError; what was handed out before is authentic. */
  async next(): Promise<Bytes | null> {
    const index = this.at;
    if (index > this.last) return null;
    const loading = this.#use(index);
    const behind = loading.part.first + loading.size;
    if (2 * (index - loading.part.first) >= loading.size - 1 && behind <= this.last) this.#use(behind);
    this.at += 1;
    if (this.at >= behind) {
      this.#used.delete(loading);
      loading.readers.delete(this);
    }
    return loading.chunk(index);
  }

  leave(): void {
    for (const loading of this.#used) loading.left(this);
    this.#used.clear();
  }

  #use(index: number): Loading {
    const { loading, fresh } = this.opened.at(index, this.last, this.#size);
    if (fresh) this.#size = Math.min(2 * this.#size, LARGEST);
    this.#used.add(loading);
    loading.readers.add(this);
    return loading;
  }
}
