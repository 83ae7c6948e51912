/** A map on the page: a canvas that is drawn when something changes, moved by hand, and asked what is where. */
import {
  around,
  between,
  isWhole,
  type Pixel,
  type Projection,
  panned,
  projection,
  type Size,
  wholeMap,
  zoomedAt,
} from "./camera.ts";
import { focusOf } from "./focus.ts";
import { FONT, litNames, type Name, namesAt, planFor } from "./labels.ts";
import { clear, type Layer, newLayer } from "./layer.ts";
import { drawUnder, holdsCircles, newUnder, showUnder, type Under } from "./layers.ts";
import { paintDensity } from "./looks/density.ts";
import type { Looks, MapData, RecordColumns } from "./model.ts";
import { advance, type NamePlan } from "./name_plan.ts";
import { fillPage, paintFocus, paintItems, paintNames } from "./paint.ts";
import { type Grid, gridOf, itemAt, itemsInBox, type Picked, pickAt } from "./pick.ts";
import { type Gestures, listen } from "./pointer.ts";
import { ownPlace, type Scene, sceneOf } from "./scene.ts";
import type { Camera, State, Store } from "./state.ts";

export interface CanvasEvents {
  hover?(item: number | null): void;
  /** After a click, when the choice is in the store. */
  pick?(picked: Picked): void;
  /** A right click: the item there, and where on the page. */
  context?(item: number | null, x: number, y: number): void;
}

const REST = 90; // milliseconds without movement after which all is drawn anew
const SLACK = { mouse: 4, touch: 14 }; // pixels beside a circle that still count as on it
const LINK_SLACK = { mouse: 4, touch: 9 };
const SHOWN = 3; // how many times enlarged an item is that is looked for, as in VOSviewer
const FLIGHT = 450; // milliseconds
const SMOOTH = 55; // milliseconds in which two thirds of a step of the wheel are gone
const [FIRST_NAMES, FURTHER_NAMES] = [60, 10]; // milliseconds for working out names, before the first picture and in each pause

export class MapCanvas {
  readonly canvas: HTMLCanvasElement;
  scene: Scene;
  readonly #screen: Layer;
  readonly #base: Layer;
  #under: Under;
  #next: Under;
  readonly #store: Store;
  readonly #data: MapData;
  readonly #looks: Looks;
  readonly #records: RecordColumns | null;
  readonly #events: CanvasEvents;
  readonly #endings: (() => void)[] = [];
  readonly #measure = measurer();
  #size: Size = { width: 0, height: 0 };
  #ratio = 1;
  #camera: Camera | null;
  #target: Camera | null = null;
  #flight: { start: Camera; end: Camera; since: number } | null = null;
  #plan: NamePlan | null = null;
  #names: Name[] = [];
  #grid: Grid | null = null;
  #hovered: number | null = null;
  #held: { item: number; offX: number; offY: number } | null = null;
  #box: readonly [number, number, number, number] | null = null;
  /** What has to be drawn: everything, what moves with the camera, or only what is lit. */
  #stale: "all" | "view" | "lit" | null = null;
  #drawing: Generator<void> | null = null;
  #frame = 0;
  #resting = 0;
  #naming = 0;
  #time = 0;

  constructor(
    host: HTMLElement,
    store: Store,
    data: MapData,
    looks: Looks,
    events: CanvasEvents = {},
    records: RecordColumns | null = null,
  ) {
    [this.#store, this.#data, this.#looks, this.#events, this.#records] = [store, data, looks, events, records];
    [this.#screen, this.#base, this.#under, this.#next] = [newLayer(), newLayer(), newUnder(), newUnder()];
    this.canvas = this.#screen.canvas;
    Object.assign(this.canvas.style, { display: "block", width: "100%", height: "100%", touchAction: "none" });
    this.canvas.tabIndex = 0;
    this.canvas.setAttribute("role", "application");
    host.append(this.canvas);
    this.scene = sceneOf(data, looks, store.state, records);
    this.#camera = store.state.camera;
    const watch = new ResizeObserver(() => this.#resize(host));
    watch.observe(host);
    this.#endings.push(
      () => watch.disconnect(),
      store.subscribe((now, before) => this.#changed(now, before)),
      listen(this.canvas, this.#gestures()),
    );
    this.#resize(host);
  }

  size = (): Size => this.#size;
  projection = (): Projection => projection(this.scene, this.#camera, this.#size);
  names = (): Name[] => {
    const { selected } = this.#store.state;
    const plan = this.#planned();
    advance(plan);
    return namesAt(plan, this.scene, this.projection(), this.#size, selected);
  };

  redraw(): void {
    this.#ask("all");
  }

  /** Show the whole map. */
  fit(): void {
    const items = Object.keys(this.#store.state.moved).length > 0 ? [...this.scene.order] : [];
    const camera = wholeMap(this.scene);
    const moved = items.length > 0 ? around(this.scene, items, this.#size, 1) : null;
    this.#fly(moved && moved.zoom < 0.99 ? moved : camera);
  }

  /** Fly to some items. */
  show(items: readonly number[]): void {
    const own = items.filter((item) => item < this.scene.n);
    const camera = around(this.scene, own, this.#size, Math.max(SHOWN, own.length === 1 ? this.projection().zoom : 0));
    if (camera) this.#fly(camera);
  }

  /** Zoom about the middle of the picture. */
  zoomBy(factor: number): void {
    this.#zoom({ x: this.#size.width / 2, y: this.#size.height / 2 }, factor, true);
  }

  /** Light an item as if the pointer were on it: from a list beside the map. */
  light(item: number | null): void {
    if (item === this.#hovered) return;
    this.#hovered = item;
    this.#ask("lit");
  }

  destroy(): void {
    for (const end of this.#endings) end();
    cancelAnimationFrame(this.#frame);
    clearTimeout(this.#resting);
    clearTimeout(this.#naming);
    this.canvas.remove();
  }

  #changed(now: Readonly<State>, before: Readonly<State>): void {
    const scene = sceneOf(this.#data, this.#looks, now, this.#records);
    const isSame = (Object.keys(scene) as (keyof Scene)[]).every((part) => scene[part] === this.scene[part]);
    if (!isSame) {
      if (scene.x !== this.scene.x || scene.y !== this.scene.y) this.#grid = null;
      this.scene = scene;
      if (this.#hovered !== null && !scene.visible[this.#hovered]) this.#hovered = null;
      this.#ask("all");
    } else if (densityDiffers(scene, now, before)) this.#ask("all");
    if (now.camera !== before.camera && now.camera !== this.#camera) {
      if (now.camera) this.#fly(now.camera);
      else this.#fly(wholeMap(scene));
    }
    this.#ask("lit");
  }

  #resize(host: HTMLElement): void {
    const size = { width: host.clientWidth, height: host.clientHeight };
    const ratio = Math.min(window.devicePixelRatio || 1, 3);
    if (size.width === this.#size.width && size.height === this.#size.height && ratio === this.#ratio) return;
    [this.#size, this.#ratio] = [size, ratio];
    if (size.width === 0 || size.height === 0) return;
    this.#ask("all");
    // at once, since a canvas that was given a new size is empty
    if (this.#plan) this.#draw(performance.now());
  }

  #planned(): NamePlan {
    // an item that is dragged keeps its name beside it; all are placed anew where it is dropped
    if (!(this.#held && this.#plan)) this.#plan = planFor(this.scene, this.#size, this.#measure, this.#plan);
    return this.#plan;
  }

  #ask(what: "all" | "view" | "lit"): void {
    if (what === "all" || this.#stale === null || (what === "view" && this.#stale === "lit")) this.#stale = what;
    if (what === "all") this.#drawing = null;
    if (!this.#frame && this.#size.width > 0) this.#frame = requestAnimationFrame((time) => this.#draw(time));
  }

  #draw(time: number): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    const elapsed = Math.min(time - this.#time, 50);
    this.#time = time;
    const isMoving = this.#step(time, elapsed);
    const stale = this.#stale;
    this.#stale = null;
    if (isMoving || stale === "view") this.#drawMoving();
    else if (stale === "all") this.#drawAll();
    else if (this.#drawing) this.#drawOn();
    else if (stale === "lit") this.#drawLit();
    if (isMoving) this.#ask("view");
    if (this.#drawing) this.#ask("lit");
  }

  /** Move the camera on its way; tells whether it goes on. */
  #step(time: number, elapsed: number): boolean {
    if (this.#flight) {
      const { start, end, since } = this.#flight;
      const share = Math.min(1, Math.max(0, (time - since) / FLIGHT));
      this.#camera = between(start, end, share * share * (3 - 2 * share));
      if (share >= 1) [this.#flight, this.#camera] = [null, end];
      this.#moved();
      return share < 1;
    }
    if (!this.#target) return false;
    const now = this.#camera ?? wholeMap(this.scene);
    const isNear = Math.abs(Math.log(this.#target.zoom / now.zoom)) < 0.004;
    this.#camera = isNear ? this.#target : between(now, this.#target, 1 - Math.exp(-elapsed / SMOOTH));
    if (isNear) this.#target = null;
    this.#moved();
    return !isNear;
  }

  /** The camera has moved: draw what is quick now, all once it rests. */
  #moved(): void {
    this.#drawing = null;
    this.#ask("view");
    clearTimeout(this.#resting);
    this.#resting = window.setTimeout(() => this.#rest(), REST);
  }

  #rest(): void {
    if (this.#flight || this.#target) return;
    // the whole map needs no camera, so a link to it stays short
    if (this.#camera && isWhole(this.scene, this.#camera)) this.#camera = null;
    this.#ask("all");
    this.#store.change({ camera: this.#camera });
  }

  #drawMoving(): void {
    const { context } = this.#screen;
    const seen = this.projection();
    this.#names = namesAt(this.#planned(), this.scene, seen, this.#size);
    clear(this.#screen, this.#size, this.#ratio);
    fillPage(context, this.scene.theme, this.#size);
    showUnder(context, this.#under, this.scene, seen);
    if (!holdsCircles(this.scene)) paintItems(context, this.scene, this.#names, seen, this.#size);
    paintNames(context, this.scene, this.#names);
    this.#light(context, seen);
  }

  /** Draw what lies below, in slices if there is a picture already that can stand in for it. */
  #drawAll(): void {
    const isFirst = this.#plan === null;
    const plan = this.#planned();
    if (plan.done < plan.order.length) this.#nameOn(advance(plan, isFirst ? FIRST_NAMES : FURTHER_NAMES));
    const density = (layer: Layer, seen: Projection, size: Size) =>
      paintDensity(layer.context, this.scene, this.#looks, this.#store.state, seen, size);
    this.#drawing = drawUnder(this.#next, this.scene, this.projection(), this.#size, this.#ratio, density);
    this.#drawOn(!this.#under.seen || this.#held !== null);
  }

  #drawOn(whole = false): void {
    if (!this.#drawing) return;
    while (!this.#drawing.next().done) if (!whole) return;
    this.#drawing = null;
    [this.#under, this.#next] = [this.#next, this.#under];
    this.#compose();
  }

  /** Put the picture at rest together, and show it. */
  #compose(): void {
    const seen = this.projection();
    const { context } = this.#base;
    this.#names = namesAt(this.#planned(), this.scene, seen, this.#size);
    clear(this.#base, this.#size, this.#ratio);
    fillPage(context, this.scene.theme, this.#size);
    showUnder(context, this.#under, this.scene, seen);
    if (!holdsCircles(this.scene)) paintItems(context, this.scene, this.#names, seen, this.#size);
    paintNames(context, this.scene, this.#names);
    this.#drawLit();
  }

  #drawLit(): void {
    const { context } = this.#screen;
    clear(this.#screen, this.#size, this.#ratio);
    context.drawImage(this.#base.canvas, 0, 0, this.#size.width, this.#size.height);
    this.#light(context, this.projection());
  }

  #light(context: CanvasRenderingContext2D, seen: Projection): void {
    const { state } = this.#store;
    const focus = focusOf(this.scene, state, this.#hovered);
    if (focus) {
      const names = litNames(this.#planned(), this.scene, seen, focus);
      paintFocus(context, this.scene, names, seen, this.#size, focus, state.selected);
    }
    if (this.#box) paintBox(context, this.scene, this.#box);
  }

  /** Work out further names in pauses, and write them. */
  #nameOn(done: boolean): void {
    clearTimeout(this.#naming);
    if (done) return;
    this.#naming = window.setTimeout(() => {
      const plan = this.#planned();
      const all = advance(plan, FURTHER_NAMES);
      const names = namesAt(plan, this.scene, this.projection(), this.#size);
      if (names.length !== this.#names.length && !this.#flight && !this.#target && this.#under.seen) this.#compose();
      this.#nameOn(all);
    }, 4);
  }

  #fly(end: Camera): void {
    this.#target = null;
    const start = this.#camera ?? wholeMap(this.scene);
    if (isStill() || this.#size.width === 0) {
      this.#camera = end;
      this.#moved();
      return;
    }
    this.#flight = { start, end, since: performance.now() };
    this.#ask("view");
  }

  #zoom(at: Pixel, factor: number, smooth: boolean): void {
    this.#flight = null;
    const target = zoomedAt(this.scene, this.#target ?? this.#camera, this.#size, at, factor);
    if (smooth && !isStill()) this.#target = target;
    else [this.#camera, this.#target] = [target, null];
    if (this.#target) this.#ask("view");
    else this.#moved();
  }

  #pan(by: Pixel): void {
    [this.#flight, this.#target] = [null, null];
    this.#camera = panned(this.scene, this.#camera, this.#size, by);
    this.#moved();
  }

  #itemAt(x: number, y: number, slack: number): number | null {
    this.#grid ??= gridOf(this.scene);
    return itemAt(this.scene, this.#grid, this.#names, this.projection(), x, y, slack);
  }

  #hover(item: number | null): void {
    if (item === this.#hovered) return;
    this.#hovered = item;
    this.canvas.style.cursor = item === null ? "" : "pointer";
    this.#ask("lit");
    this.#events.hover?.(item);
  }

  #tap(x: number, y: number, add: boolean, touch: boolean): void {
    this.#grid ??= gridOf(this.scene);
    const slack = touch ? SLACK.touch : SLACK.mouse;
    const picked = pickAt(
      this.scene,
      this.#grid,
      this.#names,
      this.projection(),
      this.#size,
      x,
      y,
      slack,
      touch ? LINK_SLACK.touch : LINK_SLACK.mouse,
    );
    const { selected } = this.#store.state;
    if (picked && "item" in picked) {
      this.#store.change({ selected: add ? toggled(selected, picked.item) : [picked.item], selectedLink: null });
    } else if (picked) {
      const { source, target } = this.#data.links;
      this.#store.change({ selected: [], selectedLink: [source[picked.link], target[picked.link]] });
    } else if (!add && (selected.length > 0 || this.#store.state.selectedLink)) {
      this.#store.change({ selected: [], selectedLink: null });
    }
    this.#events.pick?.(picked);
  }

  #grab(x: number, y: number, any: boolean, touch: boolean): boolean {
    const item = this.#itemAt(x, y, touch ? SLACK.touch : SLACK.mouse);
    if (item === null || !(any || this.#store.state.selected.includes(item))) return false;
    const seen = this.projection();
    this.#held = { item, offX: seen.toX(this.scene.x[item]) - x, offY: seen.toY(this.scene.y[item]) - y };
    return true;
  }

  #moveItem(x: number, y: number): void {
    if (!this.#held) return;
    const seen = this.projection();
    const { item, offX, offY } = this.#held;
    const { state } = this.#store;
    const place = ownPlace(this.#data, state, seen.fromX(x + offX), seen.fromY(y + offY));
    this.#store.change({ moved: { ...state.moved, [item]: place } });
  }

  #boxed(x0: number, y0: number, x1: number, y1: number): void {
    this.#box = null;
    const inside = itemsInBox(this.scene, this.projection(), x0, y0, x1, y1);
    const { selected } = this.#store.state;
    this.#store.change({ selected: [...new Set([...selected, ...inside])], selectedLink: null });
    this.#ask("lit");
  }

  #gestures(): Gestures {
    return {
      hover: (x, y) => this.#hover(this.#itemAt(x, y, SLACK.mouse)),
      leave: () => this.#hover(null),
      tap: (x, y, { add, touch }) => this.#tap(x, y, add, touch),
      doubleTap: (x, y, out) => this.#zoom({ x, y }, out ? 1 / 2 : 2, true),
      grab: (x, y, { any, touch }) => this.#grab(x, y, any, touch),
      moveItem: (x, y) => this.#moveItem(x, y),
      drop: () => {
        this.#held = null;
        this.#ask("all");
      },
      pan: (x, y) => this.#pan({ x, y }),
      panned: () => this.#moved(),
      zoom: (x, y, factor, smooth) => this.#zoom({ x, y }, factor, smooth),
      box: (...corners) => {
        this.#box = corners;
        this.#ask("lit");
      },
      boxed: (x0, y0, x1, y1) => this.#boxed(x0, y0, x1, y1),
      context: (x, y) => this.#events.context?.(this.#itemAt(x, y, SLACK.mouse), x, y),
      step: (x, y) =>
        this.#fly(
          panned(this.scene, this.#camera, this.#size, {
            x: -x * this.#size.width * 0.15,
            y: -y * this.#size.height * 0.15,
          }),
        ),
      zoomBy: (factor) => this.zoomBy(factor),
      fit: () => this.fit(),
      cancel: () => {
        this.#box = null;
        this.#ask("lit");
      },
    };
  }
}

const toggled = (items: readonly number[], item: number): number[] =>
  items.includes(item) ? items.filter((one) => one !== item) : [...items, item];

const isStill = (): boolean => window.matchMedia?.("(prefers-reduced-motion: reduce)").matches ?? false;

const densityDiffers = (scene: Scene, now: State, before: State): boolean =>
  scene.marks === "none" &&
  (now.kernelWidth !== before.kernelWidth || now.scoreColours !== before.scoreColours || now.view !== before.view);

function paintBox(
  context: CanvasRenderingContext2D,
  scene: Scene,
  [x0, y0, x1, y1]: readonly [number, number, number, number],
): void {
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
