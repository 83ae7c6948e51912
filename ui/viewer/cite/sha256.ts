/**
 * SHA-256 (FIPS 180-4) of a text, in hexadecimal. The browser's own is not there on pages without a secure origin,
 * and keys of records must be those that Benang writes.
 */
const ROOT = (prime: number, power: number): number => Math.floor((prime ** power % 1) * 2 ** 32) | 0;
const PRIMES = [...Array(312).keys()].filter((n) => n > 1 && [...Array(n).keys()].every((of) => of < 2 || n % of));
const START = PRIMES.slice(0, 8).map((prime) => ROOT(prime, 1 / 2));
const ROUNDS = PRIMES.slice(0, 64).map((prime) => ROOT(prime, 1 / 3));

export function sha256(text: string): string {
  const state = [...START];
  const words = padded(new TextEncoder().encode(text));
  for (let at = 0; at < words.length; at += 16) compress(state, words.subarray(at, at + 16));
  return state.map((word) => (word >>> 0).toString(16).padStart(8, "0")).join("");
}

function padded(bytes: Uint8Array): Int32Array {
  const words = new Int32Array(16 * Math.ceil((bytes.length + 9) / 64));
  const put = (at: number, byte: number): void => {
    words[at >> 2] |= byte << (24 - 8 * (at % 4));
  };
  bytes.forEach((byte, at) => {
    put(at, byte);
  });
  put(bytes.length, 0x80);
  words[words.length - 2] = Math.floor(bytes.length / 2 ** 29);
  words[words.length - 1] = bytes.length << 3;
  return words;
}

const turned = (word: number, by: number): number => (word >>> by) | (word << (32 - by));

function compress(state: number[], block: Int32Array): void {
  const words = [...block];
  for (let at = 16; at < 64; at++) {
    const [early, late] = [words[at - 15], words[at - 2]];
    const one = turned(early, 7) ^ turned(early, 18) ^ (early >>> 3);
    const other = turned(late, 17) ^ turned(late, 19) ^ (late >>> 10);
    words.push((words[at - 16] + one + words[at - 7] + other) | 0);
  }
  let [a, b, c, d, e, f, g, h] = state;
  for (let at = 0; at < 64; at++) {
    const mixed = turned(e, 6) ^ turned(e, 11) ^ turned(e, 25);
    const first = (h + mixed + ((e & f) ^ (~e & g)) + ROUNDS[at] + words[at]) | 0;
    const second = ((turned(a, 2) ^ turned(a, 13) ^ turned(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    [a, b, c, d, e, f, g, h] = [(first + second) | 0, a, b, c, (d + first) | 0, e, f, g];
  }
  [a, b, c, d, e, f, g, h].forEach((word, at) => {
    state[at] = (state[at] + word) | 0;
  });
}
