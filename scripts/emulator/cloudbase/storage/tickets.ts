import { createHmac, randomBytes } from 'node:crypto';
import { constantTimeEqual } from '../protocol/signature-text.ts';

/** Signatures that let their bearer put or get one file until a given time. */
export interface Tickets {
  issue(use: 'put' | 'get', place: string, expiresAt: number): string;
  isValid(use: 'put' | 'get', place: string, expiresAt: number, ticket: string): boolean;
}

/** The key lives as long as the emulator: a restart makes its tickets worthless. */
export function createTickets(): Tickets {
  const key = randomBytes(32);
  const issue: Tickets['issue'] = (use, place, expiresAt) =>
    createHmac('sha256', key).update(`${use}\n${expiresAt}\n${place}`).digest('hex');
  return {
    issue,
    isValid: (use, place, expiresAt, ticket) =>
      constantTimeEqual(issue(use, place, expiresAt), ticket),
  };
}
