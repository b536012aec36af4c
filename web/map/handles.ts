import { Marker, type Map as MapLibre } from "maplibre-gl";

import { middle, rounded, type Position, type Ring } from "./geo";

const STEP_PX = 2;
const FAR_STEP_PX = 20;
const MOST_MIDDLES = 40;
const LEAST_CORNERS = 3;

/** Sentences of the handles; `{n}` and `{max}` are filled in. */
export interface HandleTexts {
  corner: string;
  middle: string;
  whole: string;
}

export interface HandleEvents {
  /** While something moves: not yet a change. */
  preview(ring: Ring): void;
  /** A change is done. `by` tells repeated key presses on one handle from separate changes. */
  commit(ring: Ring, by: string): void;
}

const ARROWS: Record<string, [number, number]> = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };

/**
 * The corners of an area as buttons on the map: drag them, or move them with the arrow keys (further with Shift), remove
 * them with Delete. A dot in the middle of each side adds a corner; the crossed arrows move everything.
 */
export class Handles {
  private markers: Marker[] = [];

  constructor(
    private readonly map: MapLibre,
    private readonly texts: HandleTexts,
    private readonly events: HandleEvents,
  ) {}

  clear(): void {
    for (const marker of this.markers) marker.remove();
    this.markers = [];
  }

  /** Put handles on a ring. The handle that had the focus keeps it. */
  show(ring: Ring): void {
    const focused = this.markers.find((marker) => marker.getElement() === document.activeElement)?.getElement().dataset.handle;
    this.clear();
    if (ring.length < LEAST_CORNERS) return;
    if (ring.length <= MOST_MIDDLES) ring.forEach((_, i) => this.addMiddle(ring, i));
    this.addWhole(ring);
    ring.forEach((_, i) => this.addCorner(ring, i));
    if (focused === undefined) return;
    const again = this.markers.find((marker) => marker.getElement().dataset.handle === focused) ?? this.markers.at(-1);
    again?.getElement().focus();
  }

  private addCorner(ring: Ring, index: number): void {
    const label = this.texts.corner.replace("{n}", String(index + 1)).replace("{max}", String(ring.length));
    const moved = (to: Position): Ring => ring.map((at, i) => (i === index ? to : at));
    const button = this.add(`corner-${index}`, "map-corner", label, ring[index]!, moved);
    button.addEventListener("keydown", (event) => {
      if (event.key !== "Delete" && event.key !== "Backspace") return;
      event.preventDefault();
      if (ring.length > LEAST_CORNERS) this.events.commit(ring.filter((_, i) => i !== index), "remove");
    });
  }

  private addMiddle(ring: Ring, index: number): void {
    const next = (index + 1) % ring.length;
    const label = this.texts.middle.replace("{n}", String(index + 1)).replace("{max}", String(next + 1));
    const at = middle(ring[index]!, ring[next]!);
    const inserted = (to: Position): Ring => [...ring.slice(0, index + 1), to, ...ring.slice(index + 1)];
    const button = this.add(`middle-${index}`, "map-middle", label, at, inserted);
    button.addEventListener("click", () => this.events.commit(inserted(at), "insert"));
  }

  private addWhole(ring: Ring): void {
    const sum = ring.reduce<Position>((s, at) => [s[0] + at[0], s[1] + at[1]], [0, 0]);
    const center: Position = [sum[0] / ring.length, sum[1] / ring.length];
    const moved = (to: Position): Ring => ring.map(([lon, lat]) => rounded([lon + to[0] - center[0], lat + to[1] - center[1]]));
    const button = this.add("whole", "map-whole", this.texts.whole, center, moved);
    button.append(crossedArrows());
  }

  private add(id: string, className: string, label: string, at: Position, changed: (to: Position) => Ring): HTMLButtonElement {
    const element = document.createElement("button");
    element.type = "button";
    element.className = className;
    element.dataset.handle = id;
    element.setAttribute("aria-label", label);
    const marker = new Marker({ element, draggable: true }).setLngLat(at).addTo(this.map);
    const here = (): Position => rounded(marker.getLngLat().toArray() as Position);
    marker.on("drag", () => this.events.preview(changed(here())));
    marker.on("dragend", () => this.events.commit(changed(here()), "drag"));
    element.addEventListener("keydown", (event) => {
      const arrow = ARROWS[event.key];
      if (!arrow) return;
      event.preventDefault();
      event.stopPropagation();
      const step = event.shiftKey ? FAR_STEP_PX : STEP_PX;
      const from = this.map.project(at);
      const to = this.map.unproject([from.x + arrow[0] * step, from.y + arrow[1] * step]).toArray() as Position;
      this.events.commit(changed(rounded(to)), `keys-${id}`);
    });
    this.markers.push(marker);
    return element;
  }
}

function crossedArrows(): SVGSVGElement {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", "M12 4v16M4 12h16M9.500 6.500 12 4l2.500 2.500M9.500 17.500 12 20l2.500-2.500M6.500 9.500 4 12l2.500 2.500M17.500 9.500 20 12l-2.500 2.500");
  svg.append(path);
  return svg;
}
