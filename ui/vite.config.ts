/** Two bundles for the Python package: a script for pages and the report, and a module for notebooks. */
import { defineConfig } from "vite";
import { notices } from "./notices.ts";

const OUT = "../src/benang/viewer/static";

export default defineConfig(({ mode }) => {
  const isWidget = mode === "widget";
  return {
    define: { "process.env.NODE_ENV": '"production"' },
    plugins: [notices()],
    build: {
      outDir: OUT,
      emptyOutDir: false,
      target: ["chrome117", "firefox117", "safari16.4"],
      // Vite leaves a module its white space and, in comments, the places of its sources, which differ between folders.
      rolldownOptions: { output: { minify: true } },
      lib: {
        entry: isWidget ? "viewer/widget.ts" : "viewer/page.ts",
        name: "BenangViewer",
        formats: [isWidget ? "es" : "iife"],
        fileName: () => (isWidget ? "widget.js" : "viewer.js"),
      },
    },
  };
});
