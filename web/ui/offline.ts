const CACHE = "offline-page";
const PAGE = "/offline/";
const STYLE = "/static/ui/plain.css";

/** When the network is away, a page that is opened says so. Only that page and its style are kept, nothing of anyone's. */
export function startOffline(scope: ServiceWorkerGlobalScope): void {
  scope.addEventListener("install", (event) => {
    // Without it the browser's own message stands: no reason to fail the install.
    event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll([PAGE, STYLE])).catch(() => undefined));
  });
  scope.addEventListener("fetch", (event) => {
    const { request } = event;
    const url = new URL(request.url);
    if (url.origin !== scope.location.origin || url.pathname.startsWith("/clip-")) return;
    if (request.mode === "navigate" && request.method === "GET") {
      event.respondWith(fetch(request).catch(async () => (await caches.match(PAGE)) ?? Response.error()));
    } else if (url.pathname === STYLE) {
      event.respondWith(fetch(request).catch(async () => (await caches.match(STYLE)) ?? Response.error()));
    }
  });
}
