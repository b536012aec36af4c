import { boot } from "../ui/boot";
import { start } from "../ui/mount";
import { everySide } from "./every_side";

boot();
start({
  ...everySide,
  "clip-list": () => import("../resident/clip_list"),
  "home-zone": () => import("../resident/home_zone"),
  "make-key": () => import("../resident/make_key"),
  "own-clips": () => import("../resident/own_clips"),
  "share-video": () => import("../resident/share_video"),
  "unlock-key": () => import("../resident/unlock_key"),
});
