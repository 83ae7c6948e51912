/** The camera on its way: flights to a place, and steps of the wheel that end softly. */
import { between } from "./camera.ts";
import type { Camera } from "./state.ts";

const FLIGHT = 450; // milliseconds
const SMOOTH = 55; // milliseconds in which two thirds of a step of the wheel are gone
const LONGEST_FRAME = 50; // milliseconds: after a pause, nothing jumps

export class Motion {
  /** Null shows the whole map. */
  camera: Camera | null;
  /** Where the camera is going, or null where it rests. */
  goal: Camera | null = null;
  #flight: { start: Camera; since: number } | null = null;
  #time = 0;

  constructor(camera: Camera | null) {
    this.camera = camera;
  }

  /** Be somewhere at once. */
  jump(camera: Camera | null): void {
    [this.camera, this.goal, this.#flight] = [camera, null, null];
  }

  /** Fly from one place to another, at one pace. */
  fly(start: Camera, end: Camera): void {
    [this.goal, this.#flight] = [end, { start, since: performance.now() }];
  }

  /** Go on to a place, the slower the nearer. */
  glide(start: Camera, end: Camera): void {
    [this.camera, this.goal, this.#flight] = [start, end, null];
  }

  /** Move on to a time; tells whether the camera has moved. */
  step(time: number): boolean {
    const elapsed = Math.min(time - this.#time, LONGEST_FRAME);
    this.#time = time;
    if (!this.goal) return false;
    if (this.#flight) this.#flyOn(this.goal, this.#flight, time);
    else if (this.camera) this.#glideOn(this.goal, this.camera, elapsed);
    return true;
  }

  #flyOn(goal: Camera, { start, since }: { start: Camera; since: number }, time: number): void {
    const share = Math.min(1, Math.max(0, (time - since) / FLIGHT));
    if (share >= 1) this.jump(goal);
    else this.camera = between(start, goal, share * share * (3 - 2 * share));
  }

  #glideOn(goal: Camera, now: Camera, elapsed: number): void {
    if (Math.abs(Math.log(goal.zoom / now.zoom)) < 0.004) this.jump(goal);
    else this.camera = between(now, goal, 1 - Math.exp(-elapsed / SMOOTH));
  }
}

/** Whether the reader has asked for a screen on which nothing moves by itself. */
export const isStill = (): boolean => window.matchMedia?.("(prefers-reduced-motion: reduce)").matches ?? false;
