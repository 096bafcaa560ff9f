import * as v from 'valibot';
import { defineCollection } from '../store/collection.ts';

const schema = v.strictObject({
  /** The media_id. */
  _id: v.string(),
  name: v.string(),
});

/** The name of permanent material as operators know it, where WeChat has another. */
export type MaterialNameDocument = v.InferOutput<typeof schema>;

export const materialNameCollection = defineCollection<MaterialNameDocument>({
  name: 'material_names',
  schema,
});
