import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

const gateway = process.env["EMS_URL"] ?? "http://127.0.0.1:8000";

export default defineConfig({
  // Relative addresses let the page live below any prefix a proxy may put in front.
  base: "./",
  plugins: [react()],
  build: {
    target: ["chrome123", "firefox121", "safari17.5"],
    // A data: address in a stylesheet would need a wider Content-Security-Policy.
    assetsInlineLimit: 0,
    // The editor is one large chunk that only Explore loads.
    chunkSizeWarningLimit: 5000,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      // Packages compiled by React's compiler carry its marks, which mean nothing to a bundler.
      onLog: (level, log, write) => log.code !== "MODULE_LEVEL_DIRECTIVE" && write(level, log),
    },
  },
  server: {
    fs: { allow: [".."] },
    // The Host header stays the page's own, since the gateway wants Host and Origin to agree.
    proxy: { "/graphql": { target: gateway, ws: true }, "/ingest": { target: gateway } },
  },
  test: { include: ["tests/**/*.test.ts"] },
});
