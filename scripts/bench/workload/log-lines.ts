import type { BenchPush } from './pushes.ts';

/** Each follower of the bench has an openid that begins so, and writes in Chinese. */
const TOLD = /oBench|[^ -~]/;
const HASHED = /^#[\w-]{12}$/;

/**
 * What is wrong with the log lines of pushes that were answered, in whatever order they come: each push
 * has one, which says how it was answered, and none says who wrote, or what.
 */
export function problemsInLog(
  pushes: readonly BenchPush[],
  lines: readonly string[],
): readonly string[] {
  const parsed = lines.map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>);
  const ids = new Set(parsed.map(({ messageId }) => messageId));
  const isComplete = lines.length === pushes.length && ids.size === pushes.length;
  return [
    ...(isComplete ? [] : [`${lines.length} lines of ${ids.size} messages for ${pushes.length}`]),
    ...lines.filter((line, index) => TOLD.test(line) || !isWhole(parsed[index] ?? {})),
  ];
}

function isWhole(line: Readonly<Record<string, unknown>>): boolean {
  const { time, level, event, requestId, openid, message, reply, standing, ms } = line;
  const texts = [time, requestId, message, standing];
  return (
    level === 'info' &&
    event === 'answered' &&
    reply === 'text' &&
    HASHED.test(String(openid)) &&
    typeof ms === 'number' &&
    texts.every((text) => typeof text === 'string' && text !== '')
  );
}
