/**
 * The public log's key, kept at first sight: a server that answers with a second log, made for one owner, is found out.
 *
 * It is no help against the very first answer, nor against altered pages.
 */
const NAME = "porchlight.log-key";

/** Throws "log_changed" unless `verifierKey` is the key that this browser saw first. Call it with a proven one only. */
export function pin(verifierKey: string, storage: Pick<Storage, "getItem" | "setItem">): void {
  const first = storage.getItem(NAME);
  if (first === null) storage.setItem(NAME, verifierKey);
  else if (first !== verifierKey) {
    throw Object.assign(new Error("the log's key is not the one of before"), { code: "log_changed" });
  }
}
