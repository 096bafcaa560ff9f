import { massSendApp } from '../../shared/app/mass-send.ts';
import { type MassSends, requests } from '../../shared/mass-send/index.ts';
import {
  action,
  type Invocation,
  type InvokableApp,
  invokable,
  noPayload,
} from '../../shared/scf/invoke.ts';

interface App extends InvokableApp {
  readonly massSends: MassSends;
}

/** No answer names a follower: SCF writes answers into its log. */
export const actions = {
  submit: action(requests.submit, (submission, { massSends }: App) => massSends.submit(submission)),
  preview: action(requests.preview, (request, { massSends }: App) => massSends.preview(request)),
  status: action(requests.byId, ({ id }, { massSends }: App) => massSends.status(id)),
  list: action(requests.list, async ({ limit }, { massSends }: App) => ({
    massSends: await massSends.list(limit),
  })),
  cancel: action(requests.byId, ({ id }, { massSends }: App) => massSends.cancel(id)),
  delete: action(requests.delete, (request, { massSends }: App) => massSends.delete(request)),
  quota: action(noPayload, (_, { massSends }: App) => massSends.quota()),
  getSpeed: action(noPayload, (_, { massSends }: App) => massSends.getSpeed()),
  setSpeed: action(requests.setSpeed, ({ speed }, { massSends }: App) => massSends.setSpeed(speed)),
};

export type MassSendInvocation = Invocation<typeof actions>;

export const main = invokable(actions, () => massSendApp());
