import { action, audited, noPayload } from '../../kernel/action.ts';
import { requests } from '../../mass-send/index.ts';
import type { MassSendApp } from '../mass-send.ts';

/** No result names a follower: SCF writes the results of invocations into its log. */
export const massSendActions = {
  submit: audited(requests.submit, (submission, { massSends }: MassSendApp) =>
    massSends.submit(submission),
  ),
  preview: audited(requests.preview, (request, { massSends }: MassSendApp) =>
    massSends.preview(request),
  ),
  count: action(requests.count, (request, { massSends }: MassSendApp) => massSends.count(request)),
  prepareVideo: audited(requests.prepareVideo, (request, { massSends }: MassSendApp) =>
    massSends.prepareVideo(request),
  ),
  status: action(requests.byId, ({ id }, { massSends }: MassSendApp) => massSends.status(id)),
  list: action(requests.list, async ({ limit }, { massSends }: MassSendApp) => ({
    massSends: await massSends.list(limit),
  })),
  cancel: audited(requests.byId, ({ id }, { massSends }: MassSendApp) => massSends.cancel(id)),
  delete: audited(requests.delete, (request, { massSends }: MassSendApp) =>
    massSends.delete(request),
  ),
  quota: action(noPayload, (_, { massSends }: MassSendApp) => massSends.quota()),
  getSpeed: action(noPayload, (_, { massSends }: MassSendApp) => massSends.getSpeed()),
  setSpeed: audited(requests.setSpeed, ({ speed }, { massSends }: MassSendApp) =>
    massSends.setSpeed(speed),
  ),
};
