/**
 * A ZIP file as a stream: entries stored as they are, sizes after the bytes, ZIP64 wherever a number may be large. It
 * holds no more in memory than a piece and the list of names.
 */
import { utf8 } from "../vault/bytes";

export interface ZipEntry {
  name: string;
  /** Pieces of the content, in order. Asked for when it is this entry's turn. */
  content: () => AsyncIterable<Uint8Array>;
}

interface Written {
  name: Uint8Array;
  crc: number;
  size: bigint;
  offset: bigint;
}

const VERSION = 45; // ZIP64
const FLAGS = 0x0808; // sizes follow the content; names are UTF-8
const DOS_DAY = 0x21; // 1 January 1980: the copy's own times stand in its documents
const LARGE = 0xffffffff;
const TABLE = Uint32Array.from({ length: 256 }, (_none, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value >>> 0;
});

/** The bytes of the ZIP. An entry whose content throws ends the whole with that error. */
export async function* zipped(entries: AsyncIterable<ZipEntry> | Iterable<ZipEntry>): AsyncGenerator<Uint8Array> {
  const written: Written[] = [];
  let at = 0n;
  for await (const entry of entries) {
    const name = utf8(entry.name);
    const offset = at;
    const head = record("I4 2 2 2 2 2 4 4 4 2 2", [0x04034b50, VERSION, FLAGS, 0, 0, DOS_DAY, 0, LARGE, LARGE, name.length, 20], name, extra(1, 0n, 0n));
    yield head;
    at += BigInt(head.length);
    let crc = 0xffffffff;
    let size = 0n;
    for await (const piece of entry.content()) {
      for (const byte of piece) crc = TABLE[(crc ^ byte) & 0xff]! ^ (crc >>> 8);
      size += BigInt(piece.length);
      yield piece;
    }
    crc = (crc ^ 0xffffffff) >>> 0;
    const tail = record("I4 4 8 8", [0x08074b50, crc, size, size]);
    yield tail;
    at += size + BigInt(tail.length);
    written.push({ name, crc, size, offset });
  }
  const start = at;
  for (const { name, crc, size, offset } of written) {
    const line = record(
      "I4 2 2 2 2 2 2 4 4 4 2 2 2 2 2 4 4",
      [0x02014b50, VERSION, VERSION, FLAGS, 0, 0, DOS_DAY, crc, LARGE, LARGE, name.length, 28, 0, 0, 0, 0, LARGE],
      name,
      extra(1, size, size, offset),
    );
    yield line;
    at += BigInt(line.length);
  }
  const count = BigInt(written.length);
  yield record("I4 8 2 2 4 4 8 8 8 8", [0x06064b50, 44n, VERSION, VERSION, 0, 0, count, count, at - start, start]);
  yield record("I4 4 8 4", [0x07064b50, 0, at, 1]);
  yield record("I4 2 2 2 2 4 4 2", [0x06054b50, 0, 0, 0xffff, 0xffff, LARGE, LARGE, 0]);
}

function extra(tag: number, ...sizes: bigint[]): Uint8Array {
  return record(`2 2${" 8".repeat(sizes.length)}`, [tag, 8 * sizes.length, ...sizes]);
}

/** Little-endian numbers of 2, 4 or 8 bytes each, and what follows them. */
function record(form: string, values: (number | bigint)[], ...rest: Uint8Array[]): Uint8Array {
  const widths = form.replace("I", "").split(" ").map(Number);
  const head = new Uint8Array(widths.reduce((sum, width) => sum + width, 0));
  const view = new DataView(head.buffer);
  let at = 0;
  widths.forEach((width, index) => {
    const value = values[index]!;
    if (width === 8) view.setBigUint64(at, BigInt(value), true);
    else if (width === 4) view.setUint32(at, Number(value), true);
    else view.setUint16(at, Number(value), true);
    at += width;
  });
  const whole = new Uint8Array(head.length + rest.reduce((sum, part) => sum + part.length, 0));
  whole.set(head);
  let end = head.length;
  for (const part of rest) {
    whole.set(part, end);
    end += part.length;
  }
  return whole;
}
