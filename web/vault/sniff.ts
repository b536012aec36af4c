/** Is this file a video that can be shared? Looks at the first bytes, and at the boxes of an MP4; decodes nothing. */
import type { Bytes } from "./bytes";
import type { MediaType } from "./manifest";

export const MAX_FILE = 2_000_000_000; // bytes: 2 GB

export type NotVideo =
  | "empty"
  | "too_large"
  | "unreadable"
  | "not_video"
  | "cut_short" // an MP4 whose boxes end beyond the file
  | "no_index"; // an MP4 without its moov box: a recording that was not finished

export type Codec = "avc" | "hevc" | "av1" | "vp9" | null;

export type Sniffed =
  | { ok: true; type: MediaType; codec: Codec; indexFirst: boolean; fragmented: boolean }
  | { ok: false; reason: NotVideo };

const MAX_BOXES = 4096;
const MAX_MOOV = 32 * 1024 * 1024;
const TS_PACKETS = [188, 192] as const; // plain, and with a time-stamp before each packet

export async function sniff(file: Blob, limit: number = MAX_FILE): Promise<Sniffed> {
  if (file.size === 0) return { ok: false, reason: "empty" };
  if (file.size > limit) return { ok: false, reason: "too_large" };
  try {
    const start = await read(file, 0, 1024);
    if (isIso(start)) return await sniffIso(file, ascii(start, 8, 4) === "qt  " ? "video/quicktime" : "video/mp4");
    if (matches(start, [0x1a, 0x45, 0xdf, 0xa3])) return sniffMatroska(await read(file, 0, 64 * 1024));
    if (ascii(start, 0, 4) === "RIFF" && ascii(start, 8, 4) === "AVI ") return other("video/x-msvideo");
    if (isTransportStream(start)) return other("video/mp2t");
    return { ok: false, reason: "not_video" };
  } catch {
    return { ok: false, reason: "unreadable" };
  }
}

/** Does this browser play it as it is? Asked of the browser, as HEVC plays in some and not in others. */
export function playsHere(found: Extract<Sniffed, { ok: true }>, video: HTMLVideoElement = document.createElement("video")): boolean {
  const names = { avc: "avc1.640028", hevc: "hvc1.1.6.L120.90", av1: "av01.0.08M.08", vp9: "vp09.00.40.08" };
  const container = found.type === "video/quicktime" ? "video/mp4" : found.type;
  return video.canPlayType(found.codec ? `${container}; codecs="${names[found.codec]}"` : container) !== "";
}

function other(type: MediaType, codec: Codec = null): Sniffed {
  return { ok: true, type, codec, indexFirst: true, fragmented: false };
}

function isIso(start: Bytes): boolean {
  return ["ftyp", "moov", "mdat", "wide", "free", "skip", "pnot"].includes(ascii(start, 4, 4)) && start.length >= 8;
}

interface Box {
  kind: string;
  from: number;
  headerSize: number;
  /** Offset of the first byte after the box. */
  to: number;
}

/** Walk the boxes of the outermost level: sizes must fit the file, and an index and a track of video be there. */
async function sniffIso(file: Blob, type: MediaType): Promise<Sniffed> {
  let moov: Box | null = null;
  let data: Box | null = null;
  let fragmented = false;
  let boxes = 0;
  for (let at = 0; at < file.size; boxes += 1) {
    const box = readBox(await read(file, at, 16), at, file.size);
    if (box === null || boxes === MAX_BOXES) break;
    if (box.to > file.size) return { ok: false, reason: "cut_short" };
    if (box.kind === "moov") moov ??= box;
    if (box.kind === "mdat") data ??= box;
    if (box.kind === "moof") fragmented = true;
    at = box.to;
  }
  if (moov === null) return { ok: false, reason: data === null ? "not_video" : "no_index" };
  if (data === null) return { ok: false, reason: "cut_short" };
  const index = await read(file, moov.from, Math.min(moov.to - moov.from, MAX_MOOV));
  if (!holds(index, "vide")) return { ok: false, reason: "not_video" };
  return { ok: true, type, codec: isoCodec(index), indexFirst: moov.from < data.from, fragmented };
}

/** The box whose header starts `bytes`; null where there is none, as in the zeros that some cameras append. */
function readBox(bytes: Bytes, from: number, end: number): Box | null {
  if (bytes.length < 8) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const kind = ascii(bytes, 4, 4);
  if (!/^[\x20-\x7e\xa9]{4}$/.test(kind)) return null;
  const small = view.getUint32(0);
  if (small === 0) return { kind, from, headerSize: 8, to: end };
  if (small !== 1) return small < 8 ? null : { kind, from, headerSize: 8, to: from + small };
  if (bytes.length < 16) return null;
  const large = Number(view.getBigUint64(8));
  return large < 16 ? null : { kind, from, headerSize: 16, to: from + large };
}

function isoCodec(moov: Bytes): Codec {
  const names: [Codec, string[]][] = [
    ["hevc", ["hvc1", "hev1"]],
    ["avc", ["avc1", "avc3"]],
    ["av1", ["av01"]],
    ["vp9", ["vp09"]],
  ];
  return names.find(([, kinds]) => kinds.some((kind) => holds(moov, kind)))?.[0] ?? null;
}

function sniffMatroska(start: Bytes): Sniffed {
  const codecs: [Codec, string][] = [
    ["hevc", "V_MPEGH/ISO/HEVC"],
    ["avc", "V_MPEG4/ISO/AVC"],
    ["av1", "V_AV1"],
    ["vp9", "V_VP9"],
  ];
  const codec = codecs.find(([, name]) => holds(start, name))?.[0] ?? null;
  if (holds(start.subarray(0, 64), "webm")) return other("video/webm", codec);
  return holds(start.subarray(0, 64), "matroska")
    ? other("video/x-matroska", codec)
    : { ok: false, reason: "not_video" };
}

function isTransportStream(start: Bytes): boolean {
  return TS_PACKETS.some((size) => {
    const first = size - 188;
    return start.length > first + 2 * size && [0, 1, 2].every((packet) => start[first + packet * size] === 0x47);
  });
}

async function read(file: Blob, from: number, size: number): Promise<Bytes> {
  return new Uint8Array(await file.slice(from, from + size).arrayBuffer());
}

function ascii(bytes: Bytes, from: number, size: number): string {
  return String.fromCharCode(...bytes.subarray(from, from + size));
}

function matches(bytes: Bytes, expected: number[]): boolean {
  return expected.every((byte, index) => bytes[index] === byte);
}

function holds(bytes: Bytes, word: string): boolean {
  const first = word.charCodeAt(0);
  for (let at = bytes.indexOf(first); at >= 0; at = bytes.indexOf(first, at + 1)) {
    if (ascii(bytes, at, word.length) === word) return true;
  }
  return false;
}
