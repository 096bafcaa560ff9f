/** What operators may do, from the least: each role may do all that those before it may. */
export const roles = ['look', 'edit', 'send', 'manage'] as const;

export type Role = (typeof roles)[number];

/** Whether an operator with a role may do what needs another. */
export function isAllowed(has: Role, needed: Role): boolean {
  return roles.indexOf(has) >= roles.indexOf(needed);
}
