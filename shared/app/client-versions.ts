import { type AuditWorld, auditCollection, hashOf, splitSubject } from './audit.ts';

const CLIENT_CHANGES = ['add', 'change', 'rotate', 'disable'].map((name) => `proxy-client ${name}`);
/** Of the changes of clients; an older last change is not looked at. */
const MAX_CHANGES = 1_000;

/**
 * The version of each client that its last change has left. An entry that was not written with the key of
 * the account says nothing, and the log says so.
 */
export async function clientVersions({
  store,
  binder,
  log,
}: Pick<AuditWorld, 'store' | 'binder' | 'log'>): Promise<ReadonlyMap<string, number>> {
  const found = await store.query(auditCollection, {
    filter: { action: { in: CLIENT_CHANGES } },
    order: [{ field: '_id', direction: 'desc' }],
    limit: MAX_CHANGES,
  });
  const versions = new Map<string, number>();
  for (const { doc } of found) {
    const { hash, ...entry } = doc;
    if (hashOf(binder, entry) !== hash) {
      log.error('document refused', { reason: auditCollection.name, details: { at: doc.number } });
      continue;
    }
    // An entry of a release before versions has none.
    const [id, , version] = splitSubject(doc.subject ?? '');
    versions.set(id, Math.max(versions.get(id) ?? 0, version));
  }
  return versions;
}
