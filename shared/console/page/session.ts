import { signal } from '@preact/signals';
import type { Role } from '../role.ts';

/** The operator who is signed in. */
export interface Me {
  readonly name: string;
  readonly role: Role;
}

/** `undefined` until the page knows, and while nobody is signed in. */
export const me = signal<Me | undefined>(undefined);

/** The session was over when something was asked for; what was typed stays, and signing in goes on there. */
export const isSignedOut = signal(false);
