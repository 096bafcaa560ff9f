/**
 * Long runs that mostly wait, such as for a lease: the first that is asked for starts all of them, and
 * each test looks at the report of its own.
 */
export function atOnce<Key, Report>(
  keys: readonly Key[],
  start: (key: Key) => Promise<Report>,
): (key: Key) => Promise<Report> {
  let running: ReadonlyMap<Key, Promise<Report>> | undefined;
  return (key) => {
    running ??= new Map(keys.map((each) => [each, started(each)]));
    return running.get(key) ?? start(key);
  };

  function started(key: Key): Promise<Report> {
    const report = start(key);
    // It fails the test that looks at it, and until then nothing.
    report.catch(() => undefined);
    return report;
  }
}
