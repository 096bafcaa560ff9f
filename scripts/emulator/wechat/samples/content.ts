import { files } from '../content-fixture.ts';
import type { Stage } from './sample.ts';

/** What several areas need: files, articles that wear them, drafts of these articles. */

export const image = { fileName: 'a.jpg', contentType: 'image/jpeg', data: files.jpeg };
export const film = { fileName: 'a.mp4', contentType: 'video/mp4', data: files.mp4 };

export const articleWith = (thumb_media_id: string) => ({
  title: 'Title',
  content: '<p>Text</p>',
  thumb_media_id,
});

/** The id of a picture among the material. */
export async function picture({ call }: Stage): Promise<string> {
  const { media_id } = await call('material.add', { type: 'image', media: image });
  return media_id;
}

export async function article(stage: Stage) {
  return articleWith(await picture(stage));
}

export async function draftOfOne(stage: Stage) {
  const { media_id } = await stage.call('draft.add', { articles: [await article(stage)] });
  return { media_id };
}
