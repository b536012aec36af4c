import type { GeoJSONSource, LayerSpecification, Map as MapLibre } from "maplibre-gl";

import type { Palette } from "./colors";
import { outside, type Polygonal } from "./geo";

/** What lies on the ground: cells, the jurisdiction's edge, the area. Drawn below the handles, above the streets. */
export interface Marks {
  cells?: string; // address of a GeoJSON file whose polygons carry properties.step 1–4
  jurisdiction?: Polygonal | undefined;
  area?: Polygonal | undefined;
}

export function addMarks(map: MapLibre, marks: Marks, palette: Palette): void {
  if (marks.cells) map.addSource("cells", { type: "geojson", data: marks.cells });
  if (marks.jurisdiction) {
    map.addSource("jurisdiction", { type: "geojson", data: feature(marks.jurisdiction) });
    map.addSource("outside", { type: "geojson", data: feature(outside(marks.jurisdiction)) });
  }
  map.addSource("area", { type: "geojson", data: marks.area ? feature(marks.area) : nothing() });
  // Names stay readable: everything drawn goes below the first of them.
  const firstName = map.getStyle().layers.find((layer) => layer.type === "symbol")?.id;
  for (const layer of markLayers(marks, palette)) map.addLayer(layer, firstName);
}

/** Show another area, or none. */
export function setArea(map: MapLibre, area: Polygonal | undefined): void {
  map.getSource<GeoJSONSource>("area")?.setData(area ? feature(area) : nothing());
}

export function markLayers(marks: Marks, c: Palette): LayerSpecification[] {
  const cells: LayerSpecification = {
    id: "cells", type: "fill", source: "cells",
    paint: {
      "fill-color": ["match", ["to-number", ["get", "step"], 1], 1, c["cell-1"], 2, c["cell-2"], 3, c["cell-3"], c["cell-4"]],
      "fill-opacity": 0.72, "fill-outline-color": c.surface,
    },
  };
  const edge: LayerSpecification[] = [
    { id: "outside", type: "fill", source: "outside", paint: { "fill-color": c["map-outside"] } },
    { id: "jurisdiction", type: "line", source: "jurisdiction",
      paint: { "line-color": c["ink-soft"], "line-width": 1.5, "line-dasharray": [5, 3, 1, 3] } },
  ];
  const area: LayerSpecification[] = [
    { id: "area", type: "fill", source: "area", paint: { "fill-color": c["map-area"], "fill-opacity": 0.14 } },
    { id: "area-line", type: "line", source: "area", layout: { "line-join": "round" },
      paint: { "line-color": c["map-area"], "line-width": 2 } },
  ];
  return [...(marks.cells ? [cells] : []), ...(marks.jurisdiction ? edge : []), ...area];
}

function feature(geometry: Polygonal): GeoJSON.Feature {
  return { type: "Feature", properties: {}, geometry: geometry as GeoJSON.Geometry };
}

function nothing(): GeoJSON.FeatureCollection {
  return { type: "FeatureCollection", features: [] };
}
