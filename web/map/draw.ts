import { readCorners, writeCorners } from "./corners";
import { polygon, squareAround, squareMiles, type Polygonal, type Position, type Ring } from "./geo";
import { Handles, type HandleTexts } from "./handles";
import { History } from "./history";
import { bringIntoView, createMap, json, NoMap, showMissing, wireZoom, type PorchMap } from "./map";
import { setArea } from "./marks";
import { Sketch } from "./sketch";

/** Told to whoever listens, on the figure and above, after each change: `area-change`. */
export interface AreaChange {
  ring: Ring;
  squareMiles: number;
}

interface Texts extends HandleTexts {
  /** "Line {n} is not a latitude and a longitude." */
  badLine: string;
  drawing: string;
}

const LEAST_CORNERS = 3;
const FIRST_SQUARE_SQ_MI = 0.2;
const CLOSEST_ZOOM = 14.8;

/**
 * Drawing an area: `{% area_field form.area %}` writes the figure, and beside it the text field that is the form's value.
 *
 * The text field holds the truth, one "latitude, longitude" on each line. Map and text follow each other; without WebGL
 * the text alone does.
 */
export async function mount(root: HTMLElement): Promise<void> {
  const text = document.getElementById(root.dataset.field ?? "") as HTMLTextAreaElement;
  const texts = json<Texts>(root.dataset.texts)!;
  const start = readCorners(text.value);
  const readout = new Readout(root);
  try {
    const porch = await createMap(root.querySelector<HTMLElement>("[data-map]")!, {
      source: root.dataset.mapSource ?? "",
      label: root.dataset.label ?? "",
      jurisdiction: json<Polygonal>(root.dataset.jurisdiction),
      area: "ring" in start && start.ring.length >= LEAST_CORNERS ? polygon(start.ring) : undefined,
      ...(root.dataset.cells ? { cells: root.dataset.cells } : {}),
      around: json<Position[]>(root.dataset.around) ?? [],
      help: json(root.dataset.help) ?? {},
      closest: CLOSEST_ZOOM,
    });
    wireZoom(root, porch.map);
    new AreaEditor(root, text, texts, readout, porch).begin("ring" in start ? start.ring : []);
  } catch (error) {
    if (!(error instanceof NoMap)) throw error;
    showMissing(root);
    text.closest("details")?.setAttribute("open", "");
    const follow = (): void => readout.showText(text.value, texts);
    text.addEventListener("input", follow);
    follow();
  }
}

class AreaEditor {
  private ring: Ring = [];
  private readonly history = new History();
  private readonly handles: Handles;
  private readonly sketch: Sketch;

  constructor(
    private readonly root: HTMLElement,
    private readonly text: HTMLTextAreaElement,
    private readonly texts: Texts,
    private readonly readout: Readout,
    private readonly porch: PorchMap,
  ) {
    this.handles = new Handles(porch.map, texts, {
      preview: (ring) => this.preview(ring),
      commit: (ring, by) => this.change(ring, by),
    });
    this.sketch = new Sketch(porch, {
      preview: (ring) => readout.show(ring, { moving: true }),
      done: (ring) => this.change(ring, "draw"),
      cancelled: () => this.render(),
    });
  }

  begin(ring: Ring): void {
    this.ring = ring;
    this.render();
    this.text.addEventListener("input", () => this.readText());
    const does: Record<string, () => void> = {
      new: () => this.startSketch(),
      square: () => this.change(squareAround(this.porch.map.getCenter().toArray() as Position, FIRST_SQUARE_SQ_MI), "square"),
      undo: () => this.undo(),
      clear: () => this.change([], "clear"),
    };
    for (const [name, action] of Object.entries(does)) {
      this.root.querySelector(`[data-map-do="${name}"]`)?.addEventListener("click", action);
    }
    this.porch.map.getCanvas().addEventListener("keydown", (event) => {
      if (event.key.toLowerCase() === "z" && (event.ctrlKey || event.metaKey)) this.undo();
    });
  }

  private startSketch(): void {
    this.sketch.cancel();
    this.handles.clear();
    setArea(this.porch.map, undefined);
    this.sketch.begin();
    this.readout.say(this.texts.drawing);
    this.porch.map.getCanvas().focus();
  }

  private undo(): void {
    if (this.sketch.active) return this.sketch.undo();
    const before = this.history.pop();
    if (before === undefined) return;
    this.ring = before;
    this.tell();
  }

  private preview(ring: Ring): void {
    setArea(this.porch.map, polygon(ring));
    this.readout.show(ring, { moving: true });
  }

  private change(ring: Ring, by: string): void {
    this.sketch.cancel();
    this.history.push(this.ring, by);
    this.ring = ring;
    if (by === "square") bringIntoView(this.porch.map, ring);
    this.tell();
  }

  private readText(): void {
    const read = readCorners(this.text.value);
    if ("badLine" in read) return this.readout.say(this.texts.badLine.replace("{n}", String(read.badLine)));
    this.history.push(this.ring, "keys-text");
    this.ring = read.ring;
    bringIntoView(this.porch.map, read.ring);
    this.render();
  }

  private tell(): void {
    this.text.value = writeCorners(this.ring);
    this.render();
    const detail: AreaChange = { ring: this.ring, squareMiles: squareMiles(this.ring) };
    this.root.dispatchEvent(new CustomEvent("area-change", { bubbles: true, detail }));
  }

  private render(): void {
    setArea(this.porch.map, this.ring.length >= LEAST_CORNERS ? polygon(this.ring) : undefined);
    this.handles.show(this.ring);
    this.readout.show(this.ring, { moving: false });
  }
}

/** The number on the map. While something moves, it is seen and not read out. */
class Readout {
  private readonly box: HTMLElement | null;
  private readonly number: HTMLElement | null;
  private readonly line: HTMLElement | null;

  constructor(root: HTMLElement) {
    this.box = root.querySelector("[data-map-readout]");
    this.number = root.querySelector("[data-map-area]");
    this.line = root.querySelector("[data-map-line]");
  }

  show(ring: Ring, how: { moving: boolean }): void {
    if (!this.box || !this.number || !this.line) return;
    const area = squareMiles(ring);
    const digits = area < 0.1 ? 3 : 2;
    const format = new Intl.NumberFormat(document.documentElement.lang, { minimumFractionDigits: digits, maximumFractionDigits: digits });
    this.box.setAttribute("aria-busy", String(how.moving));
    this.number.textContent = ring.length >= LEAST_CORNERS ? format.format(area) : "–";
    this.line.textContent = this.line.dataset.unit ?? "";
  }

  showText(value: string, texts: Texts): void {
    const read = readCorners(value);
    if ("ring" in read) this.show(read.ring, { moving: false });
    else this.say(texts.badLine.replace("{n}", String(read.badLine)));
  }

  say(sentence: string): void {
    if (this.line) this.line.textContent = sentence;
  }
}
