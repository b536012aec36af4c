import { validateStyleMin } from "@maplibre/maplibre-gl-style-spec";
import { describe, expect, it } from "vitest";

import type { Palette } from "./colors";
import { markLayers } from "./marks";
import { type Ground, layersOf, styleOf } from "./style";

const palette = (color: string): Palette => new Proxy({}, { get: () => color }) as Palette;
const LIGHT = palette("rgba(250,250,250,1.000)");
const DARK = palette("rgba(10,20,30,0.450)");
const GROUNDS: Ground[] = [
  { kind: "none" },
  { kind: "town", url: "http://localhost/map/town.geojson" },
  { kind: "raster", tiles: "http://localhost/{z}/{x}/{y}.png" },
  { kind: "vector", url: "pmtiles://http://localhost/us.pmtiles" },
  { kind: "vector", tiles: "http://localhost/{z}/{x}/{y}.mvt" },
];

describe.each(GROUNDS)("the style over $kind", (ground) => {
  it("is one that MapLibre takes", () => {
    expect(validateStyleMin(styleOf(ground, LIGHT))).toEqual([]);
  });
  it("asks no address but the ground's", () => {
    const addresses = JSON.stringify(styleOf(ground, LIGHT)).match(/https?:[^"]*/g) ?? [];
    expect(addresses.filter((address) => !address.startsWith("http://localhost/"))).toEqual([]);
    expect(styleOf(ground, LIGHT)).not.toHaveProperty("glyphs");
    expect(styleOf(ground, LIGHT)).not.toHaveProperty("sprite");
  });
  it("has the same layers in light and dark, so that only colors change", () => {
    const shape = (colors: Palette): string[] => layersOf(ground, colors).map((layer) => `${layer.id} ${Object.keys(layer.paint ?? {}).join()}`);
    expect(shape(DARK)).toEqual(shape(LIGHT));
  });
  it("names each layer once", () => {
    const ids = [...layersOf(ground, LIGHT), ...markLayers({ cells: "x", jurisdiction: { type: "Polygon", coordinates: [] } }, LIGHT)].map((layer) => layer.id);
    expect(new Set(ids).size).toBe(ids.length);
  });
});
