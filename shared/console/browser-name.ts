const browsers = [
  [/MicroMessenger\//, 'WeChat'],
  [/Edg\//, 'Edge'],
  [/OPR\//, 'Opera'],
  [/Firefox\//, 'Firefox'],
  [/Chrome\//, 'Chrome'],
  [/Safari\//, 'Safari'],
] as const;

const systems = [
  [/iPhone|iPad/, 'iOS'],
  [/Android/, 'Android'],
  [/Windows/, 'Windows'],
  [/Mac OS X/, 'macOS'],
  [/Linux/, 'Linux'],
] as const;

/** By which words somebody knows a browser of his own in a list: `Chrome, Windows`. Never what was sent. */
export function browserName(userAgent: string | undefined): string {
  const found = [browsers, systems].map((table) =>
    table.find(([pattern]) => pattern.test(userAgent ?? '')),
  );
  return found.map((row) => row?.[1] ?? '?').join(', ');
}
