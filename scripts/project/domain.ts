import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { fillIn } from './functions.ts';

/** A domain of the account's own, as `provider.domain` of serverless.yml has it. */
export interface CustomDomain {
  readonly name: string;
  /** Of the certificate in Tencent's SSL console. */
  readonly certificateId: string;
  /** Which function answers where: `/v1/*` is every path below `/v1/`. */
  readonly routes: Readonly<Record<string, string>>;
  /** Whether a deploy looks first where the name leads; not so behind a CDN. */
  readonly checkCname?: boolean;
}

type Env = Readonly<Record<string, string | undefined>>;

/** The domain of serverless.yml; undefined if it has no name. @throws Error for a half domain */
export function readDomain(root: string, env: Env): CustomDomain | undefined {
  const file = readFileSync(path.join(root, 'serverless.yml'), 'utf8');
  const { domain } = (parse(file) as { readonly provider: { readonly domain?: CustomDomain } })
    .provider;
  if (!domain) return undefined;
  return checkedDomain({
    ...domain,
    name: fillIn(domain.name, env),
    certificateId: fillIn(domain.certificateId, env),
  });
}

/** @throws Error if it has a name that is none, or no certificate */
export function checkedDomain(domain: CustomDomain | undefined): CustomDomain | undefined {
  if (!domain?.name) return undefined;
  if (!/^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/.test(domain.name)) {
    throw new Error(
      `CUSTOM_DOMAIN is ${domain.name}, but must be a name such as bot.example.com: no https://, no path, no *.`,
    );
  }
  if (!domain.certificateId) {
    throw new Error(
      `CUSTOM_DOMAIN has no certificate: apply for one for ${domain.name} at https://console.cloud.tencent.com/ssl, which costs nothing, and put its id into CUSTOM_DOMAIN_CERTIFICATE.`,
    );
  }
  return domain;
}

/** What to do about a domain that the cloud refused, for the causes that everyone meets. */
export function domainHint(name: string, message: string): string {
  if (/备案|ICP/i.test(message)) {
    return ` ${name} has no ICP filing that Tencent Cloud knows: docs/domains.md says how to get one.`;
  }
  if (/certificate|CertConfig|CertId|证书/i.test(message)) {
    return ` CUSTOM_DOMAIN_CERTIFICATE must be the id of a certificate for ${name}, of this account: https://console.cloud.tencent.com/ssl.`;
  }
  return '';
}
