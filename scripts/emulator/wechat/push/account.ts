export const pushModes = ['plain', 'compat', 'safe'] as const;
export type PushMode = (typeof pushModes)[number];

/** The account as WeChat knows it: what stands on the message-push page of its console. */
export interface PushAccount {
  readonly appid: string;
  /** The Token of the message push, not an access_token. */
  readonly token: string;
  /** 43 letters or digits. */
  readonly encodingAesKey: string;
  /** The `gh_…` id: sender of every reply, receiver of every message. */
  readonly originalId: string;
  readonly mode: PushMode;
}
