import { materialApp } from '../../shared/app/material.ts';
import type { Drafts } from '../../shared/material/drafts.ts';
import type { Materials } from '../../shared/material/materials.ts';
import type { Media } from '../../shared/material/media.ts';
import type { Publishing } from '../../shared/material/publishing.ts';
import { requests } from '../../shared/material/requests.ts';
import {
  action,
  type Invocation,
  type InvokableApp,
  invokable,
  noPayload,
} from '../../shared/scf/invoke.ts';

interface App extends InvokableApp {
  readonly media: Media;
  readonly materials: Materials;
  readonly drafts: Drafts;
  readonly publishing: Publishing;
}

export const actions = {
  uploadMedia: action(requests.uploadMedia, (request, { media }: App) => media.upload(request)),
  getMedia: action(requests.byMediaId, (id, { media }: App) => media.get(id)),
  getVoice: action(requests.byMediaId, (id, { media }: App) => media.getVoice(id)),
  uploadImage: action(requests.uploadImage, (request, { media }: App) =>
    media.uploadImage(request),
  ),

  add: action(requests.add, (request, { materials }: App) => materials.add(request)),
  get: action(requests.byMediaId, (id, { materials }: App) => materials.get(id)),
  delete: action(requests.byMediaId, (id, { materials }: App) => materials.delete(id)),
  count: action(noPayload, (_, { materials }: App) => materials.count()),
  list: action(requests.list, (request, { materials }: App) => materials.list(request)),

  addDraft: action(requests.addDraft, (draft, { drafts }: App) => drafts.add(draft)),
  getDraft: action(requests.byMediaId, (id, { drafts }: App) => drafts.get(id)),
  updateDraft: action(requests.updateDraft, (change, { drafts }: App) => drafts.update(change)),
  deleteDraft: action(requests.byMediaId, (id, { drafts }: App) => drafts.delete(id)),
  countDrafts: action(noPayload, (_, { drafts }: App) => drafts.count()),
  listDrafts: action(requests.listArticles, (request, { drafts }: App) => drafts.list(request)),

  publish: action(requests.byMediaId, (draft, { publishing }: App) => publishing.submit(draft)),
  publishStatus: action(requests.byPublishId, (id, { publishing }: App) => publishing.status(id)),
  deletePublished: action(requests.deletePublished, (request, { publishing }: App) =>
    publishing.delete(request),
  ),
  getPublished: action(requests.byArticleId, (id, { publishing }: App) => publishing.get(id)),
  listPublished: action(requests.listArticles, (request, { publishing }: App) =>
    publishing.list(request),
  ),
};

export type MaterialInvocation = Invocation<typeof actions>;

export const main = invokable(actions, () => materialApp());
