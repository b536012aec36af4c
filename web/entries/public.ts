import { boot } from "../ui/boot";
import { start } from "../ui/mount";
import { common } from "./common";

boot();
start({
  ...common,
});
