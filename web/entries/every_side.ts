import type { Features } from "../ui/mount";

/** What every side has. Each line fetches its module only where a page asks for it. */
export const everySide: Features = {
  "check-form": () => import("../ui/check_form"),
  count: () => import("../ui/count"),
  copy: () => import("../ui/copy"),
  draft: () => import("../ui/draft"),
  "own-clock": () => import("../ui/own_clock"),
  "own-zone": () => import("../ui/own_zone"),
  "forget-names": () => import("../resident/share_names"),
  print: () => import("../ui/print"),
  reveal: () => import("../ui/reveal"),
  "shown-by": () => import("../ui/shown_by"),
  theme: () => import("../ui/theme"),
  "map-show": () => import("../map/show"),
  "map-draw": () => import("../map/draw"),
  "map-pick": () => import("../map/pick"),
};
