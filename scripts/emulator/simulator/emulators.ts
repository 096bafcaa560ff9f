import type { CloudbaseEmulator } from '../cloudbase/index.ts';
import type { EmulatedModel } from '../model/model.ts';
import type { ScfEmulator } from '../scf/scf.ts';
import type { WechatApi } from '../wechat/api.ts';
import type { PushAccount } from '../wechat/push/account.ts';
import type { PushHome } from '../wechat/push/home.ts';
import type { Push } from '../wechat/push/push.ts';
import type { PushFaults } from './push-faults.ts';
import type { ShownDatabase } from './shown-database.ts';

/** The result of an invocation, or why there is none. */
export type Invoked =
  | { readonly ok: true; readonly result: unknown }
  | {
      readonly ok: false;
      readonly error: { readonly errorMessage: string };
      readonly requestId: string;
    };

/** What the simulator shows and turns. */
export interface Emulators {
  readonly account: PushAccount;
  /** Where WeChat pushes to. */
  readonly home: PushHome;
  readonly urls: {
    readonly callback: string;
    readonly wechatApi: string;
    readonly cloudbase: string;
    readonly model: string;
  };
  /** Already watched by the book. */
  readonly push: Push;
  readonly pushFaults: PushFaults;
  readonly wechatApi: WechatApi;
  readonly scf: ScfEmulator;
  /** As an operator invokes a function, wherever it runs. */
  readonly invoke: (name: string, event: unknown) => Promise<Invoked>;
  readonly cloudbase: CloudbaseEmulator;
  readonly model: EmulatedModel;
  /** Where the functions keep their documents: CloudBase, or something else. */
  readonly database: ShownDatabase;
  readonly envId: string;
  /** Of the control API of CloudBase, which the page passes on. */
  readonly controlKey: string;
  /** Names of the collections that have panels of their own, and of that in which messages are claimed. */
  readonly collections: {
    readonly jobs: string;
    readonly token: string;
    readonly inbox: string;
  };
}
