import { randomUUID } from 'node:crypto';
import type { LogLine } from '../../scf/invocation.ts';
import { CloudError } from './error.ts';

export interface Topic {
  readonly id: string;
  readonly name: string;
  readonly logset: string;
  /** Without one nothing can be searched for. */
  hasIndex: boolean;
}

export interface KeptLine {
  readonly topic: string;
  readonly at: number;
  /** As SCF writes them. */
  readonly fields: Readonly<Record<string, string>>;
}

/** What the functions have written, and where: CLS. */
export class Logs {
  /** A fresh account has not opened the service. */
  isOpen: boolean;
  readonly logsets = new Map<string, string>();
  readonly topics = new Map<string, Topic>();
  readonly lines: KeptLine[] = [];

  constructor(isOpen: boolean) {
    this.isOpen = isOpen;
  }

  /** @throws CloudError if nobody has opened the service. */
  demandOpen(): void {
    if (this.isOpen) return;
    throw new CloudError('OperationDenied.ClsNotActivated', 'The log service is not open.');
  }

  addLogset(name: string): string {
    if ([...this.logsets.values()].includes(name)) {
      throw new CloudError('FailedOperation.LogsetConflict', `${name} exists.`);
    }
    const id = randomUUID();
    this.logsets.set(id, name);
    return id;
  }

  addTopic(logset: string, name: string): string {
    if (!this.logsets.has(logset)) {
      throw new CloudError('ResourceNotFound.LogsetNotExist', 'There is no such logset.');
    }
    const id = randomUUID();
    this.topics.set(id, { id, name, logset, hasIndex: false });
    return id;
  }

  keep(topic: string, at: number, line: LogLine): void {
    if (line.stream === 'platform') return;
    const fields = {
      SCF_FunctionName: line.function,
      SCF_RequestId: line.requestId ?? '',
      SCF_Message: line.line,
    };
    this.lines.push({ topic, at, fields });
  }
}
