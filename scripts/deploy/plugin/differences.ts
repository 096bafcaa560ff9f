import { markIn } from './code-mark.ts';
import type { Deployed } from './deployed.ts';
import type { FunctionPlan } from './plan.ts';

/** Whether the function has other settings than the plan says; its code and triggers are apart. */
export function hasOtherSettings(
  found: Deployed,
  plan: FunctionPlan,
  description: string,
): boolean {
  const { settings, variables } = plan;
  const { VpcConfig: vpc, PublicNetConfig: net } = settings;
  const pairs: readonly (readonly [unknown, unknown])[] = [
    [found.Description ?? '', description],
    [found.Role ?? '', settings.Role],
    [found.MemorySize, settings.MemorySize],
    [found.Timeout, settings.Timeout],
    [found.InitTimeout, settings.InitTimeout],
    [found.VpcConfig?.VpcId ?? '', vpc?.VpcId],
    [found.VpcConfig?.SubnetId ?? '', vpc?.SubnetId],
    [found.PublicNetConfig?.PublicNetStatus, net?.PublicNetStatus],
    [found.PublicNetConfig?.EipConfig?.EipStatus, net?.EipConfig?.EipStatus],
    [
      found.InstanceConcurrencyConfig?.MaxConcurrency,
      settings.InstanceConcurrencyConfig?.MaxConcurrency,
    ],
  ];
  if (pairs.some(([is, wanted]) => is !== wanted)) return true;
  return variables !== undefined && hasOtherVariables(found, variables);
}

function hasOtherVariables(
  { Environment }: Deployed,
  wanted: Readonly<Record<string, string>>,
): boolean {
  const found = new Map((Environment?.Variables ?? []).map(({ Key = '', Value }) => [Key, Value]));
  const names = Object.keys(wanted);
  return found.size !== names.length || names.some((name) => found.get(name) !== wanted[name]);
}

/** Whether it runs this code, as far as is known. */
export function hasCode(found: Deployed, digest: string): boolean {
  return markIn(found.Description) === digest;
}
