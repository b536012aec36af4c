import { defineConfig } from "vite";

// Every address in the output is relative to the file that names it, so that the files may stand below any STATIC_URL.
export default defineConfig({
  base: "./",
  publicDir: false,
  worker: { format: "es" },
  build: {
    outDir: "src/porchlight/server/ui/static/dist",
    emptyOutDir: true,
    manifest: "manifest.json",
    sourcemap: false,
    // The first versions that know light-dark() and container queries: nothing is rewritten for older ones.
    target: ["chrome123", "firefox128", "safari17.5"],
    // A data: address would need more than 'self' in the content security policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1200,
    rollupOptions: {
      input: {
        styles: "web/styles/main.css",
        resident: "web/entries/resident.ts",
        agency: "web/entries/agency.ts",
        review: "web/entries/review.ts",
        operator: "web/entries/operator.ts",
        public: "web/entries/public.ts",
      },
    },
  },
});
