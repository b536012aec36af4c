import type { Polygonal, Position } from "./geo";
import { lampMarker, type Lamp } from "./lamps";
import { createMap, json, NoMap, showMissing, wireZoom } from "./map";

/** A map to look at: `{% map_show … %}` writes the figure. */
export async function mount(root: HTMLElement): Promise<void> {
  const place = root.querySelector<HTMLElement>("[data-map]")!;
  const lamps = json<Lamp[]>(root.dataset.lamps) ?? [];
  try {
    const { map } = await createMap(place, {
      source: root.dataset.mapSource ?? "",
      label: root.dataset.label ?? "",
      area: json<Polygonal>(root.dataset.area),
      jurisdiction: json<Polygonal>(root.dataset.jurisdiction),
      ...(root.dataset.cells ? { cells: root.dataset.cells } : {}),
      around: [...lamps.map((lamp): Position => [lamp.lon, lamp.lat]), ...(json<Position[]>(root.dataset.around) ?? [])],
      help: json(root.dataset.help) ?? {},
    });
    wireZoom(root, map);
    for (const lamp of lamps) lampMarker(map, lamp);
  } catch (error) {
    if (!(error instanceof NoMap)) throw error;
    showMissing(root);
  }
}
