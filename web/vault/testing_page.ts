/** The page that the vault is tried on in a real browser: what the tests call stands on `window.vault`. */
import * as payloads from "./age_webcrypto";
import { type Bytes, concat, sha256Hex } from "./bytes";
import { codeOf } from "./errors";
import { generateIdentity } from "./identity";
import { Keeper } from "./keeper";
import { sealFile } from "./sealing";
import { playsHere, sniff } from "./sniff";
import { type PayloadCase, type PayloadVector, built } from "./testing";

async function opened(vector: PayloadVector, file: Bytes, asStream: (payload: Bytes) => ReadableStream<Bytes>): Promise<string> {
  try {
    const head = payloads.splitHeader(file);
    if (head === null) return "malformed";
    const payload = file.slice(head.payloadStart);
    const shape = payloads.payloadShape(payload.length);
    const cipher = await payloads.openHead(head, payloads.decrypterOf(vector.identity));
    const parts: Bytes[] = [];
    for await (const part of payloads.openChunks(cipher, asStream(payload), shape)) parts.push(part);
    return sha256Hex(concat(...parts));
  } catch (error) {
    return codeOf(error, "unknown");
  }
}

/** What each case opens to, a SHA-256 or a code, from a Blob's stream and from a Response's. */
async function openAll(vector: PayloadVector, cases: PayloadCase[]): Promise<[string, string][]> {
  const results: [string, string][] = [];
  for (const made of cases) {
    const file = built(vector, made);
    const blob = await opened(vector, file, (payload) => new Blob([payload]).stream() as ReadableStream<Bytes>);
    const body = await opened(vector, file, (payload) => new Response(payload).body as ReadableStream<Bytes>);
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

const vault = { ...payloads, Keeper, generateIdentity, openAll, sealAway, sealFile, playsHere, sniff };
Object.assign(window, { vault });
await navigator.serviceWorker.register("/sw.js");
