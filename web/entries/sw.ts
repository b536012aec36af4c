// The service worker of a side. What it does is written in web/vault/; this file only lists it.
export {};
