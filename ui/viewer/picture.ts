/**
 * The picture of a map on its canvas. At rest all is drawn, the part below the names in slices; while the map moves,
 * that part is shown moved and scaled; and where only what is lit has changed, it is drawn over the picture at rest.
 */
import type { Pixel, Projection, Size } from "./camera.ts";
import type { Focus } from "./focus.ts";
import { FONT, litNames, type Name, namesAt, planFor } from "./labels.ts";
import { clear, type Layer, newLayer } from "./layer.ts";
import {
  covers,
  drawUnder,
  holdsCircles,
  newUnder,
  type PaintDensity,
  showUnder,
  toWhole,
  type Under,
} from "./layers.ts";
import { advance, type NamePlan } from "./name_plan.ts";
import { fillPage, paintFocus, paintItems, paintNames } from "./paint.ts";
import type { Scene } from "./scene.ts";

/** What is to be seen now. */
export interface View {
  scene: Scene;
  seen: Projection;
  size: Size;
  /** Pixels of the screen to one of the page. */
  ratio: number;
  focus: Focus | null;
  selected: readonly number[];
  /** A box that is being drawn by hand: two corners. */
  box: readonly [number, number, number, number] | null;
  isMoving: boolean;
  /** Whether an item is being dragged. */
  isDragging: boolean;
  density: PaintDensity;
}

// milliseconds for working out names: before a picture, and in each pause after it, fewer while the map moves
const [FIRST_NAMES, FURTHER_NAMES, MOVING_NAMES] = [60, 24, 6];
const PAUSE = 4;
// milliseconds between pictures with further names, since a picture takes longer than working some of them out
const WRITE = 150;

export class Picture {
  readonly screen = newLayer();
  /** What is named, as far as it is worked out. */
  names: Name[] = [];
  readonly #view: () => View;
  readonly #base = newLayer();
  readonly #measure = measurer();
  #under: Under = newUnder();
  #next: Under = newUnder();
  #plan: NamePlan | null = null;
  #drawing: Generator<void> | null = null;
  #naming = 0;

  constructor(view: () => View) {
    this.#view = view;
  }

  /** Whether something has been drawn. */
  get isThere(): boolean {
    return this.#under.seen !== null;
  }

  /** Whether a picture is begun and not yet done. */
  get isUnfinished(): boolean {
    return this.#drawing !== null;
  }

  stop(): void {
    clearTimeout(this.#naming);
    this.#drawing = null;
  }

  /** All names of what is seen now, those of some items in any case. */
  allNames(forced: readonly number[]): Name[] {
    const view = this.#view();
    const plan = this.#planned(view);
    advance(plan);
    return namesAt(plan, view.scene, view.seen, view.size, forced);
  }

  /** The part of a pixel by which the map would have to move for a new picture to look like the one that is shown. */
  toWhole(scene: Scene, seen: Projection): Pixel {
    return toWhole(this.#under, scene, seen);
  }

  /** Draw all anew, in slices if there is a picture already that can stand in for it. */
  drawAll(): void {
    const view = this.#view();
    const plan = this.#planned(view);
    if (plan.done < plan.order.length) this.#nameOn(advance(plan, plan.done === 0 ? FIRST_NAMES : MOVING_NAMES));
    this.#drawing = this.#below(view);
    do this.drawOn();
    while (this.#drawing && (!this.isThere || view.isDragging));
  }

  /** Draw the next slice, and show the picture when it is the last. */
  drawOn(): void {
    if (this.#slice()) this.#compose(this.#view());
  }

  /** Draw what is quick while the map moves. */
  drawMoving(): void {
    const view = this.#view();
    this.#put(this.screen, view);
    this.#light(view);
    if (!this.isThere || covers(this.#under, view.scene, view.seen, view.size)) return;
    // the map has moved far: a slice of what lies below where it is now
    this.#drawing ??= this.#below(view);
    this.#slice();
  }

  /** Draw what is lit over the picture at rest. */
  drawLit(): void {
    const view = this.#view();
    clear(this.screen, view.size, view.ratio);
    this.screen.context.drawImage(this.#base.canvas, 0, 0, view.size.width, view.size.height);
    this.#light(view);
  }

  #planned({ scene, size, isDragging }: View): NamePlan {
    // an item that is dragged keeps its name beside it; all are placed anew where it is dropped
    if (!(isDragging && this.#plan)) this.#plan = planFor(scene, size, this.#measure, this.#plan);
    return this.#plan;
  }

  #below({ scene, seen, size, ratio, density }: View): Generator<void> {
    return drawUnder(this.#next, scene, seen, size, ratio, density);
  }

  /** Draw a slice of what lies below; tells whether it was the last. */
  #slice(): boolean {
    if (!this.#drawing?.next().done) return false;
    this.#drawing = null;
    [this.#under, this.#next] = [this.#next, this.#under];
    return true;
  }

  #compose(view: View): void {
    this.#put(this.#base, view);
    this.drawLit();
  }

  #put(layer: Layer, view: View): void {
    const { scene, seen, size, ratio } = view;
    this.names = namesAt(this.#planned(view), scene, seen, size);
    clear(layer, size, ratio);
    fillPage(layer.context, scene.theme, size);
    showUnder(layer.context, this.#under, scene, seen);
    if (!holdsCircles(scene)) paintItems(layer.context, scene, this.names, seen, size);
    paintNames(layer.context, scene, this.names);
  }

  #light(view: View): void {
    const { scene, seen, size, focus, selected, box } = view;
    const { context } = this.screen;
    if (focus) {
      const names = litNames(this.#planned(view), scene, seen, focus);
      paintFocus(context, scene, names, seen, size, focus, selected);
    }
    if (box) paintBox(context, scene, box);
  }

  #hasFurther(view: View): boolean {
    return namesAt(this.#planned(view), view.scene, view.seen, view.size).length !== this.names.length;
  }

  /** Work out further names in pauses, and write them now and then. */
  #nameOn(done: boolean, written = performance.now()): void {
    clearTimeout(this.#naming);
    if (done) return;
    this.#naming = window.setTimeout(() => {
      const view = this.#view();
      const plan = this.#planned(view);
      const all = advance(plan, view.isMoving ? MOVING_NAMES : FURTHER_NAMES);
      const isDue = all || performance.now() - written > WRITE;
      if (isDue && !view.isMoving && !this.#drawing && this.isThere && this.#hasFurther(view)) this.#compose(view);
      this.#nameOn(all, isDue ? performance.now() : written);
    }, PAUSE);
  }
}

function paintBox(
  context: CanvasRenderingContext2D,
  scene: Scene,
  box: readonly [number, number, number, number],
): void {
  const [x0, y0, x1, y1] = box;
  context.globalAlpha = 0.12;
  context.fillStyle = scene.theme.ink;
  context.fillRect(x0, y0, x1 - x0, y1 - y0);
  context.globalAlpha = 1;
  context.strokeStyle = scene.theme.ink;
  context.lineWidth = 1;
  context.strokeRect(x0, y0, x1 - x0, y1 - y0);
}

const MEASURED = 16;

/** Widths of texts, each measured once. */
function measurer(): (text: string, size: number) => number {
  const { context } = newLayer();
  context.font = `${MEASURED}px ${FONT}`;
  const widths = new Map<string, number>();
  return (text, size) => {
    const known = widths.get(text) ?? context.measureText(text).width;
    widths.set(text, known);
    return (known * size) / MEASURED;
  };
}
