/** Sentences of a page stand in the page, translated: `data-say-offline="…"` on the mounted part. */
export type Say = (code: string, values?: Record<string, string | number>) => string;

/** The part's own sentence for a code, its `{name}` filled in; the code's `otherwise` sentence where it has none. */
export function sentences(root: HTMLElement): Say {
  return (code, values = {}) => {
    const name = `say${code.replace(/(^|_)([a-z])/g, (_all, _mark, letter: string) => letter.toUpperCase())}`;
    const text = root.dataset[name] ?? root.dataset["sayOther"] ?? "";
    return text.replace(/\{(\w+)\}/g, (all, key: string) => String(values[key] ?? all));
  };
}

/** What to tell the person about whatever was thrown. */
export function saidOf(say: Say, thrown: unknown): string {
  if (thrown instanceof Error && thrown.name === "Refusal") {
    const texts = (thrown as Error & { texts: string[]; status: number }).texts;
    return texts.length > 0 ? texts.join(" ") : say("other");
  }
  const code = (thrown as { code?: string } | null)?.code;
  return say(typeof code === "string" ? code : "other");
}
