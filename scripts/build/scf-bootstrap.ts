/** What SCF and CloudBase run to start an HTTP function; it must be executable. */
export const BOOTSTRAP_FILE = 'scf_bootstrap';

/**
 * Where the images of the runtimes keep Node.js, the newest first: the `node` of the path may be an
 * older one. https://cloud.tencent.com/document/product/583/56126
 */
const VERSIONS = [24, 22, 20] as const;

/** The script becomes the server, which so gets the platform's signals itself. */
export function bootstrapOf(): string {
  const places = VERSIONS.map((version) => `/var/lang/node${version}/bin/node`);
  return `#!/bin/sh
for node in ${places.join(' ')}; do
  [ -x "$node" ] && exec "$node" server.js
done
exec node server.js
`;
}
