/** What the licences of libraries ask of those who pass on copies of them, at the head of each bundle. */
import { readFileSync } from "node:fs";
import type { Plugin } from "vite";

interface Library {
  name: string;
  version: string;
  folder: string;
}

type Notice = (library: Library) => string;

const file =
  (name: string): Notice =>
  ({ folder }) =>
    readFileSync(`${folder}/${name}`, "utf-8");

/** A library that is not here ends the build: nothing is passed on whose terms nobody has looked at. */
const NOTICES: Record<string, Notice> = {
  dompurify: () =>
    "Copyright Dr.-Ing. Mario Heiderich, Cure53, and contributors. Used under the Mozilla Public License 2.0,\n" +
    "https://mozilla.org/MPL/2.0/. Its source is at https://github.com/cure53/DOMPurify.",
  "htmx.org": file("LICENSE"),
  preact: file("LICENSE"),
};

const IN_LIBRARY = /^(.*\/node_modules\/((?:@[^/]+\/)?[^/]+))\//;

/** Puts the name of what the bundle is, its libraries and their licences at its head. */
export function notices(title: string): Plugin {
  return {
    name: "notices",
    generateBundle(_options, bundle) {
      for (const part of Object.values(bundle)) {
        if (part.type === "chunk") part.code = `${banner(title, librariesIn(part.moduleIds))}\n${part.code}`;
      }
    },
  };
}

function librariesIn(modules: readonly string[]): Library[] {
  const folders = new Map<string, string>();
  for (const module of modules) {
    const found = IN_LIBRARY.exec(module.replaceAll("\\", "/"));
    if (found) folders.set(found[2] as string, found[1] as string);
  }
  return [...folders].sort().map(([name, folder]) => {
    const { version } = JSON.parse(readFileSync(`${folder}/package.json`, "utf-8")) as { version: string };
    return { name, version, folder };
  });
}

function banner(title: string, libraries: readonly Library[]): string {
  const told = libraries.map((library) => {
    const notice = NOTICES[library.name];
    if (!notice)
      throw new Error(`${library.name} is bundled, but ui/notices.ts does not say what its licence asks for`);
    return `${library.name} ${library.version}\n\n${notice(library).trim()}`;
  });
  return `/*!\n${[`${title}, under the MIT licence.${told.length ? " It contains:" : ""}`, ...told].join("\n\n")}\n*/`;
}
