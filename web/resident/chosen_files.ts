/** The files of one visit: chosen now, or missing since the page was loaded again. A missing one takes no other's place. */
import { fieldError } from "../ui/field_error";
import { type Chosen, choose, sizeOf } from "./chosen_file";
import { type KeptFile, knownBy, same } from "./share_draft";
import type { Span } from "./outside";
import type { Say } from "./texts";

export interface Places {
  input: HTMLInputElement;
  list: HTMLElement;
  row: HTMLTemplateElement;
  missingRow: HTMLTemplateElement;
  say: Say;
  zone: string;
  span: Span;
  largest: number;
  changed: () => void;
}

export class ChosenFiles {
  readonly #chosen = new Map<HTMLElement, Chosen>();
  readonly #missing = new Map<HTMLElement, KeptFile>();

  constructor(private readonly at: Places) {
    at.input.addEventListener("change", () => void this.#addAll([...(at.input.files ?? [])]).then(() => this.#mirror()));
    // The same file may be picked again after it was changed: only an empty field tells of that.
    at.input.addEventListener("click", () => (at.input.value = ""));
    at.input.addEventListener("cancel", () => this.#mirror());
  }

  get chosen(): Chosen[] {
    return [...this.#chosen.values()];
  }

  /** How many rows say that their file cannot be shared. */
  get refused(): number {
    return this.at.list.querySelectorAll("[data-refused]").length;
  }

  get missing(): KeptFile[] {
    return [...this.#missing.values()];
  }

  /** These were on their way, or chosen, when the page went: each is asked for by its name. */
  expect(files: KeptFile[]): void {
    for (const file of files) this.#expectOne(file);
  }

  /** Says at each file what must change before it can go; the fields concerned. */
  complain(): HTMLElement[] {
    const wrong: HTMLElement[] = [];
    for (const chosen of this.chosen) {
      if (chosen.times() !== "reversed") continue;
      chosen.complain(this.at.say("reversed"));
      wrong.push(chosen.row.querySelector<HTMLElement>("[data-ends]")!);
    }
    for (const [row, file] of this.#missing) {
      const input = row.querySelector<HTMLInputElement>("[data-again-file]")!;
      fieldError(input, this.at.say("missing_file", { name: file.name }), () => !row.isConnected);
      wrong.push(input);
    }
    return wrong;
  }

  /** It is shared: no longer among what is to be sent. */
  drop(chosen: Chosen): void {
    this.#chosen.delete(chosen.row);
    chosen.row.remove();
    this.#mirror();
  }

  /** The field names what is chosen, as its own text would otherwise say that nothing is. */
  #mirror(): void {
    const shown = new DataTransfer();
    for (const { file } of this.chosen) shown.items.add(file);
    this.at.input.files = shown.files;
  }

  async #addAll(files: File[]): Promise<void> {
    for (const file of files) {
      if (this.chosen.some((each) => same(knownBy(each.file), knownBy(file)))) continue;
      const awaited = [...this.#missing].find(([, kept]) => same(kept, knownBy(file)));
      await (awaited ? this.#found(awaited[0], awaited[1], file) : this.#add(file));
    }
  }

  async #add(file: File, typed?: { starts: string; ends: string }): Promise<void> {
    const { row, list, say, zone, span, largest } = this.at;
    const removed = (gone: HTMLElement): void => {
      this.#chosen.delete(gone);
      this.#mirror();
      this.at.changed();
      this.at.input.focus();
    };
    const chosen = await choose(file, { template: row, list, say, zone, span, largest, removed, ...(typed ? { typed } : {}) });
    if (chosen?.row.isConnected) this.#chosen.set(chosen.row, chosen);
    this.at.changed();
  }

  #expectOne(file: KeptFile): void {
    const row = (this.at.missingRow.content.cloneNode(true) as DocumentFragment).firstElementChild as HTMLElement;
    const { say } = this.at;
    row.querySelector("[data-name]")!.textContent = file.name;
    row.querySelector("[data-size]")!.textContent = sizeOf(file.size);
    const input = row.querySelector<HTMLInputElement>("[data-again-file]")!;
    input.id = `again-${(count += 1)}`;
    const label = row.querySelector("label")!;
    label.htmlFor = input.id;
    label.textContent = say("choose_again", { name: file.name });
    input.addEventListener("change", () => {
      const [picked] = input.files ?? [];
      if (!picked) return;
      if (same(file, knownBy(picked))) return void this.#found(row, file, picked);
      const values = { name: file.name, size: sizeOf(file.size), other: picked.name };
      const code = picked.name === file.name ? "changed_since" : "another_file";
      input.value = "";
      fieldError(input, say(code, values), () => !row.isConnected);
    });
    row.querySelector("[data-remove]")!.setAttribute("aria-label", say("remove_named", { name: file.name }));
    row.querySelector("[data-remove]")!.addEventListener("click", () => {
      this.#missing.delete(row);
      row.remove();
      this.at.changed();
      this.at.input.focus();
    });
    this.#missing.set(row, file);
    this.at.list.append(row);
  }

  async #found(row: HTMLElement, kept: KeptFile, file: File): Promise<void> {
    this.#missing.delete(row);
    row.remove();
    await this.#add(file, kept);
    this.#mirror();
  }
}

let count = 0;
