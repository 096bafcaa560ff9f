import { type CloudApi, CloudApiError } from '../../cloud/api.ts';
import type { CloudRequest, CloudTypes } from '../../cloud/models/index.ts';

import { type CustomDomain, domainHint } from '../../project/domain.ts';

export interface HttpAccessOptions {
  readonly api: CloudApi;
  readonly envId: string;
  readonly region: string;
}

/** A path of a domain, and the function that answers there. */
export interface Route {
  readonly path: string;
  readonly functionName: string;
  /** Whether the function sees the whole path, or only what comes after `path`. */
  readonly isWholePath: boolean;
}

type Domain = CloudTypes['tcb']['HTTPServiceDomain'];
type DomainParameters = CloudRequest<'tcb', 'CreateHTTPServiceRoute'>['Domain'];

/** As many as the cloud lists at once. */
const LIMIT = 1_000;

/** The HTTP access of a CloudBase environment: its domains, and the paths that lead to functions. */
export function createHttpAccess({ api, envId, region }: HttpAccessOptions) {
  return { open, route, domains, bind, tell };

  async function domains(): Promise<readonly Domain[]> {
    const { Domains } = await api('tcb', 'DescribeHTTPServiceRoute', {
      EnvId: envId,
      Limit: LIMIT,
    });
    return Domains ?? [];
  }

  /**
   * Switches HTTP access on where it is off, as in a fresh environment.
   *
   * @returns the default domain of the environment
   * @throws Error that says where to click, if the cloud does not let it be switched on
   */
  async function open(): Promise<string> {
    const found = (await domains()).find(({ IsDefault, Domain }) => IsDefault && Domain);
    if (found?.Domain && found.Enable !== false) return found.Domain;
    const name = found?.Domain ?? `${envId}.${region}.app.tcloudbase.com`;
    const action = found ? 'ModifyHTTPServiceRoute' : 'CreateHTTPServiceRoute';
    try {
      await api('tcb', action, { EnvId: envId, Domain: { Domain: name, Enable: true } });
    } catch (error) {
      if (!(error instanceof CloudApiError)) throw error;
      throw new Error(
        `HTTP access of ${envId} is off, and could not be switched on: ${error.message} Switch it on at https://tcb.cloud.tencent.com/dev?envId=${envId}#/env/http-access, and run the same command again.`,
      );
    }
    return name;
  }

  /**
   * Makes the paths of a domain lead to their functions; other paths of the domain stay as they are.
   *
   * @throws Error if a path leads to something that is no function of ours to move
   */
  async function route(
    domain: string,
    wanted: readonly Route[],
    more: Partial<DomainParameters> = {},
  ) {
    const found = (await domains()).find(({ Domain }) => Domain === domain);
    const present = new Map((found?.Routes ?? []).map((each) => [each.Path, each]));
    const missing = wanted.filter(({ path }) => !present.has(path));
    const different = wanted.filter(({ path, functionName }) => {
      const route = present.get(path);
      return route !== undefined && route.UpstreamResourceName !== functionName;
    });
    if (different.length > 0) {
      const taken = different.map(
        ({ path }) => `${path} leads to ${present.get(path)?.UpstreamResourceName}`,
      );
      throw new Error(
        `Of ${domain}, ${taken.join(', ')}: delete that path in the console of CloudBase (HTTP access), and run the same command again.`,
      );
    }
    const isSame = found?.CertId === (more.CertId ?? found?.CertId);
    if (found && isSame && missing.length === 0) return;
    // Paths are added by Create, to a domain that is there too; the rest of a domain by Modify.
    if (found && !isSame) {
      await api('tcb', 'ModifyHTTPServiceRoute', {
        EnvId: envId,
        Domain: { Domain: domain, ...more },
      });
    }
    if (found && missing.length === 0) return;
    await api('tcb', 'CreateHTTPServiceRoute', {
      EnvId: envId,
      Domain: { Domain: domain, ...(found ? {} : more), Routes: missing.map(parametersOf) },
    });
  }

  /** Binds a domain of the account's own, and makes its paths lead to the functions. */
  async function bind({ name, certificateId, routes }: CustomDomain): Promise<void> {
    const wanted = Object.entries(routes).map(([pattern, functionName]) => ({
      path: pattern.replace(/\/?\*$/, '') || '/',
      functionName,
      // The functions know their paths by the whole of them: /v1/…, /health, /MP_verify_….txt.
      isWholePath: true,
    }));
    const more = { AccessType: 'DIRECT', Protocol: 'HTTP_AND_HTTPS', CertId: certificateId };
    try {
      await route(name, wanted, more);
    } catch (error) {
      if (!(error instanceof CloudApiError)) throw error;
      throw new Error(
        `The functions are deployed, but ${name} could not be bound: ${error.message}${domainHint(name, error.message)}`,
      );
    }
  }

  /** Where the functions are at the domain, or what its DNS lacks. */
  async function tell({ name, routes }: CustomDomain): Promise<readonly string[]> {
    const found = (await domains()).find(({ Domain }) => Domain === name);
    const places = Object.entries(routes).map(([at, fn]) => `${fn}: https://${name}${at}`);
    if (found?.DNSStatus === 'OK') return places;
    return [
      ...places,
      `${name} does not lead there yet: make a CNAME record of it that leads to ${found?.Cname}.`,
    ];
  }
}

function parametersOf({ path, functionName, isWholePath }: Route) {
  return {
    Path: path,
    UpstreamResourceType: 'SCF',
    UpstreamResourceName: functionName,
    // The functions check every request themselves: WeChat's signature, a client's, the bearer key.
    EnableAuth: false,
    EnablePathTransmission: isWholePath,
    Enable: true,
  };
}

export type HttpAccess = ReturnType<typeof createHttpAccess>;
