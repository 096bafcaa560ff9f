import { type MassSendApp, massSendApp } from '../../shared/app/mass-send.ts';
import { requests } from '../../shared/mass-send/index.ts';
import { action, audited, type Invocation, invokable, noPayload } from '../../shared/scf/invoke.ts';

/** No result names a follower: SCF writes the results of invocations into its log. */
export const actions = {
  submit: audited(requests.submit, (submission, { massSends }: MassSendApp) =>
    massSends.submit(submission),
  ),
  preview: audited(requests.preview, (request, { massSends }: MassSendApp) =>
    massSends.preview(request),
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

export type MassSendInvocation = Invocation<typeof actions>;

export const main = invokable(actions, () => massSendApp());
