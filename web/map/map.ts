import { addProtocol, type GeoJSONSource, Map as MapLibre, setWorkerUrl } from "maplibre-gl";
import workerUrl from "maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url";

import { onSchemeChange, readPalette, type Palette } from "./colors";
import { bounds, outerRings, type Polygonal, type Position } from "./geo";
import { addMarks, markLayers, type Marks } from "./marks";
import { groundOf, layersOf, styleOf } from "./style";

setWorkerUrl(workerUrl);

export interface MapOptions extends Marks {
  /** The ground's address; see `groundOf`. Empty: a plain ground. */
  source: string;
  /** What a screen reader is told the map shows. */
  label: string;
  /** What must be in view at the start, beside area and jurisdiction. */
  around?: Position[];
  /** How far to go in at the start at most (a zoom level). */
  closest?: number;
  /** Sentences for the person who scrolls over the map: `{ windows, mac, touch }`. */
  help?: { windows?: string; mac?: string; touch?: string };
}

export interface PorchMap {
  map: MapLibre;
  /** The colors now in use. */
  palette(): Palette;
  /** Called after the colors changed with light or dark. */
  onPalette(listener: (palette: Palette) => void): void;
}

// On the right stand the controls.
const PADDING_PX = { top: 40, right: 72, bottom: 40, left: 40 };
const CLOSEST_ZOOM = 16.5;
const DOT_PX = 48;

const FIT = { padding: PADDING_PX, maxZoom: CLOSEST_ZOOM };

/**
 * A map in `place`, in the colors of the stylesheet, that asks no address but the ground's.
 *
 * Begins when the place comes near the screen. Resolves when it can be drawn on; rejects with `NoMap` where the browser has no WebGL.
 */
export async function createMap(place: HTMLElement, options: MapOptions): Promise<PorchMap> {
  await near(place);
  if (!hasWebGL()) throw new NoMap("The browser has no WebGL");
  const ground = groundOf(options.source, location.href);
  if (ground.kind === "vector" && ground.url) {
    const { Protocol } = await import("pmtiles");
    addProtocol("pmtiles", new Protocol().tile);
  }
  let palette = readPalette(place);
  const view = startView(options);
  const map = new MapLibre({
    container: place,
    style: styleOf(ground, palette),
    ...(view ? { bounds: view, fitBoundsOptions: { ...FIT, ...(options.closest ? { maxZoom: options.closest } : {}) } } : {}),
    attributionControl: false,
    cooperativeGestures: true,
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    maxPitch: 0,
    fadeDuration: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 220,
    locale: {
      "Map.Title": options.label,
      ...(options.help?.windows ? { "CooperativeGesturesHandler.WindowsHelpText": options.help.windows } : {}),
      ...(options.help?.mac ? { "CooperativeGesturesHandler.MacHelpText": options.help.mac } : {}),
      ...(options.help?.touch ? { "CooperativeGesturesHandler.MobileHelpText": options.help.touch } : {}),
    },
  });
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  await new Promise<void>((resolve) => void map.once("style.load", () => resolve()));
  addMarks(map, options, palette);
  if (!view && ground.kind === "town") void showTown(map);
  const listeners: ((palette: Palette) => void)[] = [];
  onSchemeChange(() => {
    palette = readPalette(place);
    for (const layer of [...layersOf(ground, palette), ...markLayers(options, palette)]) {
      for (const [name, value] of Object.entries(layer.paint ?? {})) map.setPaintProperty(layer.id, name as never, value as never);
    }
    for (const listener of listeners) listener(palette);
  });
  return { map, palette: () => palette, onPalette: (listener) => void listeners.push(listener) };
}

/** A map costs seconds on a small device: nobody pays for one that is not looked at. */
function near(place: HTMLElement): Promise<void> {
  return new Promise((resolve) => {
    const observer = new IntersectionObserver(
      (entries) => {
        if (!entries.some((entry) => entry.isIntersecting)) return;
        observer.disconnect();
        resolve();
      },
      { rootMargin: "400px" },
    );
    observer.observe(place);
  });
}

/** The browser cannot draw a map; the page's text field still works. */
export class NoMap extends Error {}

function hasWebGL(): boolean {
  const gl = document.createElement("canvas").getContext("webgl2");
  gl?.getExtension("WEBGL_lose_context")?.loseContext();
  return gl !== null;
}

function startView(options: MapOptions): [number, number, number, number] | undefined {
  const shape = (one: Polygonal | undefined): Position[] => (one ? outerRings(one).flat() : []);
  const near = [...shape(options.area), ...(options.around ?? [])];
  return bounds(near.length > 0 ? near : shape(options.jurisdiction));
}

/** Where nothing says where to look: the whole town. */
async function showTown(map: MapLibre): Promise<void> {
  const town = await map.getSource<GeoJSONSource>("ground")?.getBounds();
  if (town && !town.isEmpty() && town.getEast() > town.getWest()) map.fitBounds(town, { padding: PADDING_PX, animate: false });
}

/**
 * Move so that all positions are seen, and are no dot: a half-typed number lies on another continent. At once: on a
 * flight, too, a key that moves a corner by two pixels would move it by miles.
 */
export function bringIntoView(map: MapLibre, positions: Position[]): void {
  const seen = map.getBounds();
  const box = bounds(positions);
  if (!box) return;
  const [from, to] = [map.project([box[0], box[1]]), map.project([box[2], box[3]])];
  const dot = Math.max(Math.abs(to.x - from.x), Math.abs(to.y - from.y)) < DOT_PX;
  if (dot || !positions.every((position) => seen.contains(position))) map.fitBounds(box, { ...FIT, animate: false });
}

/** Wire the buttons `[data-map-do="in"]` and `[data-map-do="out"]` of a figure. */
export function wireZoom(figure: HTMLElement, map: MapLibre): void {
  figure.querySelector('[data-map-do="in"]')?.addEventListener("click", () => map.zoomIn());
  figure.querySelector('[data-map-do="out"]')?.addEventListener("click", () => map.zoomOut());
}

/** What the server wrote into a data attribute as JSON; undefined where there is nothing. */
export function json<T>(text: string | undefined): T | undefined {
  return text ? (JSON.parse(text) as T) : undefined;
}

/** Say "the map cannot be drawn here" where the map would stand, so that nothing below it moves, and hide what needs it. */
export function showMissing(figure: HTMLElement): void {
  for (const part of figure.querySelectorAll<HTMLElement>("[data-map-controls]")) part.hidden = true;
  const sentence = figure.querySelector<HTMLElement>("[data-map-missing]");
  if (!sentence) return;
  sentence.hidden = false;
  const place = figure.querySelector<HTMLElement>("[data-map]");
  place?.classList.add("is-missing");
  place?.append(sentence);
}
