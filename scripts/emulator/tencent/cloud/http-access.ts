import type { Environment } from './environments.ts';
import { CloudError } from './error.ts';

export function defaultDomain({ envId }: Pick<Environment, 'envId'>, region: string): string {
  return `${envId}.${region}.app.tcloudbase.com`;
}

/** @throws CloudError in an environment that does not let its HTTP access be switched. */
export function switchHttpAccess(environment: Environment, isOn: boolean): void {
  if (!environment.canOpenHttpAccess) throw notOpen();
  environment.httpAccess = isOn ? 'on' : 'off';
}

/** @throws CloudError where HTTP access is off: paths cannot be made then. */
export function demandHttpAccess({ httpAccess }: Environment): void {
  if (httpAccess !== 'on') throw notOpen();
}

function notOpen(): CloudError {
  return new CloudError('FailedOperation', '环境默认 HTTP 访问域名未就绪或未开通');
}
