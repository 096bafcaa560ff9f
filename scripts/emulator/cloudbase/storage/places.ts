/** Where a file is: the environment and the path in its storage. */
export interface Place {
  readonly envId: string;
  readonly cloudPath: string;
}

const PREFIX = '/storage/';

/** `cloud://<env>.<bucket>/<path>`, the id that the SDKs hand out. */
export function fileIdOf({ envId, cloudPath }: Place): string {
  return `cloud://${envId}.${bucketOf(envId)}/${cloudPath}`;
}

/** `undefined` if it is not the id of a file in this environment. */
export function cloudPathOf(envId: string, fileId: unknown): string | undefined {
  const prefix = fileIdOf({ envId, cloudPath: '' });
  return typeof fileId === 'string' && fileId.startsWith(prefix)
    ? fileId.slice(prefix.length)
    : undefined;
}

/** The request path of a file, percent-encoded. */
export function encodePlace({ envId, cloudPath }: Place): string {
  return PREFIX + [envId, ...cloudPath.split('/')].map(encodeURIComponent).join('/');
}

/** The SDKs encode a download URL themselves, so it is given to them as it is. */
export function plainPlace({ envId, cloudPath }: Place): string {
  return `${PREFIX}${envId}/${cloudPath}`;
}

export function decodePlace(pathname: string): Place | undefined {
  if (!pathname.startsWith(PREFIX)) return undefined;
  const [envId = '', ...steps] = pathname.slice(PREFIX.length).split('/').map(decodeStep);
  return { envId, cloudPath: steps.join('/') };
}

/** Text that is not percent-encoded stands for itself. */
export function decodeStep(step: string): string {
  try {
    return decodeURIComponent(step);
  } catch {
    return step;
  }
}

function bucketOf(envId: string): string {
  return `636c-${envId}-1250000000`;
}
