import { Marker, type Map as MapLibre } from "maplibre-gl";

import type { Position } from "./geo";

const SVG = "http://www.w3.org/2000/svg";

/** A household's own camera or home. `bearing`: degrees from north, clockwise, where it looks; none for a home. */
export interface Lamp {
  lon: number;
  lat: number;
  bearing?: number | null;
  label: string;
}

/** The lamp's picture: a glow, a cone towards `bearing`, and the lamp. */
export function drawLamp(bearing?: number | null): SVGSVGElement {
  const svg = document.createElementNS(SVG, "svg");
  for (const [name, value] of Object.entries({ viewBox: "-32 -32 64 64", width: "64", height: "64", "aria-hidden": "true" })) svg.setAttribute(name, value);
  const add = (tag: string, attributes: Record<string, string>): void => {
    const part = document.createElementNS(SVG, tag);
    for (const [name, value] of Object.entries(attributes)) part.setAttribute(name, value);
    svg.append(part);
  };
  add("circle", { class: "m-glow", r: "24" });
  if (bearing !== undefined && bearing !== null) {
    add("path", { class: "m-cone", d: "M0 0L-12.5 -21.6A25 25 0 0 1 12.5 -21.6Z", transform: `rotate(${bearing})` });
  }
  add("circle", { class: "m-home", r: "7" });
  return svg;
}

export function lampMarker(map: MapLibre, lamp: Lamp): Marker {
  const element = document.createElement("div");
  element.className = "map-lamp";
  element.setAttribute("role", "img");
  element.setAttribute("aria-label", lamp.label);
  element.append(drawLamp(lamp.bearing));
  return new Marker({ element, subpixelPositioning: true }).setLngLat([lamp.lon, lamp.lat] as Position).addTo(map);
}
