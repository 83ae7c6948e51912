/**
 * The bundles of the Python package: scripts for pages and the report, and a module for notebooks. A mode of Vite makes
 * each of them, since a bundle that a page loads by itself shares no code with another. `scripts/build_ui.py` names them
 * too: another one is a line here and a line there.
 */
import { defineConfig, type Plugin } from "vite";
import { notices } from "./notices.ts";

interface Bundle {
  entry: string;
  /** The folder and name of the bundle in `src/benang`. */
  file: string;
  format: "es" | "iife";
  title: string;
}

const MAP = "The interactive map of Benang";
const BUNDLES: Record<string, Bundle> = {
  production: { entry: "viewer/page.ts", file: "viewer/static/viewer.js", format: "iife", title: MAP },
  widget: { entry: "viewer/widget.ts", file: "viewer/static/widget.js", format: "es", title: MAP },
  pages: { entry: "pages/pages.ts", file: "web/static/pages.js", format: "iife", title: "The pages of Benang" },
  reader: { entry: "reader/reader.ts", file: "web/static/reader.js", format: "iife", title: "The reader of Benang" },
};

/**
 * The `eval` of htmx, which its settings switch off and the pages' content-security policy forbids, is taken out: where
 * there is one, no name in the whole bundle can be made shorter.
 */
function withoutEval(): Plugin {
  return {
    name: "without-eval",
    transform(code, id) {
      if (!id.endsWith("htmx.esm.js")) return;
      if (!code.includes("return eval(str)")) throw new Error("htmx has no eval where ui/vite.config.ts takes it out");
      return { code: code.replace("return eval(str)", "return undefined"), map: null };
    },
  };
}

export default defineConfig(({ mode }) => {
  const bundle = BUNDLES[mode];
  if (!bundle) throw new Error(`no bundle has the mode ${mode}: expected one of ${Object.keys(BUNDLES).join(", ")}`);
  const [, folder, name] = /^(.*)\/([^/]+)$/.exec(bundle.file) as unknown as [string, string, string];
  return {
    define: { "process.env.NODE_ENV": '"production"' },
    plugins: [withoutEval(), notices(bundle.title)],
    build: {
      outDir: `../src/benang/${folder}`,
      emptyOutDir: false,
      target: ["chrome117", "firefox117", "safari16.4"],
      // Vite leaves a module its white space and, in comments, the places of its sources, which differ between folders.
      rolldownOptions: { output: { minify: true } },
      lib: { entry: bundle.entry, name: "Benang", formats: [bundle.format], fileName: () => name },
    },
  };
});
