import { CloudError } from './error.ts';

/** Something that goes wrong on purpose. */
export interface Fault {
  /** An action of the cloud API, or of COS: `PutObject`. */
  readonly action: string;
  readonly code: string;
  /** How often; default once. */
  readonly times?: number;
  /** Only these calls; default all. */
  readonly when?: (parameters: Readonly<Record<string, unknown>>) => boolean;
}

export interface Faults {
  add(fault: Fault): void;
  clear(): void;
  /** @throws CloudError if a fault was waiting for this call. */
  check(action: string, parameters: Readonly<Record<string, unknown>>): void;
}

export function createFaults(): Faults {
  let waiting: (Fault & { left: number })[] = [];

  return {
    add: (fault) => waiting.push({ ...fault, left: fault.times ?? 1 }),
    clear() {
      waiting = [];
    },
    check(action, parameters) {
      const found = waiting.find(
        (fault) => fault.left > 0 && fault.action === action && (fault.when?.(parameters) ?? true),
      );
      if (!found) return;
      found.left -= 1;
      throw new CloudError(found.code, 'A fault that was asked for.');
    },
  };
}
