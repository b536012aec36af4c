/** The service worker that the vault is tried with in a real browser. */
import { startVault } from "./worker";

startVault(self as unknown as ServiceWorkerGlobalScope);
