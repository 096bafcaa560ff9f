import { useEffect, useState } from 'preact/hooks';

const SETTLES_MS = 500;

/** The value once nobody has changed it for half a second, so that not each key asks the function. */
export function useSettled<Value>(value: Value): Value {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), SETTLES_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}
