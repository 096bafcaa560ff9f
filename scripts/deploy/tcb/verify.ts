import { type CloudApi, CloudApiError } from '../../cloud/api.ts';
import type { CloudResponse } from '../../cloud/models/index.ts';
import { cronIn } from '../plugin/triggers.ts';
import type { CloudbaseFunction } from './cloudbaserc.ts';

type Deployed = CloudResponse<'scf', 'GetFunction'>;

/** The functions of a CloudBase environment, as they really are. */
export function createVerifier(api: CloudApi, envId: string) {
  return { modified, problems };

  /** When it was last changed; undefined if there is no such function. */
  async function modified(name: string): Promise<string | undefined> {
    return (await find(name))?.ModTime;
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
    if (fn.path && !(await paths(fn.name)).includes(fn.path)) {
      wrong.push(`has no HTTP access at ${fn.path}`);
    }
    return wrong;
  }

  async function find(name: string): Promise<Deployed | undefined> {
    try {
      return await api('scf', 'GetFunction', { FunctionName: name, Namespace: envId });
    } catch (error) {
      if (error instanceof CloudApiError && /^ResourceNotFound/.test(error.code)) return undefined;
      throw error;
    }
  }

  async function paths(name: string): Promise<readonly string[]> {
    const { APISet } = await api('tcb', 'DescribeCloudBaseGWAPI', { ServiceId: envId, Name: name });
    return (APISet ?? []).map(({ Path }) => Path);
  }
}

/** Names only: the values are secrets. */
function differences({ Environment }: Deployed, { envVariables }: CloudbaseFunction): string[] {
  const found = new Map((Environment?.Variables ?? []).map(({ Key = '', Value }) => [Key, Value]));
  const names = new Set([...found.keys(), ...Object.keys(envVariables)]);
  return [...names]
    .filter((name) => (found.get(name) ?? '') !== (envVariables[name] ?? ''))
    .map((name) => `has another ${name}`);
}
