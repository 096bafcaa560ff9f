import type { EndpointName } from '../../../../shared/wechat/catalogue/index.ts';
import { getAutoReply } from './auto-reply.ts';
import {
  addDraft,
  countDrafts,
  deleteDraft,
  getDraft,
  listDrafts,
  switchDrafts,
  updateDraft,
} from './draft.ts';
import {
  deleteMassSend,
  getMassStatus,
  getSpeed,
  preview,
  sendToAll,
  sendToList,
  setSpeed,
  uploadArticles,
  uploadVideo,
} from './mass-send.ts';
import {
  addMaterial,
  countMaterial,
  deleteMaterial,
  getMaterial,
  listMaterial,
} from './material.ts';
import { getMedia, getVoice, uploadImage, uploadMedia } from './media.ts';
import {
  addConditionalMenu,
  createMenu,
  deleteConditionalMenu,
  deleteMenu,
  getCurrentMenu,
  getMenu,
  tryMatchMenu,
} from './menu.ts';
import { checkCallback, listApiIps, listCallbackIps } from './network.ts';
import { clearApiQuota, clearQuota, clearQuotaBySecret, getQuota, getRid } from './openapi.ts';
import { type Operation, retired } from './operation.ts';
import {
  deletePublication,
  getPublicationStatus,
  getPublishedArticle,
  listPublications,
  submitPublication,
} from './publish.ts';
import { getTicket } from './ticket.ts';
import { getStableToken, getToken } from './token.ts';

/** What is emulated, by catalogue name. */
export const operations: { readonly [Name in EndpointName]?: Operation<Name> } = {
  'token.get': getToken,
  'token.getStable': getStableToken,
  'ticket.get': getTicket,
  'network.listCallbackIps': listCallbackIps,
  'network.listApiIps': listApiIps,
  'network.checkCallback': checkCallback,
  'openapi.clearQuota': clearQuota,
  'openapi.clearQuotaBySecret': clearQuotaBySecret,
  'openapi.clearApiQuota': clearApiQuota,
  'openapi.getQuota': getQuota,
  'openapi.getRid': getRid,

  'menu.create': createMenu,
  'menu.get': getMenu,
  'menu.delete': deleteMenu,
  'menu.getCurrent': getCurrentMenu,
  'menu.addConditional': addConditionalMenu,
  'menu.deleteConditional': deleteConditionalMenu,
  'menu.tryMatch': tryMatchMenu,
  'autoReply.get': getAutoReply,

  'media.upload': uploadMedia,
  'media.get': getMedia,
  'media.getVoice': getVoice,
  'media.uploadImage': uploadImage,
  'material.add': addMaterial,
  'material.get': getMaterial,
  'material.delete': deleteMaterial,
  'material.count': countMaterial,
  'material.list': listMaterial,
  'material.addNews': retired,
  'material.updateNews': retired,

  'draft.add': addDraft,
  'draft.get': getDraft,
  'draft.update': updateDraft,
  'draft.delete': deleteDraft,
  'draft.count': countDrafts,
  'draft.list': listDrafts,
  'draft.switch': switchDrafts,
  'publish.submit': submitPublication,
  'publish.getStatus': getPublicationStatus,
  'publish.delete': deletePublication,
  'publish.getArticle': getPublishedArticle,
  'publish.list': listPublications,

  'massSend.sendAll': sendToAll,
  'massSend.send': sendToList,
  'massSend.preview': preview,
  'massSend.delete': deleteMassSend,
  'massSend.getStatus': getMassStatus,
  'massSend.getSpeed': getSpeed,
  'massSend.setSpeed': setSpeed,
  'massSend.uploadVideo': uploadVideo,
  'massSend.uploadArticles': uploadArticles,
};
