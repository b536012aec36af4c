import { describe, expect, it } from "vitest";

import { readCorners, writeCorners } from "./corners";
import { bounds, open, outside, squareAround, squareMiles, type Ring } from "./geo";
import { History } from "./history";
import { groundOf } from "./style";

// The square miles are what geographiclib says of the same rings on the WGS 84 ellipsoid.
const MEASURED: [string, Ring, number][] = [
  ["four corners in Wisconsin", [[-89.3362, 44.0978], [-89.3242, 44.0966], [-89.3235, 44.1031], [-89.3332, 44.104]], 0.2433455554898615],
  ["a square in Florida", [[-80.2, 25.7], [-80.19, 25.7], [-80.19, 25.71], [-80.2, 25.71]], 0.42930486528390055],
  ["a rectangle in Alaska", [[-149.9, 61.2], [-149.88, 61.2], [-149.88, 61.21], [-149.9, 61.21]], 0.46258413023430117],
  ["a county", [[-90, 44], [-89.5, 44], [-89.5, 44.4], [-90, 44.4]], 685.8847506860874],
];

describe("area", () => {
  it.each(MEASURED)("of %s", (_name, ring, expected) => {
    expect(Math.abs(squareMiles(ring) / expected - 1)).toBeLessThan(5e-5);
  });
  it("does not depend on where the ring begins or which way it goes", () => {
    const ring = MEASURED[0]![1];
    const turned: Ring = [...ring.slice(2), ...ring.slice(0, 2)].reverse();
    expect(squareMiles(turned)).toBeCloseTo(squareMiles(ring), 9);
  });
  it("of fewer than three corners is nothing", () => {
    expect(squareMiles([[-89, 44], [-88, 44]])).toBe(0);
  });
  it("of a square is what was asked", () => {
    expect(squareMiles(squareAround([-89.33, 44.1], 0.2))).toBeCloseTo(0.2, 2);
    expect(squareMiles(squareAround([-149.9, 61.2], 0.2))).toBeCloseTo(0.2, 2);
  });
});

describe("corners as text", () => {
  it("reads a latitude and a longitude on each line, in the common ways of writing them", () => {
    expect(readCorners("44.1021, -89.3360\r\n44.1013 -89.3242\n\n44.0983°; -89.3246°")).toEqual({
      ring: [[-89.336, 44.1021], [-89.3242, 44.1013], [-89.3246, 44.0983]],
    });
  });
  it("leaves out a last corner that repeats the first", () => {
    expect(readCorners("44.1,-89.3\n44.1,-89.2\n44.2,-89.2\n44.1,-89.3")).toEqual({ ring: [[-89.3, 44.1], [-89.2, 44.1], [-89.2, 44.2]] });
  });
  it.each(["x", "44.1", "44.1, -189.3", "91, 10", "44.1, -89.3, 5", "1e3, 2", "NaN, NaN"])("says which line is wrong: %s", (line) => {
    expect(readCorners(`44.1, -89.3\n${line}`)).toEqual({ badLine: 2 });
  });
  it("writes what it reads", () => {
    const ring = MEASURED[0]![1];
    expect(readCorners(writeCorners(ring))).toEqual({ ring });
  });
});

describe("shapes", () => {
  it("opens a closed ring and leaves an open one", () => {
    expect(open([[0, 0], [1, 0], [0, 1], [0, 0]])).toHaveLength(3);
    expect(open([[0, 0], [1, 0], [0, 1]])).toHaveLength(3);
  });
  it("shades everything outside, with a hole for each part", () => {
    const parts = [[[[0, 0], [1, 0], [0, 1], [0, 0]]], [[[5, 5], [6, 5], [5, 6], [5, 5]]]];
    expect(outside({ type: "MultiPolygon", coordinates: parts }).coordinates).toHaveLength(3);
  });
  it("has bounds, or none", () => {
    expect(bounds([[1, 5], [-2, 7]])).toEqual([-2, 5, 1, 7]);
    expect(bounds([])).toBeUndefined();
  });
});

describe("history", () => {
  const [a, b, c]: Ring[] = [[[0, 0]], [[1, 1]], [[2, 2]]];
  it("gives shapes back, newest first", () => {
    const history = new History();
    history.push(a!, "drag");
    history.push(b!, "drag");
    expect([history.pop(), history.pop(), history.pop()]).toEqual([b, a, undefined]);
  });
  it("takes key presses on one handle as one change", () => {
    const history = new History();
    history.push(a!, "keys-corner-1");
    history.push(b!, "keys-corner-1");
    history.push(c!, "keys-corner-2");
    expect([history.pop(), history.pop(), history.pop()]).toEqual([c, a, undefined]);
  });
});

describe("the ground", () => {
  const base = "http://agency.localhost:8000/requests/new/";
  it.each([
    ["", { kind: "none" }],
    ["/map/town.geojson", { kind: "town", url: "http://agency.localhost:8000/map/town.geojson" }],
    ["https://t.example/us.pmtiles", { kind: "vector", url: "pmtiles://https://t.example/us.pmtiles" }],
    ["https://t.example/{z}/{x}/{y}.png", { kind: "raster", tiles: "https://t.example/{z}/{x}/{y}.png" }],
    ["/tiles/{z}/{x}/{y}.mvt", { kind: "vector", tiles: "http://agency.localhost:8000/tiles/{z}/{x}/{y}.mvt" }],
  ])("of %s", (address, ground) => {
    expect(groundOf(address, base)).toEqual(ground);
  });
});
