import { CloudApiError, unlessMissing } from '../../cloud/api.ts';
import type { CloudTypes } from '../../cloud/models/index.ts';
import { type CustomDomain, domainHint } from '../../project/domain.ts';
import type { Cloud } from './cloud.ts';

export interface DomainOptions {
  readonly cloud: Pick<Cloud, 'scf' | 'region' | 'appid'>;
  readonly domain: CustomDomain;
  /** The name that a function of serverless.yml has in the cloud. */
  readonly deployedName: (name: string) => string;
  readonly resolveCname: (name: string) => Promise<readonly string[]>;
}

type Endpoint = CloudTypes['scf']['EndpointsConf'];

/**
 * Makes the paths of a domain of the account's own lead to the functions of this stage. Paths of which
 * serverless.yml says nothing stay as they are; those of another stage move, so that an address outlives
 * the functions behind it.
 *
 * @returns what was done, for the user
 * @throws Error that says what is missing: the DNS record, the ICP filing, the certificate
 */
export async function bindDomain(options: DomainOptions): Promise<readonly string[]> {
  const { cloud, domain, deployedName } = options;
  const wanted = Object.entries(domain.routes).map(([PathMatch, name]) => ({
    Namespace: 'default',
    FunctionName: deployedName(name),
    Qualifier: '$LATEST',
    PathMatch,
  }));
  const present = await find(cloud, domain.name);
  if (!present) await checkCname(options);
  const others = (present?.EndpointsConfig ?? []).filter(
    ({ PathMatch }) => !wanted.some((each) => each.PathMatch === PathMatch),
  );
  const parameters = {
    Domain: domain.name,
    Protocol: 'HTTPS',
    CertConfig: { CertificateId: domain.certificateId },
    EndpointsConfig: [...wanted, ...others],
  };
  const moved = wanted.flatMap(({ PathMatch, FunctionName }) => {
    const before = endpointAt(present?.EndpointsConfig, PathMatch)?.FunctionName;
    if (before === FunctionName) return [];
    const from = before === undefined ? '' : `, which was ${before}`;
    return [`https://${domain.name}${PathMatch} is ${FunctionName}${from}`];
  });
  const isSame =
    present?.Protocol === 'HTTPS' && present.CertConfig?.CertificateId === domain.certificateId;
  if (isSame && moved.length === 0) return [];
  try {
    await cloud.scf(present ? 'UpdateCustomDomain' : 'CreateCustomDomain', parameters);
  } catch (error) {
    if (!(error instanceof CloudApiError)) throw error;
    throw new Error(
      `The functions are deployed, but ${domain.name} could not be bound: ${error.message}${domainHint(domain.name, error.message)}`,
    );
  }
  return moved.length > 0 ? moved : [`https://${domain.name} has its certificate changed`];
}

function endpointAt(endpoints: readonly Endpoint[] | undefined, path: string) {
  return endpoints?.find(({ PathMatch }) => PathMatch === path);
}

function find(cloud: DomainOptions['cloud'], Domain: string) {
  return unlessMissing(cloud.scf('GetCustomDomain', { Domain }));
}

/** SCF binds a name only once it leads to SCF. */
async function checkCname({ cloud, domain, resolveCname }: DomainOptions): Promise<void> {
  if (domain.checkCname === false) return;
  const target = `${await cloud.appid()}.${cloud.region}.tencentscf.com`;
  const found = await resolveCname(domain.name).catch((error: unknown) => {
    const { code } = error as { readonly code?: string };
    if (code === 'ENODATA' || code === 'ENOTFOUND') return [];
    throw new Error(
      `The DNS records of ${domain.name} could not be read (${code}). Run the same command again, or set checkCname: false in serverless.yml if this machine cannot ask a DNS server.`,
    );
  });
  if (found.some((name) => name.replace(/\.$/, '').toLowerCase() === target)) return;
  const now = found.length > 0 ? `leads to ${found.join(', ')}` : 'has no CNAME record';
  throw new Error(
    `The functions are deployed, but ${domain.name} ${now}: make a CNAME record of it that leads to ${target}, wait until it is known, and run the same command again. Behind a CDN set checkCname: false in serverless.yml.`,
  );
}
