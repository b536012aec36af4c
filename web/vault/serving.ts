/** Answering a media element, or a download, from a sealed clip. */
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import type { Bytes } from "./bytes";
import { type Code, VaultError, codeOf } from "./errors";
import type { Saved } from "./messages";
import type { SealedClip } from "./sealed_clip";

export type Range = { start: number; end: number } | "whole" | "unsatisfiable";

/** One range of RFC 9110, 14.1.2; what is no single range of bytes is passed over, as the RFC asks. */
export function parseRange(header: string | null, size: number): Range {
  const [, from = "", to = ""] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? "") ?? [];
  if (from === "" && to === "") return "whole";
  if (from === "") {
    if (Number(to) === 0 || size === 0) return "unsatisfiable";
    return { start: Math.max(size - Number(to), 0), end: size - 1 };
  }
  const start = Number(from);
  const end = to === "" ? size - 1 : Math.min(Number(to), size - 1);
  if (to !== "" && Number(to) < start) return "whole";
  return start >= size ? "unsatisfiable" : { start, end };
}

const COMMON = {
  "Accept-Ranges": "bytes",
  "Cache-Control": "no-store",
  "Content-Security-Policy": "default-src 'none'",
  "X-Content-Type-Options": "nosniff",
};

/** The answer to a media element's request. Throws VaultError if the clip is not authentic or cannot be had. */
export async function play(clip: SealedClip, request: Request, failed: (code: Code) => void): Promise<Response> {
  const size = clip.plainSize;
  const range = parseRange(request.headers.get("Range"), size);
  if (range === "unsatisfiable") {
    await clip.checkComplete();
    return new Response(null, { status: 416, headers: { ...COMMON, "Content-Range": `bytes */${size}` } });
  }
  const { start, end } = range === "whole" ? { start: 0, end: size - 1 } : range;
  const headers: Record<string, string> = {
    ...COMMON,
    "Content-Type": clip.source.type,
    "Content-Length": String(end + 1 - start),
  };
  if (range !== "whole") headers["Content-Range"] = `bytes ${start}-${end}/${size}`;
  const empty = request.method === "HEAD" || size === 0;
  // Not before: the first part is asked for while the last chunk is on its way.
  const body = empty
    ? await clip.checkComplete().then(() => null)
    : await clip.read(start, end, (error) => failed(codeOf(error, "offline")));
  return new Response(body, { status: range === "whole" ? 200 : 206, headers });
}

type Outcome = Saved | { code: Code };

/**
 * The whole clip as a download that streams: memory stays flat. `done` hears the SHA-256 of what was written, or why
 * the download failed; one whose SHA-256 is not the manifest's is failed before its last byte.
 */
export async function save(clip: SealedClip, done: (outcome: Outcome) => void): Promise<Response> {
  const size = clip.plainSize;
  const plain = size === 0 ? new Blob([]).stream() : await clip.read(0, size - 1, () => {});
  const reader = plain.getReader();
  const hash = sha256.create();
  let held: Bytes | null = null; // the last piece is given only when the hash is known to be right
  const body = new ReadableStream<Bytes>(
    {
      async pull(controller) {
        try {
          for (;;) {
            const next = await reader.read();
            if (!next.done) hash.update(next.value);
            else done({ sha256: digested(hash, clip.source.plainSha256), size });
            if (held !== null) controller.enqueue(held);
            if (next.done) return controller.close();
            const given = held !== null;
            held = next.value as Bytes;
            if (given) return;
          }
        } catch (error) {
          done({ code: codeOf(error, "offline") });
          controller.error(error);
        }
      },
      cancel() {
        done({ code: "aborted" });
        void reader.cancel().catch(() => {});
      },
    },
    { highWaterMark: 0 },
  );
  return new Response(body, {
    headers: {
      ...COMMON,
      "Content-Type": "application/octet-stream",
      "Content-Disposition": disposition(clip.source.filename ?? "clip"),
      "Content-Length": String(size),
    },
  });
}

function digested(hash: ReturnType<typeof sha256.create>, expected: string | undefined): string {
  const found = bytesToHex(hash.digest());
  if (expected !== undefined && found !== expected) throw new VaultError("other_clip", "not the manifest's SHA-256");
  return found;
}

/** `attachment` with a name in ASCII for the old and in UTF-8 for the others (RFC 6266); no part of a path. */
export function disposition(filename: string): string {
  const name = filename.replace(/[\p{Cc}\p{Cf}\p{Cs}/\\:*?"<>|]/gu, "_").replace(/^\.+/, "_").slice(0, 150) || "clip";
  const plain = name.replace(/[^\x20-\x7e]|[%;]/g, "_");
  const escaped = (sign: string): string => `%${sign.charCodeAt(0).toString(16)}`;
  const encoded = encodeURIComponent(name).replace(/['()*]/g, escaped);
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
}
