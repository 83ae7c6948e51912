/** A row of tabs: one is chosen, arrow keys go to the next, Tab leaves the row. */

import { walk } from "./menu.tsx";

export interface Tab<Value extends string> {
  value: Value;
  label: string;
}

interface Props<Value extends string> {
  label: string;
  tabs: readonly Tab<Value>[];
  /** null where none of them is shown. */
  chosen: Value | null;
  controls: string;
  onChoose: (value: Value) => void;
}

export function Tabs<Value extends string>({ label, tabs, chosen, controls, onChoose }: Props<Value>) {
  const reachable = chosen ?? tabs[0].value;
  return (
    <div
      role="tablist"
      aria-label={label}
      tabIndex={-1}
      onKeyDown={(event) => {
        if (!walk(event)) return;
        event.preventDefault();
        event.stopPropagation();
      }}
    >
      {tabs.map(({ value, label: name }) => (
        <button
          key={value}
          type="button"
          role="tab"
          id={`${controls}-${value}`}
          aria-selected={value === chosen}
          aria-controls={controls}
          tabIndex={value === reachable ? 0 : -1}
          onClick={() => onChoose(value)}
        >
          {name}
        </button>
      ))}
    </div>
  );
}
