import { defineConfig } from "vite";

// Every address in the output is relative to the file that names it, so that the files may stand below any STATIC_URL.
export default defineConfig({
  base: "./",
  publicDir: false,
  plugins: [
    {
      // A font that comes late does not come at all on that page: text that is being read never moves. It is there
      // from the next page on. The fonts' packages say "swap", which moves every line below it.
      name: "a-late-font-waits-for-the-next-page",
      generateBundle(_options, bundle) {
        for (const file of Object.values(bundle)) {
          if (file.type === "asset" && file.fileName.endsWith(".css")) {
            file.source = String(file.source).replace(/font-display:\s*swap/g, "font-display:optional");
          }
        }
      },
    },
  ],
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
