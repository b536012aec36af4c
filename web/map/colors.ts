/**
 * The stylesheet's colors as MapLibre can read them.
 *
 * Custom properties hold `light-dark(oklch(…), oklch(…))`; an element that uses one tells which side is on, and a canvas
 * turns it into the screen's red, green and blue.
 */
export type Palette = Record<(typeof NAMES)[number], string>;

const NAMES = [
  "map-ground", "map-town", "map-building", "map-street", "map-casing", "map-water", "map-green", "map-tree", "map-civic",
  "map-halo", "map-label", "map-area", "map-outside", "ink", "ink-soft", "surface", "iris", "lamp",
  "cell-1", "cell-2", "cell-3", "cell-4",
] as const;

export function readPalette(place: HTMLElement): Palette {
  const probe = document.createElement("span");
  probe.hidden = true;
  place.append(probe);
  const context = document.createElement("canvas").getContext("2d", { willReadFrequently: true })!;
  const palette = Object.fromEntries(
    NAMES.map((name) => {
      probe.style.color = `var(--${name})`;
      context.clearRect(0, 0, 1, 1);
      context.fillStyle = getComputedStyle(probe).color;
      context.fillRect(0, 0, 1, 1);
      const [r, g, b, a] = context.getImageData(0, 0, 1, 1).data;
      return [name, `rgba(${r},${g},${b},${(a! / 255).toFixed(3)})`];
    }),
  ) as Palette;
  probe.remove();
  return palette;
}

/** `#rrggbb` of an opaque color of the palette, for libraries that know nothing else. */
export function hex(color: string): `#${string}` {
  const [r, g, b] = color.match(/[\d.]+/g)!.map(Number);
  return `#${[r, g, b].map((n) => Math.round(n!).toString(16).padStart(2, "0")).join("")}`;
}

/** Calls back when the page turns from light to dark or back, by the device or by the reader's choice. */
export function onSchemeChange(changed: () => void): void {
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", changed);
  matchMedia("(prefers-contrast: more)").addEventListener("change", changed);
  document.addEventListener("theme-change", changed);
}
