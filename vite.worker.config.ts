import { defineConfig } from "vite";

// The service worker: one classic file without a hash, because its address is its identity to the browser.
export default defineConfig({
  publicDir: false,
  build: {
    outDir: "src/porchlight/server/ui/static/dist",
    emptyOutDir: false,
    sourcemap: false,
    target: ["chrome123", "firefox128", "safari17.5"],
    rollupOptions: {
      input: "web/entries/sw.ts",
      output: { format: "iife", entryFileNames: "sw.js" },
    },
  },
});
