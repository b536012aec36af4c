// A side's service worker, built into one file at /sw.js. What it does is written elsewhere; this only lists it.
import { startOffline } from "../ui/offline";
import { startHanding } from "../vault/handing";
import { startVault } from "../vault/worker";

const scope = self as unknown as ServiceWorkerGlobalScope;
startVault(scope);
startHanding(scope);
startOffline(scope);
