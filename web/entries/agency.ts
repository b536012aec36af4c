import { boot } from "../ui/boot";
import { start } from "../ui/mount";
import { everySide } from "./every_side";

boot();
start({
  ...everySide,
  "officer-key": () => import("../agency/keys"),
  "request-send": () => import("../agency/request"),
  "shared-video": () => import("../agency/shared"),
});
