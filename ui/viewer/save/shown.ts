/** What a picture or a file is made from: the map as it is on the page. */
import type { Projection, Size } from "../camera.ts";
import { FONT, type Name } from "../labels.ts";
import type { Looks, MapData, RecordColumns } from "../model.ts";
import type { Scene } from "../scene.ts";
import type { State } from "../state.ts";

/** What a canvas shows: `MapCanvas`. */
export interface Seen {
  readonly scene: Scene;
  names(): Name[];
  projection(): Projection;
  size(): Size;
}

/** The map, and the state in which it is looked at. */
export interface SavedMap {
  data: MapData;
  records: RecordColumns | null;
  looks: Looks;
  title: string;
  store: { readonly state: Readonly<State> };
}

const MEASURED = 100;

/** How wide texts are in the letters of the page. */
export function measurer(): (text: string, size: number) => number {
  const context = document.createElement("canvas").getContext("2d");
  if (context) context.font = `${MEASURED}px ${FONT}`;
  return (text, size) => ((context?.measureText(text).width ?? 60 * text.length) * size) / MEASURED;
}
