import { TerraDraw, TerraDrawModeUndoRedo, TerraDrawPolygonMode } from "terra-draw";
import { TerraDrawMapLibreGLAdapter } from "terra-draw-maplibre-gl-adapter";

import { hex, type Palette } from "./colors";
import { open, rounded, type Position, type Ring } from "./geo";
import type { PorchMap } from "./map";

const RESTING = "static";
const DOUBLE_CLICK_MS = 600;

export interface SketchEvents {
  /** The corners so far, the one under the pointer included. */
  preview(ring: Ring): void;
  done(ring: Ring): void;
  cancelled(): void;
}

/** Drawing a new area corner by corner. A click on the first corner, a double click or Enter ends it, Escape cancels. */
export class Sketch {
  private readonly draw: TerraDraw;

  constructor(private readonly porch: PorchMap, private readonly events: SketchEvents) {
    this.draw = new TerraDraw({
      adapter: new TerraDrawMapLibreGLAdapter({ map: porch.map, coordinatePrecision: 6 }),
      modes: [new TerraDrawPolygonMode({ styles: styles(porch.palette()), keyEvents: { cancel: null, finish: "Enter" } })],
      undoRedo: { modeLevel: new TerraDrawModeUndoRedo() },
    });
    porch.onPalette((palette) => this.draw.updateModeOptions<typeof TerraDrawPolygonMode>("polygon", { styles: styles(palette) }));
    this.draw.start();
    this.draw.on("change", () => {
      if (this.active) this.events.preview(this.ring());
    });
    this.draw.on("finish", () => {
      const ring = this.ring();
      // Clearing the store inside its own event would leave it half done.
      queueMicrotask(() => this.stop(() => this.events.done(ring)));
    });
    window.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && this.active) this.stop(() => this.events.cancelled());
    });
  }

  get active(): boolean {
    return this.draw.getMode() === "polygon";
  }

  begin(): void {
    this.draw.setMode("polygon");
  }

  /** Take back the last corner. */
  undo(): void {
    this.draw.undo();
  }

  /** Leave drawing without a result. */
  cancel(): void {
    if (this.active) this.stop(() => undefined);
  }

  private stop(then: () => void): void {
    this.draw.setMode(RESTING);
    this.draw.clear();
    // The double click that ends the area reaches the map after its clicks, when the mode has let zooming go again: it must
    // not zoom the area out of view.
    this.porch.map.doubleClickZoom.disable();
    setTimeout(() => {
      if (!this.active) this.porch.map.doubleClickZoom.enable();
    }, DOUBLE_CLICK_MS);
    then();
  }

  private ring(): Ring {
    const shape = this.draw.getSnapshot().find((feature) => feature.geometry.type === "Polygon");
    return shape ? open(shape.geometry.coordinates[0] as Position[]).map(rounded) : [];
  }
}

type PolygonStyles = NonNullable<ConstructorParameters<typeof TerraDrawPolygonMode>[0]>["styles"];

function styles(palette: Palette): PolygonStyles {
  const area = hex(palette["map-area"]);
  const ground = hex(palette.surface);
  return {
    fillColor: area, fillOpacity: 0.14, outlineColor: area, outlineWidth: 2,
    closingPointColor: ground, closingPointOutlineColor: area, closingPointOutlineWidth: 2, closingPointWidth: 7,
  };
}
