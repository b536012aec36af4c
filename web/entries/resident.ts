import { boot } from "../ui/boot";
import { start } from "../ui/mount";
import { everySide } from "./every_side";

boot();
start({
  ...everySide,
  "ask-in": () => import("../resident/ask_in"),
  "change-key": () => import("../resident/change_key"),
  "clip-list": () => import("../resident/clip_list"),
  "clip-names": () => import("../resident/clip_names"),
  export: () => import("../resident/export"),
  "home-zone": () => import("../resident/home_zone"),
  "key-passkeys": () => import("../resident/key_passkeys"),
  "let-in": () => import("../resident/let_in"),
  "make-key": () => import("../resident/make_key"),
  "new-words": () => import("../resident/new_words"),
  "own-clips": () => import("../resident/own_clips"),
  "share-video": () => import("../resident/share_video"),
  "signed-in": () => import("../resident/signed_in"),
  "unlock-key": () => import("../resident/unlock_key"),
});
