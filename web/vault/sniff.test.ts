import { describe, expect, test } from "vitest";
import { type Bytes, concat, utf8 } from "./bytes";
import { sniff } from "./sniff";

function box(kind: string, ...content: Uint8Array[]): Bytes {
  const body = concat(...content);
  const header = new Uint8Array(8);
  new DataView(header.buffer).setUint32(0, 8 + body.length);
  header.set(utf8(kind), 4);
  return concat(header, body);
}

function largeBox(kind: string, body: Bytes): Bytes {
  const header = new Uint8Array(16);
  const view = new DataView(header.buffer);
  view.setUint32(0, 1);
  view.setBigUint64(8, BigInt(16 + body.length));
  header.set(utf8(kind), 4);
  return concat(header, body);
}

const zeros = (size: number): Bytes => new Uint8Array(size);
const ftyp = box("ftyp", utf8("isom"), zeros(12));
const moov = (codec: string, handler = "vide"): Bytes => box("moov", zeros(20), utf8(handler), zeros(9), utf8(codec), zeros(9));
const mdat = box("mdat", zeros(5000));
const transport = (lead: number): Bytes =>
  concat(...Array.from({ length: 5 }, () => concat(zeros(lead), Uint8Array.of(0x47), zeros(187))));
const matroska = (kind: string, codec: string): Bytes =>
  concat(Uint8Array.of(0x1a, 0x45, 0xdf, 0xa3), zeros(10), utf8(kind), zeros(200), utf8(codec), zeros(500));

const found = (...parts: Uint8Array[]) => sniff(new Blob([concat(...parts)]));

describe("what is a video", () => {
  test.each([
    ["MP4, index first", [ftyp, moov("avc1"), mdat], { type: "video/mp4", codec: "avc", indexFirst: true }],
    ["MP4, index last", [ftyp, box("free"), mdat, moov("hvc1")], { type: "video/mp4", codec: "hevc", indexFirst: false }],
    ["MP4 of HEVC with hev1", [ftyp, moov("hev1"), mdat], { codec: "hevc" }],
    ["QuickTime", [box("ftyp", utf8("qt  "), zeros(8)), moov("avc1"), mdat], { type: "video/quicktime" }],
    ["QuickTime of old", [box("wide"), mdat, moov("mp4v")], { type: "video/mp4", codec: null }],
    ["MP4 with a long size", [ftyp, largeBox("mdat", zeros(90)), moov("avc1")], { codec: "avc" }],
    ["MP4 with zeros after it", [ftyp, moov("avc1"), mdat, zeros(100)], { codec: "avc" }],
    ["MP4 in fragments", [ftyp, moov("avc1"), box("moof", zeros(90)), mdat], { fragmented: true }],
    ["Matroska", [matroska("matroska", "V_MPEGH/ISO/HEVC")], { type: "video/x-matroska", codec: "hevc" }],
    ["WebM", [matroska("webm", "V_VP9")], { type: "video/webm", codec: "vp9" }],
    ["AVI", [utf8("RIFF"), zeros(4), utf8("AVI LIST"), zeros(100)], { type: "video/x-msvideo" }],
    ["transport stream", [transport(0)], { type: "video/mp2t" }],
    ["transport stream with times", [transport(4)], { type: "video/mp2t" }],
  ])("%s", async (_, parts, expected) => {
    expect(await found(...parts)).toMatchObject({ ok: true, ...expected });
  });
});

describe("what is not", () => {
  test.each([
    ["nothing", [], "empty"],
    ["text", [utf8("hello, this is no video ".repeat(50))], "not_video"],
    ["a picture", [Uint8Array.of(0xff, 0xd8, 0xff, 0xe0), zeros(2000)], "not_video"],
    ["a PDF by another name", [utf8("%PDF-1.7"), zeros(2000)], "not_video"],
    ["a few bytes", [utf8("ftyp")], "not_video"],
    ["an MP4 cut in its data", [ftyp, moov("avc1"), mdat.slice(0, 4000)], "cut_short"],
    ["an MP4 cut before its data", [ftyp, moov("avc1")], "cut_short"],
    ["an MP4 cut in its index", [ftyp, mdat, moov("avc1").slice(0, 20)], "cut_short"],
    ["a recording without its index", [ftyp, mdat], "no_index"],
    ["a recording that was never closed", [ftyp, new Uint8Array([0, 0, 0, 0, ...utf8("mdat")]), zeros(900)], "no_index"],
    ["an MP4 of sound", [ftyp, moov("mp4a", "soun"), mdat], "not_video"],
    ["only the first box", [ftyp], "not_video"],
    ["EBML of another kind", [matroska("other", "V_VP9")], "not_video"],
    ["WAV", [utf8("RIFF"), zeros(4), utf8("WAVEfmt "), zeros(100)], "not_video"],
    ["boxes of no size", [ftyp, new Uint8Array([0, 0, 0, 3, ...utf8("free")]), zeros(900)], "not_video"],
  ])("%s", async (_, parts, reason) => {
    expect(await found(...parts)).toEqual({ ok: false, reason });
  });

  test("more than the limit", async () => {
    expect(await sniff(new Blob([zeros(11)]), 10)).toEqual({ ok: false, reason: "too_large" });
  });

  test("what cannot be read", async () => {
    const gone = Object.assign(new Blob([ftyp]), { slice: () => ({ arrayBuffer: () => Promise.reject(new Error("gone")) }) });
    expect(await sniff(gone as unknown as Blob)).toEqual({ ok: false, reason: "unreadable" });
  });
});
