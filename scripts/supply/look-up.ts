/** A package as package-lock.json has it. */
export interface LockedPackage {
  readonly name: string;
  readonly version: string;
  readonly licence: string | undefined;
  readonly isDevelopment: boolean;
}

/** What is known without asking anybody, kept in `known.json`. */
export interface Known {
  readonly licences: {
    /** For what may be deployed. */
    readonly allowed: readonly string[];
    /** And for tools of the development. */
    readonly development: readonly string[];
    /** Packages under another licence, or that name none as SPDX has it, and why they may be used. */
    readonly exceptions: Readonly<Record<string, string>>;
  };
  readonly advisories: readonly {
    readonly package: string;
    /** The first version without the fault. */
    readonly below: string;
    readonly id: string;
  }[];
}

interface Lock {
  readonly packages: Readonly<
    Record<
      string,
      {
        readonly version?: string;
        readonly license?: string | readonly string[];
        readonly dev?: boolean;
        readonly name?: string;
      }
    >
  >;
}

/** The packages of a lockfile, the project itself left out. */
export function packagesOf({ packages }: Lock): readonly LockedPackage[] {
  return Object.entries(packages)
    .filter(([place]) => place !== '')
    .map(([place, { version = '', license, dev = false, name }]) => ({
      name: name ?? place.replace(/^.*node_modules\//, ''),
      version,
      // Old packages have a list.
      licence: license === undefined ? undefined : [license].flat().join(),
      isDevelopment: dev,
    }));
}

/** Packages under a licence that nobody has allowed. */
export function licenceProblems(
  packages: readonly LockedPackage[],
  { licences }: Known,
): readonly string[] {
  return packages.flatMap(({ name, version, licence = 'no licence', isDevelopment }) => {
    const allowed = [...licences.allowed, ...(isDevelopment ? licences.development : [])];
    const isAllowed = holds(licence, allowed) || Object.hasOwn(licences.exceptions, name);
    return isAllowed ? [] : [`${name} ${version} is under ${licence}.`];
  });
}

/** Packages of which a fault is in the committed list. */
export function knownFaults(
  packages: readonly LockedPackage[],
  { advisories }: Known,
): readonly string[] {
  return packages.flatMap(({ name, version }) =>
    advisories
      .filter((each) => each.package === name && isBelow(version, each.below))
      .map(({ id, below }) => `${name} ${version}: ${id}, mended in ${below}.`),
  );
}

/** What `npm audit --json` has found; `undefined` if the registry offers no such look-up. */
export function auditFaults(output: string): readonly string[] | undefined {
  try {
    const { vulnerabilities } = JSON.parse(output) as {
      readonly vulnerabilities?: Readonly<
        Record<string, { readonly severity: string; readonly range: string }>
      >;
    };
    if (!vulnerabilities) return undefined;
    return Object.entries(vulnerabilities).map(
      ([name, { severity, range }]) => `${name} ${range}: ${severity}.`,
    );
  } catch {
    return undefined;
  }
}

/** An SPDX expression of names, AND and OR. */
function holds(expression: string, allowed: readonly string[]): boolean {
  const bare = expression.replace(/^\((.*)\)$/, '$1');
  return bare
    .split(' OR ')
    .some((choice) => choice.split(' AND ').every((name) => allowed.includes(name.trim())));
}

/** Of plain versions; what comes behind a dash or a plus does not count. */
function isBelow(version: string, limit: string): boolean {
  const parts = (text: string) => (text.split(/[-+]/, 1)[0] ?? '').split('.').map(Number);
  const [own, other] = [parts(version), parts(limit)];
  for (const [at, part] of other.entries()) {
    const mine = own[at] ?? 0;
    if (mine !== part) return mine < part;
  }
  return false;
}
