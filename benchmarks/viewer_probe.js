// Looks at a page's canvases from within, whatever draws on them: when their picture is complete, and how long each
// frame took. Put into both viewers before anything of theirs runs.
window.probe = (() => {
  const [ACROSS, ALONG, LARGE] = [320, 200, 300]; // pixels of a sample; canvases narrower than the last are legends
  const sheet = new OffscreenCanvas(ACROSS, ALONG).getContext("2d", { willReadFrequently: true });
  sheet.imageSmoothingEnabled = false;

  const rootsIn = (root) => [
    root,
    ...[...root.querySelectorAll("*")].flatMap((one) => (one.shadowRoot ? rootsIn(one.shadowRoot) : [])),
  ];

  const canvasesIn = (root) =>
    rootsIn(root)
      .flatMap((one) => [...one.querySelectorAll("canvas")])
      .filter((one) => one.clientWidth > LARGE && one.width > 0 && one.height > 0);

  function sample() {
    sheet.fillStyle = "#fff";
    sheet.fillRect(0, 0, ACROSS, ALONG);
    for (const one of canvasesIn(document)) sheet.drawImage(one, 0, 0, ACROSS, ALONG);
    return new Uint32Array(sheet.getImageData(0, 0, ACROSS, ALONG).data.buffer);
  }

  const inked = (picture) => picture.reduce((sum, pixel) => sum + (pixel !== picture[0]), 0);

  function unlike(one, other) {
    let sum = 0;
    for (let at = 0; at < one.length; at++) {
      if (one[at] === other[at]) continue;
      for (let shift = 0; shift < 24; shift += 8) {
        if (Math.abs(((one[at] >> shift) & 255) - ((other[at] >> shift) & 255)) > 32) {
          sum++;
          break;
        }
      }
    }
    return sum;
  }

  // Resolves once nothing has changed for so many milliseconds, with the time from which on the picture differed from
  // the one that stays by no more than a share of its ink.
  function complete(still, share = 0.01) {
    const begun = performance.now();
    return new Promise((resolve) => {
      const seen = []; // [time, picture] of each change
      let [changed, frames] = [performance.now(), 0];
      const look = () => {
        const now = performance.now();
        const picture = sample();
        if (seen.length === 0 || unlike(picture, seen[seen.length - 1][1]) > 0) {
          seen.push([now, picture]);
          [changed, frames] = [now, 0];
        }
        frames++;
        const ink = inked(picture);
        if (ink < 0.002 * picture.length || now - changed < still || frames < 20) return requestAnimationFrame(look);
        let at = seen.length - 1;
        while (at > 0 && unlike(seen[at - 1][1], picture) <= share * ink) at--;
        resolve({ begun, time: seen[at][0], last: seen[seen.length - 1][0], ink: ink / picture.length });
      };
      requestAnimationFrame(look);
    });
  }

  // Frames from now until stop(): the milliseconds between them.
  function frames() {
    const times = [performance.now()];
    let on = true;
    const count = () => {
      times.push(performance.now());
      if (on) requestAnimationFrame(count);
    };
    requestAnimationFrame(count);
    return () => {
      on = false;
      return times.slice(1).map((time, at) => time - times[at]);
    };
  }

  let moved = 0;
  for (const name of ["pointermove", "pointerup", "mousemove", "mouseup", "wheel"]) {
    addEventListener(name, () => (moved = performance.now()), { capture: true, passive: true });
  }

  let typed = 0;
  addEventListener("input", () => (typed = performance.now()), { capture: true });

  // Resolves with the milliseconds from the last input to the first frame in which the text stands in a list.
  function listed(text, selector, limit) {
    const roots = rootsIn(document);
    const texts = () => roots.flatMap((root) => [...root.querySelectorAll(selector)]).map((one) => one.textContent);
    const isThere = () => texts().some((one) => one.toLowerCase().includes(text.toLowerCase()));
    return new Promise((resolve) => {
      const began = performance.now();
      const look = () => {
        const now = performance.now();
        if (typed > 0 && isThere()) resolve(now - typed);
        else if (now - began > limit) resolve(null);
        else requestAnimationFrame(look);
      };
      typed = 0;
      requestAnimationFrame(look);
    });
  }

  function middle() {
    const boxes = canvasesIn(document).map((one) => one.getBoundingClientRect());
    const { x, y, width, height } = boxes.sort((one, other) => other.width - one.width)[0];
    return [x + width / 2, y + height / 2];
  }

  return { complete, middle, frames, listed, lastMove: () => moved };
})();
