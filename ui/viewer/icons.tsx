/** Small pictures on buttons, all of 20 × 20 in the colour of the text; screen readers pass over them. */

const PATHS = {
  search: "M9 3.5a5.5 5.5 0 1 1 0 11 5.5 5.5 0 0 1 0-11Zm4 9.5 3.8 3.8",
  clear: "m5.5 5.5 9 9m0-9-9 9",
  plus: "M10 4.5v11M4.5 10h11",
  minus: "M4.5 10h11",
  fit: "M3.5 7.5v-4h4m5 0h4v4m0 5v4h-4m-5 0h-4v-4",
  grow: "M11.5 3.5h5v5m0-5-5.5 5.5m-2.5 7.5h-5v-5m0 5 5.5-5.5",
  shrink: "M16.5 3.5 11 9m5 0h-5V4m-7.5 12.5L9 11m-5 0h5v5",
  settings: "M3.5 6h7m4 0h2m-13 8h2m4 0h7M12.5 4v4m-5 4v4",
  save: "M10 3.5v9m-3.5-3.5 3.5 3.5 3.5-3.5m-10 4v3h13v-3",
  time: "M10 3a7 7 0 1 1 0 14 7 7 0 0 1 0-14Zm0 3v4.2l2.8 1.8",
  more: "M4.5 10h.01M10 10h.01M15.5 10h.01",
  down: "m5.5 8 4.5 4.5L14.5 8",
  right: "m8 5.5 4.5 4.5L8 14.5",
  outside: "M8 4.5H4.5v11h11V12M11 3.5h5.5V9m-7 1.5 6.5-6.5",
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name }: { name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 20 20" width="20" height="20" aria-hidden="true" focusable="false">
      <path
        d={PATHS[name]}
        fill="none"
        stroke="currentColor"
        stroke-width={name === "more" ? 2.4 : 1.5}
        stroke-linecap="round"
        stroke-linejoin="round"
      />
    </svg>
  );
}
