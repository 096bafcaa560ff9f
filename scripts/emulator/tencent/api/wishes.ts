import type { Account } from '../account.ts';
import type { Wish } from '../cloud/policy.ts';

type Parameters = Readonly<Record<string, unknown>>;

/** What CAM calls some actions, where that is not the name of the API. */
const names: Readonly<Record<string, string>> = { 'scf:Invoke': 'scf:InvokeFunction' };

/** Actions of CAM that are about one role. */
const ofRole =
  /^(GetRole|PassRole|CreateRole|AttachRolePolicy|ListAttachedRolePolicies|UpdateAssumeRolePolicy)$/;

/**
 * What a call needs the permission for: the action on its resource, and for a function with a role to
 * pass that role on.
 */
export function wishesOf(
  service: string,
  action: string,
  parameters: Parameters,
  { account, region }: { readonly account: Account; readonly region: string },
): readonly Wish[] {
  const { uin } = account;
  const name = names[`${service}:${action}`] ?? `${service}:${action}`;
  const wish = { action: name, resource: resourceOf(service, action, parameters, uin, region) };
  const role = service === 'scf' ? text(parameters.Role) : undefined;
  if (!role) return [wish];
  return [wish, { action: 'cam:PassRole', resource: `qcs::cam::uin/${uin}:roleName/${role}` }];
}

function resourceOf(
  service: string,
  action: string,
  parameters: Parameters,
  uin: string,
  region: string,
): string {
  const place = `qcs::${service}:${region}:uin/${uin}`;
  if (service === 'scf') {
    const { FunctionName, Namespace } = parameters;
    const name = text(FunctionName);
    const domain = text(parameters.Domain);
    if (domain) return `${place}:domain/${domain}`;
    return name ? `${place}:namespace/${text(Namespace) ?? 'default'}/function/${name}` : '*';
  }
  if (service === 'tcb') {
    const env = text(parameters.EnvId) ?? text(parameters.ServiceId);
    return env ? `${place}:env/${env}` : '*';
  }
  if (service === 'cls') {
    const topic = text(parameters.TopicId);
    return topic ? `${place}:topic/${topic}` : '*';
  }
  const role = text(parameters.RoleName) ?? text(parameters.AttachRoleName);
  return service === 'cam' && ofRole.test(action) && role
    ? `qcs::cam::uin/${uin}:roleName/${role}`
    : '*';
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
