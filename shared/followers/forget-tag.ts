import * as v from 'valibot';
import { again, defineJob, type Job, type JobKind } from '../jobs/index.ts';
import { unpack } from './block.ts';
import type { Book } from './book.ts';
import { type Follower, withoutTag } from './follower.ts';
import { scan } from './scan.ts';

const payload = v.strictObject({ tagId: v.number() });
const checkpoint = v.strictObject({ after: v.string() });

/** Takes a deleted tag off all followers in our copy. */
export const forgetTagJob: JobKind<v.InferOutput<typeof payload>, 'followers-forget-tag'> = {
  kind: 'followers-forget-tag',
  payload,
};

export function createForgetTagJob(book: Book): Job<'followers-forget-tag'> {
  return defineJob({
    ...forgetTagJob,
    checkpoint,
    priority: 'low',
    async run({ checkpoint: saved, hurry, save }, { tagId }) {
      const hasIt = ({ tags = [] }: Follower) => tags.includes(tagId);
      for await (const page of scan(book, saved)) {
        for (const block of page) {
          if (!unpack(block.doc).some(hasIt)) continue;
          await book.edit(block, (followers) =>
            followers.map((one) => (hasIt(one) ? withoutTag(one, tagId) : one)),
          );
        }
        const last = page.at(-1);
        if (hurry.aborted && last) return again({ checkpoint: { after: last.doc._id } });
        if (last) await save({ after: last.doc._id });
      }
      return undefined;
    },
  });
}
