import { Marker } from "maplibre-gl";

import { rounded, type Polygonal, type Position } from "./geo";
import { drawLamp } from "./lamps";
import { createMap, json, NoMap, showMissing, wireZoom } from "./map";

const STEP_PX = 2;
const FAR_STEP_PX = 20;
const ARROWS: Record<string, [number, number]> = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };

/**
 * Putting one lamp on the map: a home, or a camera with the direction it looks. `{% place_field form.place %}` writes it.
 *
 * `data-lat`, `data-lon` and `data-bearing` name the inputs that hold the truth. A click on the map puts the lamp there;
 * it can be dragged, or moved with the arrow keys.
 */
export async function mount(root: HTMLElement): Promise<void> {
  const input = (name: string | undefined): HTMLInputElement | null => document.getElementById(name ?? "") as HTMLInputElement | null;
  const lat = input(root.dataset.lat)!;
  const lon = input(root.dataset.lon)!;
  const bearing = input(root.dataset.bearing);
  const written = (): Position | undefined => {
    const at: Position = [Number(lon.value), Number(lat.value)];
    const sound = lat.value !== "" && lon.value !== "" && Math.abs(at[0]) <= 180 && Math.abs(at[1]) <= 90;
    return sound ? at : undefined;
  };
  try {
    const first = written();
    const { map } = await createMap(root.querySelector<HTMLElement>("[data-map]")!, {
      source: root.dataset.mapSource ?? "",
      label: root.dataset.label ?? "",
      jurisdiction: json<Polygonal>(root.dataset.jurisdiction),
      around: first ? [first] : (json<Position[]>(root.dataset.around) ?? []),
      help: json(root.dataset.help) ?? {},
    });
    wireZoom(root, map);
    const element = document.createElement("button");
    element.type = "button";
    element.className = "map-lamp";
    element.setAttribute("aria-label", root.dataset.lampLabel ?? "");
    const marker = new Marker({ element, draggable: true });
    const redraw = (): void => element.replaceChildren(drawLamp(bearing?.value ? Number(bearing.value) : null));
    const put = (at: Position, write: boolean): void => {
      marker.setLngLat(at).addTo(map);
      if (!write) return;
      [lon.value, lat.value] = rounded(at).map((n) => n.toFixed(6)) as [string, string];
      for (const field of [lat, lon]) field.dispatchEvent(new Event("change", { bubbles: true }));
    };
    redraw();
    if (first) put(first, false);
    map.on("click", (event) => put(event.lngLat.toArray() as Position, true));
    marker.on("dragend", () => put(marker.getLngLat().toArray() as Position, true));
    element.addEventListener("keydown", (event) => {
      const arrow = ARROWS[event.key];
      if (!arrow) return;
      event.preventDefault();
      event.stopPropagation();
      const step = event.shiftKey ? FAR_STEP_PX : STEP_PX;
      const from = map.project(marker.getLngLat());
      put(map.unproject([from.x + arrow[0] * step, from.y + arrow[1] * step]).toArray() as Position, true);
    });
    bearing?.addEventListener("input", redraw);
    for (const field of [lat, lon]) {
      field.addEventListener("input", () => {
        const at = written();
        if (!at) return;
        put(at, false);
        map.easeTo({ center: at });
      });
    }
  } catch (error) {
    if (!(error instanceof NoMap)) throw error;
    showMissing(root);
    root.parentElement?.querySelector("details")?.setAttribute("open", "");
  }
}
