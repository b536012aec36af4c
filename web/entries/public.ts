import { boot } from "../ui/boot";
import { start } from "../ui/mount";
import { everySide } from "./every_side";

boot();
start({
  ...everySide,
  "check-entry": () => import("../public/check_entry"),
});
