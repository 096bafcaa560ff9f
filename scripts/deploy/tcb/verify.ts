import type { CloudApi } from '../../cloud/api.ts';
import { functionAt } from '../../cloud/deployed-function.ts';
import type { Deployed } from '../plugin/deployed.ts';
import { cronIn } from '../plugin/triggers.ts';
import type { CloudbaseFunction } from './cloudbaserc.ts';
import type { HttpAccess } from './http-access.ts';

/** The functions of a CloudBase environment, as they really are. */
export function createVerifier(api: CloudApi, envId: string, access: HttpAccess) {
  return { before, problems, egressAddresses };

  /** When each function was last changed; undefined where there is none. */
  async function before(
    functions: readonly CloudbaseFunction[],
  ): Promise<ReadonlyMap<string, string | undefined>> {
    const found = await Promise.all(functions.map(({ name }) => find(name)));
    return new Map(functions.map(({ name }, at) => [name, found[at]?.ModTime]));
  }

  /** From which the functions with a fixed egress address call WeChat. */
  async function egressAddresses(functions: readonly CloudbaseFunction[]): Promise<string[]> {
    const found = await Promise.all(functions.filter(hasFixedEgress).map(({ name }) => find(name)));
    return [...new Set(found.flatMap((fn) => fn?.PublicNetConfig?.EipConfig?.EipAddress ?? []))];
  }

  /**
   * Why the function is not what cloudbaserc.json says after a deploy; empty if it is. Timers that
   * are no longer in the file, which the CLI leaves, are deleted.
   */
  async function problems(fn: CloudbaseFunction, before: string | undefined): Promise<string[]> {
    const found = await find(fn.name);
    if (!found) return ['is not there'];
    const wrong = [
      ...(found.ModTime === before ? ['was not changed'] : []),
      ...(found.Status === 'Active' ? [] : [`is ${found.Status}`]),
      ...(found.MemorySize === fn.memorySize ? [] : ['has another memory size']),
      ...(found.Timeout === fn.timeout ? [] : ['has another timeout']),
      ...(!hasFixedEgress(fn) || found.PublicNetConfig?.EipConfig?.EipStatus === 'ENABLE'
        ? []
        : ['has no fixed egress address']),
      ...differences(found, fn),
    ];
    const wanted = fn.triggers ?? [];
    const timers = (found.Triggers ?? []).filter(({ Type }) => Type === 'timer');
    for (const { name, config } of wanted) {
      const timer = timers.find(({ TriggerName }) => TriggerName === name);
      if (!timer) wrong.push(`has no timer ${name}`);
      else if (cronIn(timer) !== config) wrong.push(`has another timer ${name}: ${cronIn(timer)}`);
    }
    for (const { TriggerName = '' } of timers) {
      if (wanted.some(({ name }) => name === TriggerName)) continue;
      const id = { FunctionName: fn.name, Namespace: envId };
      await api('scf', 'DeleteTrigger', { ...id, TriggerName, Type: 'timer' });
    }
    if (fn.path && !(await isOpen(fn.name, fn.path))) {
      wrong.push(`has no HTTP access at ${fn.path}`);
    }
    return wrong;
  }

  function find(name: string) {
    return functionAt(api, { FunctionName: name, Namespace: envId });
  }

  async function isOpen(name: string, path: string): Promise<boolean> {
    const routes = (await access.domains())
      .filter(({ IsDefault, Enable }) => IsDefault && Enable !== false)
      .flatMap(({ Routes }) => Routes ?? []);
    return routes.some((route) => route.Path === path && route.UpstreamResourceName === name);
  }
}

function hasFixedEgress({ publicNetConfig }: CloudbaseFunction): boolean {
  return publicNetConfig?.eipConfig?.eipStatus === 'ENABLE';
}

/** Names only: the values are secrets. */
function differences({ Environment }: Deployed, { envVariables }: CloudbaseFunction): string[] {
  const found = new Map((Environment?.Variables ?? []).map(({ Key = '', Value }) => [Key, Value]));
  const names = new Set([...found.keys(), ...Object.keys(envVariables)]);
  return [...names]
    .filter((name) => (found.get(name) ?? '') !== (envVariables[name] ?? ''))
    .map((name) => `has another ${name}`);
}
