import type { LayerSpecification, SourceSpecification, StyleSpecification } from "maplibre-gl";

import type { Palette } from "./colors";

const FONT = ["Atkinson Hyperlegible Next Variable"];
const round = { "line-cap": "round", "line-join": "round" } as const;

/** What the ground of the map comes from. */
export type Ground =
  | { kind: "none" }
  | { kind: "town"; url: string } // GeoJSON whose features carry properties.kind
  | { kind: "raster"; tiles: string }
  | { kind: "vector"; url?: string; tiles?: string }; // Protomaps' layers: earth, landuse, water, roads, buildings, places

/** An address as the operator writes it: a .geojson file, a .pmtiles file, or tiles with {z}/{x}/{y}. */
export function groundOf(address: string, base: string): Ground {
  if (!address) return { kind: "none" };
  // An URL object would encode the braces of a tile address.
  const url = /^[a-z]+:\/\//.test(address) ? address : new URL(base).origin + address;
  if (/\.pmtiles($|\?)/.test(address)) return { kind: "vector", url: `pmtiles://${url}` };
  if (address.includes("{z}")) return /\.(mvt|pbf)($|\?)/.test(address) ? { kind: "vector", tiles: url } : { kind: "raster", tiles: url };
  return { kind: "town", url };
}

export function styleOf(ground: Ground, palette: Palette): StyleSpecification {
  return { version: 8, sources: sourcesOf(ground), layers: layersOf(ground, palette) };
}

function sourcesOf(ground: Ground): Record<string, SourceSpecification> {
  if (ground.kind === "none") return {};
  if (ground.kind === "town") return { ground: { type: "geojson", data: ground.url, tolerance: 0.2 } };
  if (ground.kind === "raster") return { ground: { type: "raster", tiles: [ground.tiles], tileSize: 256 } };
  return { ground: ground.url ? { type: "vector", url: ground.url } : { type: "vector", tiles: [ground.tiles!] } };
}

/** The layers with the palette's colors; ids and order are the same for every palette. */
export function layersOf(ground: Ground, c: Palette): LayerSpecification[] {
  const back: LayerSpecification = { id: "back", type: "background", paint: { "background-color": c["map-ground"] } };
  if (ground.kind === "town") return [back, ...town(c)];
  if (ground.kind === "vector") return [back, ...protomaps(c)];
  if (ground.kind === "raster") return [back, { id: "tiles", type: "raster", source: "ground", paint: { "raster-fade-duration": 0 } }];
  return [back];
}

function town(c: Palette): LayerSpecification[] {
  const fill = (kind: string, color: string, minzoom = 0): LayerSpecification => ({
    id: `fill-${kind}`, type: "fill", source: "ground", minzoom,
    filter: ["all", ["==", ["geometry-type"], "Polygon"], ["==", ["get", "kind"], kind]], paint: { "fill-color": color },
  });
  // rank 1: main street, 2: street, 3: lane. Widths double with each zoom step from 15 on.
  const width = (extra: number): LayerSpecification["paint"] => ({
    "line-width": [
      "interpolate", ["exponential", 1.6], ["zoom"],
      12, ["+", extra * 0.6, ["match", ["to-number", ["get", "rank"], 2], 1, 2, 3, 0.6, 1.1]],
      15, ["+", extra, ["match", ["to-number", ["get", "rank"], 2], 1, 6, 3, 2.5, 4]],
      18, ["+", extra, ["match", ["to-number", ["get", "rank"], 2], 1, 24, 3, 9, 16]],
    ],
  });
  const streets = ["==", ["get", "kind"], "street"] as ["==", ["get", string], string];
  return [
    fill("town", c["map-town"]), fill("green", c["map-green"]), fill("civic", c["map-civic"]), fill("water", c["map-water"]),
    { id: "river", type: "line", source: "ground", layout: round,
      filter: ["all", ["==", ["geometry-type"], "LineString"], ["==", ["get", "kind"], "water"]],
      paint: { "line-color": c["map-water"], "line-width": ["interpolate", ["exponential", 2], ["zoom"], 12, 3, 18, 60] } },
    fill("building", c["map-building"], 14),
    { id: "path", type: "line", source: "ground", minzoom: 14, layout: round, filter: ["==", ["get", "kind"], "path"],
      paint: { "line-color": c["map-street"], "line-width": 1.2, "line-dasharray": [2, 2] } },
    { id: "casing", type: "line", source: "ground", layout: round, filter: streets,
      paint: { "line-color": c["map-casing"], ...width(1.6) } },
    { id: "street", type: "line", source: "ground", layout: round, filter: streets,
      paint: { "line-color": c["map-street"], ...width(0) } },
    { id: "tree", type: "circle", source: "ground", minzoom: 15, filter: ["==", ["get", "kind"], "tree"],
      paint: { "circle-color": c["map-tree"], "circle-radius": ["interpolate", ["exponential", 2], ["zoom"], 15, 1.2, 18, 7] } },
    label("street-name", "line", ["all", streets, ["has", "name"]], c, { minzoom: 13.5, size: 12 }),
    label("place-name", "point", ["==", ["get", "kind"], "label"], c, { minzoom: 12, size: 12.5 }),
  ] as LayerSpecification[];
}

function label(id: string, placement: "line" | "point", filter: unknown, c: Palette, how: { minzoom: number; size: number; layer?: string }): LayerSpecification {
  return {
    id, type: "symbol", source: "ground", minzoom: how.minzoom, filter,
    ...(how.layer ? { "source-layer": how.layer } : {}),
    layout: {
      "text-field": ["get", "name"], "text-font": FONT, "text-size": how.size, "symbol-placement": placement,
      "text-padding": 4, "text-max-angle": 30, "symbol-spacing": 320,
    },
    paint: { "text-color": c["map-label"], "text-halo-color": c["map-halo"], "text-halo-width": 1.6 },
  } as LayerSpecification;
}

function protomaps(c: Palette): LayerSpecification[] {
  const area = (id: string, color: string, kinds?: string[]): unknown => ({
    id: `${id}-${kinds?.[0] ?? "all"}`, type: "fill", source: "ground", "source-layer": id, paint: { "fill-color": color },
    ...(kinds ? { filter: ["in", ["get", "kind"], ["literal", kinds]] } : {}),
  });
  const road = (id: string, color: string, extra: number): unknown => ({
    id, type: "line", source: "ground", "source-layer": "roads", layout: round, filter: ["!=", ["get", "kind"], "rail"],
    paint: { "line-color": color, "line-width": ["interpolate", ["exponential", 1.6], ["zoom"], 11, 0.6 + extra, 15, 4 + extra, 18, 16 + extra] },
  });
  return [
    area("earth", c["map-town"]),
    area("landuse", c["map-green"], ["park", "forest", "wood", "grass", "golf_course", "cemetery", "nature_reserve"]),
    area("landuse", c["map-civic"], ["school", "university", "hospital", "industrial"]),
    area("water", c["map-water"]), area("buildings", c["map-building"]),
    road("casing", c["map-casing"], 1.6), road("street", c["map-street"], 0),
    label("street-name", "line", ["has", "name"], c, { minzoom: 14, size: 12, layer: "roads" }),
    label("place-name", "point", ["has", "name"], c, { minzoom: 8, size: 13, layer: "places" }),
  ] as LayerSpecification[];
}
