/** Parts of the bar: the tabs of views, and buttons that show and hide something. */

import { Icon, type IconName } from "./icons.tsx";
import type { Store, ViewName } from "./state.ts";
import { Tabs } from "./tabs.tsx";
import { useStore } from "./use_store.ts";
import { t } from "./words.ts";

export const VIEWS: readonly ViewName[] = ["network", "overlay", "density", "cluster-density"];

export function viewTabs() {
  return [
    { value: "network" as const, label: t("Network") },
    { value: "overlay" as const, label: t("Overlay") },
    { value: "density" as const, label: t("Density") },
    { value: "cluster-density" as const, label: t("Cluster density") },
  ];
}

export function ViewTabs({ store }: { store: Store }) {
  const { view } = useStore(store, "view");
  return (
    <div class="views">
      <Tabs
        label={t("View")}
        tabs={viewTabs()}
        chosen={view}
        controls="map"
        onChoose={(one) => store.change({ view: one })}
      />
    </div>
  );
}

interface ToggleProps {
  label: string;
  icon: IconName;
  isOn: boolean;
  onToggle: () => void;
}

export function Toggle({ label, icon, isOn, onToggle }: ToggleProps) {
  return (
    <button type="button" class="tool" aria-expanded={isOn} aria-label={label} title={label} onClick={onToggle}>
      <Icon name={icon} />
      <span class="tool-name">{label}</span>
    </button>
  );
}
