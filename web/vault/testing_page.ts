/** The page that the vault is tried on in a real browser: what the tests call stands on `window.vault`. */
import * as payloads from "./age_webcrypto";
import { type Bytes, concat, sha256Hex } from "./bytes";
import { codeOf } from "./errors";
import { generateIdentity } from "./identity";
import { Keeper } from "./keeper";
import { sealFile } from "./sealing";
import { playsHere, sniff } from "./sniff";
import { type PayloadCase, type PayloadVector, built } from "./testing";

type Streamed = (payload: Bytes) => ReadableStream<Bytes>;

async function opened(vector: PayloadVector, file: Bytes, asStream: Streamed, native: boolean): Promise<string> {
  try {
    const head = payloads.splitHeader(file);
    if (head === null) return "malformed";
    const payload = file.slice(head.payloadStart);
    const shape = payloads.payloadShape(payload.length);
    const cipher = await payloads.openHead(head, payloads.decrypterOf(vector.identity), native);
    const parts: Bytes[] = [];
    for await (const part of payloads.openChunks(cipher, asStream(payload), shape)) parts.push(part);
    return sha256Hex(concat(...parts));
  } catch (error) {
    return codeOf(error, "unknown");
  }
}

/** What each case opens to, a SHA-256 or a code, from a Blob's stream and from a Response's, with either cipher. */
async function openAll(vector: PayloadVector, cases: PayloadCase[], native?: boolean): Promise<[string, string][]> {
  const either = native ?? (await payloads.hasNativeCipher);
  const results: [string, string][] = [];
  for (const made of cases) {
    const file = built(vector, made);
    const blob = await opened(vector, file, (payload) => new Blob([payload]).stream() as ReadableStream<Bytes>, either);
    const body = await opened(vector, file, (payload) => new Response(payload).body as ReadableStream<Bytes>, either);
    results.push([blob, body]);
  }
  return results;
}

/** Seal a file and throw the bytes away: what it holds, and how far it let the memory grow. */
async function sealAway(file: Blob): Promise<object> {
  const memory = (): number => (performance as unknown as { memory: { usedJSHeapSize: number } }).memory.usedJSHeapSize;
  const { recipient } = await generateIdentity();
  const before = memory();
  const began = performance.now();
  const { stream, finished } = await sealFile(file, recipient);
  const reader = stream.getReader();
  let most = 0;
  for (let next = await reader.read(); !next.done; next = await reader.read()) most = Math.max(most, memory() - before);
  return { ...(await finished), seconds: (performance.now() - began) / 1000, most };
}

/** Seconds to open the same sealed bytes of a Blob to their end: ours and typage's, in turns. */
async function race(size: number, rounds: number): Promise<{ own: number[]; typage: number[] }> {
  const piece = crypto.getRandomValues(new Uint8Array(65_536));
  const { secret, recipient } = await generateIdentity();
  const parts = Array.from({ length: Math.ceil(size / piece.length) }, () => piece);
  const { stream } = await sealFile(new Blob(parts).slice(0, size), recipient);
  const sealed = await new Response(stream).blob();
  const own = async (): Promise<number> => {
    const head = payloads.splitHeader(new Uint8Array(await sealed.slice(0, 4096).arrayBuffer()));
    if (head === null) throw new Error("no head");
    const payload = sealed.slice(head.payloadStart);
    const cipher = await payloads.openHead(head, payloads.decrypterOf(secret));
    let opened = 0;
    const chunks = payloads.openChunks(cipher, payload.stream(), payloads.payloadShape(payload.size));
    for await (const part of chunks) opened += part.length;
    return opened;
  };
  const typage = async (): Promise<number> => {
    const reader = (await payloads.decrypterOf(secret).decrypt(sealed.stream())).getReader();
    let opened = 0;
    for (let next = await reader.read(); !next.done; next = await reader.read()) opened += next.value.length;
    return opened;
  };
  const taken = { own: [] as number[], typage: [] as number[] };
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, work] of Object.entries({ own, typage }) as ["own" | "typage", () => Promise<number>][]) {
      const began = performance.now();
      if ((await work()) !== size) throw new Error(`${name} opened another size`);
      taken[name].push((performance.now() - began) / 1000);
    }
  }
  return taken;
}

const vault = { ...payloads, Keeper, generateIdentity, openAll, race, sealAway, sealFile, playsHere, sniff };
Object.assign(window, { vault });
await navigator.serviceWorker.register("/sw.js");
