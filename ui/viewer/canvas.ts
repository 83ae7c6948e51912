/** A map on the page: a canvas that is drawn when something changes, moved by hand, and asked what is where. */
import { afterBox, afterMove, afterTap, type Grip, gripOf } from "./by_hand.ts";
import {
  around,
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
import type { Name } from "./labels.ts";
import { paintDensity } from "./looks/density.ts";
import type { Looks, MapData, RecordColumns } from "./model.ts";
import { isStill, Motion } from "./motion.ts";
import { type Grid, gridOf, itemAt, itemsInBox, pickAt } from "./pick.ts";
import { Picture, type View } from "./picture.ts";
import { type Gestures, listen } from "./pointer.ts";
import { type Scene, sceneOf } from "./scene.ts";
import type { Camera, State, Store } from "./state.ts";

export interface CanvasEvents {
  hover?(item: number | null): void;
}

const REST = 60; // milliseconds without movement after which all is drawn anew
const SLACK = { mouse: 4, touch: 14 }; // pixels beside a circle that still count as on it
const LINK_SLACK = { mouse: 4, touch: 9 };
const STEP = 0.15; // of the picture, by an arrow key
// An item that is looked for is enlarged as in VOSviewer, on a small map until so many are seen, or just lit.
const [SHOWN, LEAST_SHOWN, IN_VIEW] = [3, 1.5, 25];

export class MapCanvas {
  readonly canvas: HTMLCanvasElement;
  scene: Scene;
  readonly #store: Store;
  readonly #data: MapData;
  readonly #looks: Looks;
  readonly #records: RecordColumns | null;
  readonly #events: CanvasEvents;
  readonly #endings: (() => void)[] = [];
  readonly #picture = new Picture(() => this.#view());
  readonly #motion: Motion;
  #size: Size = { width: 0, height: 0 };
  #ratio = 1;
  #grid: Grid | null = null;
  #hovered: number | null = null;
  #grip: Grip | null = null;
  /** Whether the map was moved by hand since it rested. */
  #isPanned = false;
  #box: readonly [number, number, number, number] | null = null;
  /** What has to be drawn: everything, what moves with the camera, or only what is lit. */
  #stale: "all" | "view" | "lit" | null = null;
  #frame = 0;
  #resting = 0;

  constructor(
    host: HTMLElement,
    store: Store,
    data: MapData,
    looks: Looks,
    events: CanvasEvents = {},
    records: RecordColumns | null = null,
  ) {
    [this.#store, this.#data, this.#looks, this.#events, this.#records] = [store, data, looks, events, records];
    this.canvas = this.#picture.screen.canvas;
    Object.assign(this.canvas.style, { display: "block", width: "100%", height: "100%" });
    this.canvas.tabIndex = 0;
    this.canvas.setAttribute("role", "application");
    host.append(this.canvas);
    this.scene = sceneOf(data, looks, store.state, records);
    this.#motion = new Motion(store.state.camera);
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
  projection = (): Projection => projection(this.scene, this.#motion.camera, this.#size);
  names = (): Name[] => this.#picture.allNames(this.#store.state.selected);

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
    const enlarged = Math.min(SHOWN, Math.max(1, Math.sqrt(this.scene.n / IN_VIEW)));
    if (enlarged < LEAST_SHOWN && own.every(this.#isSeen)) return;
    const camera = around(
      this.scene,
      own,
      this.#size,
      Math.max(enlarged, own.length === 1 ? this.projection().zoom : 0),
    );
    if (camera) this.#fly(camera);
  }

  #isSeen = (item: number): boolean => {
    const seen = this.projection();
    const [x, y] = [seen.toX(this.scene.x[item]), seen.toY(this.scene.y[item])];
    return x > 0 && y > 0 && x < this.#size.width && y < this.#size.height;
  };

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
    this.#picture.stop();
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
    if (now.camera !== before.camera && now.camera !== this.#motion.camera) this.#fly(now.camera ?? wholeMap(scene));
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
    if (this.#picture.isThere) this.#draw(performance.now());
  }

  /**
   * The camera as it is drawn. A map that is moved by hand never lies between two pixels of its picture: that would be
   * drawn anew with other edges once it rests.
   */
  #shown(): Camera | null {
    const { camera } = this.#motion;
    if (!camera || !this.#isPanned) return camera;
    return panned(this.scene, camera, this.#size, this.#picture.toWhole(this.scene, this.projection()));
  }

  /** What is to be seen now. */
  #view(): View {
    const { scene } = this;
    const { state } = this.#store;
    return {
      scene,
      seen: projection(scene, this.#shown(), this.#size),
      size: this.#size,
      ratio: this.#ratio,
      focus: focusOf(scene, state, this.#hovered),
      selected: state.selected,
      box: this.#box,
      isMoving: this.#motion.goal !== null,
      isDragging: this.#grip !== null,
      density: ({ context }, seen, size) => paintDensity(context, scene, this.#looks, state, seen, size),
    };
  }

  #ask(what: "all" | "view" | "lit"): void {
    if (what === "all" || this.#stale === null || (what === "view" && this.#stale === "lit")) this.#stale = what;
    if (what === "all") this.#picture.stop();
    if (!this.#frame && this.#size.width > 0) this.#frame = requestAnimationFrame((time) => this.#draw(time));
  }

  #draw(time: number): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    const picture = this.#picture;
    if (this.#motion.step(time)) this.#moved();
    const stale = this.#stale;
    this.#stale = null;
    if (stale === "view") picture.drawMoving();
    else if (stale === "all") picture.drawAll();
    else if (picture.isUnfinished) picture.drawOn();
    else if (stale === "lit") picture.drawLit();
    if (this.#motion.goal) this.#ask("view");
    else if (picture.isUnfinished) this.#ask("lit");
  }

  /** The camera has moved: draw what is quick now, all once it rests. */
  #moved(): void {
    this.#ask("view");
    clearTimeout(this.#resting);
    this.#resting = window.setTimeout(() => this.#rest(), REST);
  }

  #rest(): void {
    if (this.#motion.goal) return;
    // the whole map needs no camera, so a link to it stays short
    const { camera } = this.#motion;
    if (camera && isWhole(this.scene, camera)) this.#motion.jump(null);
    else this.#motion.jump(this.#shown());
    this.#isPanned = false;
    this.#ask("all");
    this.#store.change({ camera: this.#motion.camera });
  }

  #fly(end: Camera): void {
    const start = this.#motion.camera ?? wholeMap(this.scene);
    if (isStill() || this.#size.width === 0) {
      this.#motion.jump(end);
      this.#moved();
    } else {
      this.#motion.fly(start, end);
      this.#ask("view");
    }
  }

  #zoom(at: Pixel, factor: number, smooth: boolean): void {
    const { camera, goal } = this.#motion;
    const end = zoomedAt(this.scene, goal ?? camera, this.#size, at, factor);
    if (smooth && !isStill()) {
      this.#motion.glide(camera ?? wholeMap(this.scene), end);
      this.#ask("view");
    } else {
      this.#motion.jump(end);
      this.#moved();
    }
  }

  #pan(by: Pixel): void {
    this.#motion.jump(panned(this.scene, this.#motion.camera, this.#size, by));
    this.#isPanned = true;
    this.#moved();
  }

  /** Look so many pixels further. */
  #stepBy(x: number, y: number): void {
    this.#fly(panned(this.scene, this.#motion.goal ?? this.#motion.camera, this.#size, { x: -x, y: -y }));
  }

  #itemAt(x: number, y: number, slack: number): number | null {
    this.#grid ??= gridOf(this.scene);
    return itemAt(this.scene, this.#grid, this.#picture.names, this.projection(), x, y, slack);
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
      this.#picture.names,
      this.projection(),
      this.#size,
      x,
      y,
      slack,
      touch ? LINK_SLACK.touch : LINK_SLACK.mouse,
    );
    this.#store.change(afterTap(this.#data, this.#store.state, picked, add));
  }

  #grab(x: number, y: number, any: boolean, touch: boolean): boolean {
    const item = this.#itemAt(x, y, touch ? SLACK.touch : SLACK.mouse);
    if (item === null || !(any || this.#store.state.selected.includes(item))) return false;
    this.#grip = gripOf(this.scene, this.projection(), item, x, y);
    return true;
  }

  #moveItem(x: number, y: number): void {
    if (this.#grip) this.#store.change(afterMove(this.#data, this.#store.state, this.projection(), this.#grip, x, y));
  }

  #boxed(x0: number, y0: number, x1: number, y1: number): void {
    this.#box = null;
    const inside = itemsInBox(this.scene, this.projection(), x0, y0, x1, y1);
    this.#store.change(afterBox(this.#store.state, inside));
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
        this.#grip = null;
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
      step: (x, y) => this.#stepBy(x * STEP * this.#size.width, y * STEP * this.#size.height),
      zoomBy: (factor) => this.zoomBy(factor),
      fit: () => this.fit(),
      cancel: () => {
        this.#box = null;
        this.#ask("lit");
      },
    };
  }
}

const densityDiffers = (scene: Scene, now: State, before: State): boolean =>
  scene.marks === "none" &&
  (now.kernelWidth !== before.kernelWidth || now.scoreColours !== before.scoreColours || now.view !== before.view);
