import { MalformedError } from '../../../shared/wechat/fields.ts';
import { readMessage } from '../../../shared/wechat/message/message.ts';
import { messageId } from '../../../shared/wechat/message/message-id.ts';
import { decodePush, parsePush } from '../../../shared/wechat/push-body.ts';
import { worstBodies } from '../../testing/callback/worst-bodies.ts';
import type { BenchContext, PartReport } from '../report/part.ts';
import { median } from '../report/stats.ts';

const BYTES = 256 * 1024;
const PLAIN = 'XML: a long text';

/** (h) What one push costs that is as long as it may be, in the shapes that could cost the most. */
export async function worst({ isShort }: BenchContext): Promise<PartReport> {
  const rounds = isShort ? 3 : 9;
  const whole = await measure(worstBodies(BYTES), rounds);
  const half = await measure(worstBodies(BYTES / 2), rounds);
  const plain = whole.get(PLAIN) ?? Number.NaN;
  const rows = [...whole].map(([name, ms]) => ({
    name,
    values: [ms, ms / plain, ms / (half.get(name) ?? Number.NaN)],
  }));
  const worstMs = Math.max(...whole.values());
  return {
    title: `One push of ${BYTES / 1024} KB, read or refused`,
    note: 'CPU in ms, over a text of this length, and over half the length: about 2 is linear, less is refused early.',
    columns: ['CPU ms', 'over a text', 'over half'],
    rows: rows.sort((a, b) => (b.values[0] ?? 0) - (a.values[0] ?? 0)),
    ratios: { 'worst body, CPU over a text of its length': worstMs / plain },
  };
}

async function measure(
  bodies: ReturnType<typeof worstBodies>,
  rounds: number,
): Promise<ReadonlyMap<string, number>> {
  const times = new Map(bodies.map(([name]) => [name, [] as number[]]));
  // The first round only warms up.
  for (let round = -1; round < rounds; round += 1) {
    for (const [name, body] of bodies) {
      const before = process.cpuUsage();
      await read(body);
      const { user, system } = process.cpuUsage(before);
      if (round >= 0) times.get(name)?.push((user + system) / 1_000);
    }
  }
  return new Map([...times].map(([name, list]) => [name, median(list)]));
}

/** Whether the body is read or refused is no matter here. */
async function read(body: Buffer): Promise<string | undefined> {
  try {
    return messageId(readMessage(await parsePush(decodePush(body))));
  } catch (error) {
    if (error instanceof MalformedError) return undefined;
    throw error;
  }
}
