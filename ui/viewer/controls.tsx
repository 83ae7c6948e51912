/** Fields of the settings: a choice, a slider, a number, a switch. Each has its label, and says its value. */

import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";

interface Named {
  label: string;
}

export interface Option {
  value: string;
  label: string;
}

export function Choice(
  props: Named & { value: string; options: readonly Option[]; onChange: (value: string) => void },
) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{props.label}</label>
      <select id={id} value={props.value} onChange={(event) => props.onChange(event.currentTarget.value)}>
        {props.options.map(({ value, label }) => (
          <option key={value} value={value} selected={value === props.value}>
            {label}
          </option>
        ))}
      </select>
    </div>
  );
}

interface Range {
  min: number;
  max: number;
  step: number | "any";
}

export function Slider(props: Named & Range & { value: number; said: string; onChange: (value: number) => void }) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{props.label}</label>
      <span class="slider">
        <input
          id={id}
          type="range"
          min={props.min}
          max={props.max}
          step={props.step}
          value={props.value}
          aria-valuetext={props.said}
          onInput={(event) => props.onChange(event.currentTarget.valueAsNumber)}
        />
        <output for={id}>{props.said}</output>
      </span>
    </div>
  );
}

/** A number that is taken when it is within its range, and may be left empty where nothing is a choice, too. */
export function NumberField(
  props: Named & Range & { value: number | null; placeholder?: string; onChange: (value: number | null) => void },
) {
  const id = useId();
  const take = (input: HTMLInputElement) => {
    if (input.value === "") return props.onChange(null);
    if (input.validity.valid) props.onChange(input.valueAsNumber);
  };
  return (
    <div class="field">
      <label for={id}>{props.label}</label>
      <input
        id={id}
        type="number"
        min={props.min}
        max={props.max}
        step={props.step}
        value={props.value ?? ""}
        placeholder={props.placeholder ?? ""}
        onChange={(event) => take(event.currentTarget)}
      />
    </div>
  );
}

export function Switch(props: Named & { checked: boolean; onChange: (checked: boolean) => void }) {
  return (
    <label class="switch">
      <input
        type="checkbox"
        checked={props.checked}
        onChange={(event) => props.onChange(event.currentTarget.checked)}
      />
      <span>{props.label}</span>
    </label>
  );
}

export function Group(props: { title: string; children: ComponentChildren }) {
  return (
    <fieldset>
      <legend>{props.title}</legend>
      {props.children}
    </fieldset>
  );
}
