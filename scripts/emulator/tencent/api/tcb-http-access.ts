import * as v from 'valibot';
import type { CloudResponse } from '../../../cloud/models/index.ts';
import type { Cloud } from '../cloud/cloud.ts';
import type { Environment, EnvironmentDomain, Route } from '../cloud/environments.ts';
import { CloudError } from '../cloud/error.ts';
import { defaultDomain, demandHttpAccess, switchHttpAccess } from '../cloud/http-access.ts';
import { action } from './action.ts';

const text = v.exactOptional(v.string());
const flag = v.exactOptional(v.boolean());

const routeParameters = v.strictObject({
  Path: v.pipe(v.string(), v.regex(/^\/[\w./-]*$/)),
  UpstreamResourceType: v.exactOptional(
    v.picklist(['SCF', 'WEB_SCF', 'CBR', 'STATIC_STORE', 'LH']),
  ),
  UpstreamResourceName: text,
  EnableSafeDomain: flag,
  EnableAuth: flag,
  EnablePathTransmission: flag,
  Enable: flag,
});

const domainParameters = {
  EnvId: v.string(),
  Domain: v.strictObject({
    Domain: v.string(),
    AccessType: v.exactOptional(v.picklist(['DIRECT', 'CDN', 'CUSTOM', 'EO'])),
    CertId: text,
    Protocol: v.exactOptional(
      v.picklist(['HTTP', 'HTTPS', 'HTTP_AND_HTTPS', 'HTTP_TO_HTTPS', 'HTTPS_TO_HTTP']),
    ),
    CustomCname: text,
    Enable: flag,
    Routes: v.exactOptional(v.pipe(v.array(routeParameters), v.maxLength(20))),
  }),
};
type DomainParameters = v.InferOutput<(typeof domainParameters)['Domain']>;
type Described = NonNullable<CloudResponse<'tcb', 'DescribeHTTPServiceRoute'>['Domains']>[number];

/** Domains of an environment and the paths that lead to its functions, as the official SDK models them. */
export const httpAccessActions = {
  DescribeHTTPServiceRoute: action(
    {
      EnvId: v.string(),
      Filters: v.exactOptional(
        v.array(v.strictObject({ Name: v.string(), Values: v.array(v.string()) })),
      ),
      Offset: v.exactOptional(v.number()),
      Limit: v.exactOptional(v.pipe(v.number(), v.maxValue(1_000))),
    },
    (cloud, { EnvId }, { region }): CloudResponse<'tcb', 'DescribeHTTPServiceRoute'> => {
      const environment = cloud.environments.get(EnvId);
      const Domains = [
        ...(environment.httpAccess === 'absent' ? [] : [describeDefault(environment, region)]),
        ...environment.domains.map((domain) => describeOwn(environment, region, domain)),
      ];
      return { Domains, OriginDomain: originOf(environment, region), TotalCount: Domains.length };
    },
  ),
  CreateHTTPServiceRoute: action(domainParameters, async (cloud, { EnvId, Domain }, { region }) => {
    const environment = cloud.environments.get(EnvId);
    const isDefault = Domain.Domain === defaultDomain(environment, region);
    if (isDefault) {
      if (environment.httpAccess === 'absent') switchHttpAccess(environment, true);
      await addDefaultRoutes(cloud, environment, Domain);
      return {};
    }
    const known = environment.domains.find(({ name }) => name === Domain.Domain);
    if (!known) mayBeBound(cloud, Domain.Domain);
    const domain: EnvironmentDomain = known ?? {
      name: Domain.Domain,
      certificateId: Domain.CertId ?? '',
      routes: [],
      dns: 'EMPTY',
    };
    domain.routes.push(...routesOf(domain.routes, Domain));
    if (!known) environment.domains.push(domain);
    return {};
  }),
  ModifyHTTPServiceRoute: action(domainParameters, (cloud, { EnvId, Domain }, { region }) => {
    const environment = cloud.environments.get(EnvId);
    if (Domain.Domain === defaultDomain(environment, region)) {
      if (environment.httpAccess === 'absent') throw noDomain(Domain.Domain);
      if (Domain.Enable !== undefined) switchHttpAccess(environment, Domain.Enable);
      return {};
    }
    const domain = environment.domains.find(({ name }) => name === Domain.Domain);
    if (!domain) throw noDomain(Domain.Domain);
    domain.certificateId = Domain.CertId ?? domain.certificateId;
    return {};
  }),
};

/** To which the DNS of a customer's domain has to lead. */
function originOf({ envId }: Environment, region: string): string {
  return `${envId}.${region}.tcbaccess.tencentcloudbase.com`;
}

function describeDefault(environment: Environment, region: string): Described {
  return {
    Domain: defaultDomain(environment, region),
    DomainType: 'HTTPSERVICE',
    AccessType: 'DIRECT',
    IsDefault: true,
    Enable: environment.httpAccess === 'on',
    Status: 'SUCCESS',
    DNSStatus: 'OK',
    Routes: environment.routes.map(describeRoute),
  };
}

function describeOwn(
  environment: Environment,
  region: string,
  { name, certificateId, routes, dns }: EnvironmentDomain,
): Described {
  return {
    Domain: name,
    DomainType: 'HTTPSERVICE',
    AccessType: 'DIRECT',
    CertId: certificateId,
    Protocol: 'HTTP_AND_HTTPS',
    Cname: originOf(environment, region),
    IsDefault: false,
    Enable: true,
    Status: 'SUCCESS',
    DNSStatus: dns,
    Routes: routes.map(describeRoute),
  };
}

function describeRoute({ path, functionName, isWholePath }: Route) {
  return {
    Path: path,
    UpstreamResourceType: 'SCF',
    UpstreamResourceName: functionName,
    EnableAuth: false,
    EnableSafeDomain: true,
    EnablePathTransmission: isWholePath ?? false,
    Enable: true,
  };
}

function noDomain(name: string): CloudError {
  return new CloudError('ResourceNotFound', `There is no domain ${name}.`);
}

function mayBeBound({ environments }: Cloud, name: string): void {
  if (environments.unfiledDomains.has(name)) throw new CloudError('FailedOperation', '域名未备案');
}

/** @throws CloudError for a path that is taken or leads nowhere */
function routesOf(present: readonly Route[], { Routes = [] }: DomainParameters): readonly Route[] {
  return Routes.map(
    ({ Path, UpstreamResourceType, UpstreamResourceName, EnablePathTransmission }) => {
      if (UpstreamResourceType === undefined || UpstreamResourceName === undefined) {
        throw new CloudError(
          'MissingParameter',
          `${Path} needs the type and the name of a service.`,
        );
      }
      if (present.some(({ path }) => path === Path)) {
        throw new CloudError('ResourceInUse', `${Path} is taken.`);
      }
      return {
        path: Path,
        functionName: UpstreamResourceName,
        isWholePath: EnablePathTransmission ?? false,
      };
    },
  );
}

async function addDefaultRoutes(
  cloud: Cloud,
  environment: Environment,
  parameters: DomainParameters,
): Promise<void> {
  demandHttpAccess(environment);
  const { envId } = environment;
  for (const route of routesOf(environment.routes, parameters)) {
    cloud.environments.addRoute(envId, route);
    const id = { Namespace: envId, FunctionName: route.functionName };
    await cloud.functions.route(id, route.path);
  }
}
