/** How a part of the page follows the picture, which is drawn after the state has changed. */

import { useEffect, useState } from "preact/hooks";

const REST = 150; // milliseconds

/** A value of the picture, read when nothing has changed for a moment: the picture follows the state a frame later. */
export function useRested<Value>(read: () => Value, ...changes: unknown[]): Value {
  const [value, setValue] = useState(read);
  useEffect(() => {
    const timer = setTimeout(() => setValue(read()), REST);
    return () => clearTimeout(timer);
  }, changes);
  return value;
}
