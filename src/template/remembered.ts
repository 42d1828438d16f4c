/** Where results are kept. */
interface Memory<Key, Value> {
  has(key: Key): boolean;
  get(key: Key): Value | undefined;
  set(key: Key, value: Value): unknown;
}

/** The result of a computation, made once for each key. */
export function remembered<Key, Value>(memory: Memory<Key, Value>, key: Key, compute: () => Value): Value {
  if (!memory.has(key)) { memory.set(key, compute()); }
  return memory.get(key) as Value;
}
