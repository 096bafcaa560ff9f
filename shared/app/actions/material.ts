import { action, audited, noPayload } from '../../kernel/action.ts';
import { localizePictures } from '../../material/localize-pictures.ts';
import { requests } from '../../material/requests.ts';
import type { MaterialApp } from '../material.ts';

/** What an operator does with files, drafts and published articles. */
export const materialActions = {
  uploadMedia: action(requests.uploadMedia, (request, { media }: MaterialApp) =>
    media.upload(request),
  ),
  getMedia: action(requests.byMediaId, (id, { media }: MaterialApp) => media.get(id)),
  getVoice: action(requests.byMediaId, (id, { media }: MaterialApp) => media.getVoice(id)),
  uploadImage: action(requests.uploadImage, (request, { media }: MaterialApp) =>
    media.uploadImage(request),
  ),

  add: action(requests.add, (request, { materials }: MaterialApp) => materials.add(request)),
  get: action(requests.byMediaId, (id, { materials }: MaterialApp) => materials.get(id)),
  delete: audited(requests.byMediaId, (id, { materials }: MaterialApp) => materials.delete(id)),
  count: action(noPayload, (_, { materials }: MaterialApp) => materials.count()),
  list: action(requests.list, (request, { materials }: MaterialApp) => materials.list(request)),

  localizePictures: action(
    requests.localizePictures,
    ({ articles, only }, { media }: MaterialApp) => localizePictures(articles, media, only),
  ),
  showPicture: action(requests.showPicture, (picture, { showPicture }: MaterialApp) =>
    showPicture(picture),
  ),
  addDraft: action(requests.addDraft, (draft, { drafts }: MaterialApp) => drafts.add(draft)),
  getDraft: action(requests.byMediaId, (id, { drafts }: MaterialApp) => drafts.get(id)),
  updateDraft: action(requests.updateDraft, (change, { drafts }: MaterialApp) =>
    drafts.update(change),
  ),
  deleteDraft: audited(requests.byMediaId, (id, { drafts }: MaterialApp) => drafts.delete(id)),
  countDrafts: action(noPayload, (_, { drafts }: MaterialApp) => drafts.count()),
  listDrafts: action(requests.listArticles, (request, { drafts }: MaterialApp) =>
    drafts.list(request),
  ),

  publish: audited(requests.byMediaId, (draft, { publishing }: MaterialApp) =>
    publishing.submit(draft),
  ),
  publishStatus: action(requests.byPublishId, (id, { publishing }: MaterialApp) =>
    publishing.status(id),
  ),
  deletePublished: audited(requests.deletePublished, (request, { publishing }: MaterialApp) =>
    publishing.delete(request),
  ),
  getPublished: action(requests.byArticleId, (id, { publishing }: MaterialApp) =>
    publishing.get(id),
  ),
  listPublished: action(requests.listArticles, (request, { publishing }: MaterialApp) =>
    publishing.list(request),
  ),
};
