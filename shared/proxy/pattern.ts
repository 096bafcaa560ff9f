import { endpoints } from '../wechat/catalogue/endpoints.ts';
import type { Access, EndpointName } from '../wechat/catalogue/index.ts';

/** The proxy's own endpoints ask for these rights; no wildcard includes them. */
export const rights = ['token:read', 'jsapi:sign'] as const;
export type Right = (typeof rights)[number];

/** A call as the patterns of a client see it. `raw` is a path that the catalogue does not have. */
export type Called =
  | { readonly name: EndpointName; readonly access: Access }
  | { readonly name: Right | 'raw' };

const FORM = /^(?:(\*)|([a-zA-Z]+)\.([a-zA-Z]+|\*))(?::(read|write|send))?$/;
const ACCESSES: readonly string[] = ['read', 'write', 'send'] satisfies readonly Access[];
const names: ReadonlySet<string> = new Set(endpoints.map(({ name }) => name));

/**
 * Whether a pattern covers a call: `menu.create`, `menu.*`, `*`, any of them with `:read`, `:write` or
 * `:send` behind, or `material.read` for `material.*:read`. A right is covered only by its own name.
 */
export function covers(pattern: string, called: Called): boolean {
  if (!('access' in called)) return pattern === called.name;
  const [, all, area, operation = '', access] = FORM.exec(pattern) ?? [];
  if (access !== undefined && access !== called.access) return false;
  if (all !== undefined) return true;
  if (area === undefined || !called.name.startsWith(`${area}.`)) return false;
  if (operation === '*' || called.name === `${area}.${operation}`) return true;
  return isAccess(area, operation) && operation === called.access;
}

/** `customerService.send` is an operation; `material.read` is short for `material.*:read`. */
function isAccess(area: string, operation: string): boolean {
  return ACCESSES.includes(operation) && !names.has(`${area}.${operation}`);
}

/** A pattern that covers nothing is a typing error. */
export function coversAnything(pattern: string): boolean {
  return (
    rights.some((right) => right === pattern) ||
    endpoints.some(({ name, endpoint: { access } }) => covers(pattern, { name, access }))
  );
}
