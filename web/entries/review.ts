import { boot } from "../ui/boot";
import { start } from "../ui/mount";
import { everySide } from "./every_side";

boot();
start({
  ...everySide,
  decision: () => import("../review/decision"),
  "decision-done": () => import("../review/decision_done"),
});
