import * as v from 'valibot';
import type { CloudResponse } from '../../../cloud/models/index.ts';
import type { Cloud } from '../cloud/cloud.ts';
import type { Endpoint } from '../cloud/domains.ts';
import { CloudError } from '../cloud/error.ts';
import { action } from './action.ts';

const named = { Domain: v.pipe(v.string(), v.regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/)) };
const endpoints = v.pipe(
  v.array(
    v.strictObject({
      Namespace: v.string(),
      FunctionName: v.string(),
      Qualifier: v.string(),
      PathMatch: v.pipe(v.string(), v.regex(/^\/(?:\*|[\w.-]+(?:\/[\w.-]+)*(?:\/\*)?)?$/)),
    }),
  ),
  v.minLength(1),
);
const described = {
  Protocol: v.picklist(['HTTP', 'HTTPS', 'HTTP&HTTPS']),
  EndpointsConfig: endpoints,
  CertConfig: v.exactOptional(v.strictObject({ CertificateId: v.exactOptional(v.string()) })),
};

/** Domains of the customer's. https://cloud.tencent.com/document/product/583/111926 */
export const domainActions = {
  GetCustomDomain: action(
    named,
    ({ domains }, { Domain }): CloudResponse<'scf', 'GetCustomDomain'> => domains.get(Domain),
  ),
  ListCustomDomains: action(
    { Offset: v.exactOptional(v.number()), Limit: v.exactOptional(v.number()) },
    ({ domains }): CloudResponse<'scf', 'ListCustomDomains'> => {
      const Domains = domains.list();
      return { Domains, Total: Domains.length };
    },
  ),
  CreateCustomDomain: action(
    { ...named, ...described },
    (cloud, { CertConfig = {}, ...domain }) => {
      if (cloud.domains.has(domain.Domain)) {
        throw new CloudError('ResourceInUse.CustomDomain', `${domain.Domain} is bound.`);
      }
      if (cloud.domains.unfiled.has(domain.Domain)) {
        throw new CloudError('FailedOperation.CustomDomain', '域名未备案');
      }
      mustHaveCertificate(domain.Protocol, CertConfig.CertificateId);
      mustLeadToFunctions(cloud, domain.EndpointsConfig);
      cloud.domains.set({ ...domain, CertConfig });
      return {};
    },
  ),
  UpdateCustomDomain: action(
    {
      ...named,
      Protocol: v.exactOptional(described.Protocol),
      EndpointsConfig: v.exactOptional(endpoints),
      CertConfig: described.CertConfig,
    },
    (cloud, changes) => {
      const domain = { ...cloud.domains.get(changes.Domain), ...changes };
      mustHaveCertificate(domain.Protocol, domain.CertConfig.CertificateId);
      mustLeadToFunctions(cloud, domain.EndpointsConfig);
      cloud.domains.set(domain);
      return {};
    },
  ),
  DeleteCustomDomain: action(named, ({ domains }, { Domain }) => {
    domains.remove(Domain);
    return {};
  }),
};

function mustHaveCertificate(protocol: string, certificateId: string | undefined): void {
  if (protocol === 'HTTP' || certificateId) return;
  throw new CloudError('InvalidParameterValue.CertConfig', 'HTTPS needs a certificate.');
}

/** A function behind a domain needs a Function URL. */
function mustLeadToFunctions({ functions }: Cloud, endpoints: readonly Endpoint[]): void {
  for (const { FunctionName, Namespace } of endpoints) {
    const { Triggers } = functions.get({ FunctionName, Namespace });
    if (Triggers.some(({ Type }) => Type === 'http')) continue;
    throw new CloudError('FailedOperation.CustomDomain', `${FunctionName} has no function URL.`);
  }
}
