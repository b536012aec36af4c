import { boot } from "../ui/boot";
import { start } from "../ui/mount";
import { everySide } from "./every_side";

boot();
start({
  ...everySide,
  "request-send": () => import("../agency/request"),
});
