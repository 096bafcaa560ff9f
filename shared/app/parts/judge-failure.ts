import { judgeByCode, type RetryDecision } from '../../jobs/index.ts';
import { AppError } from '../../kernel/errors.ts';
import { WeChatError } from '../../wechat/wechat-error.ts';

/**
 * A failure of a job that a later attempt cannot mend ends it at once; a limit of WeChat is waited
 * for.
 */
export function judgeFailure(error: unknown): RetryDecision {
  if (error instanceof WeChatError) {
    const isFinal = ['caller', 'unreachable', 'configuration'].includes(error.class);
    return { isFinal, waitMs: error.waitMs };
  }
  if (error instanceof AppError && error.details.isFinal === true) return { isFinal: true };
  return judgeByCode(error);
}
