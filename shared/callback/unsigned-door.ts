import { type Eventual, whenDone } from '../kernel/eventual.ts';
import type { HttpRequest } from '../kernel/http.ts';
import { CLIENT_SOURCES, type Config } from '../kernel/settings.ts';
import type { PushFields } from '../wechat/fields.ts';
import { decodePush, parsePush } from '../wechat/push-body.ts';
import type { XmlTree } from '../wechat/xml.ts';
import {
  type OpenedPush,
  type PushDoor,
  RefusedError,
  type WrittenAnswer,
  writeAnswer,
} from './push-door.ts';

export type UnsignedDoorConfig = Pick<Config, 'appid' | 'pushPublicAccess'>;

/** What a signed push has, in its URL or in its body. */
const SIGNED = ['signature', 'msg_signature', 'encrypt_type'] as const;
/** WeChat Cloud writes it into requests from inside WeChat. */
const SOURCE_HEADER = 'x-wx-source';
/** In an environment that several accounts share, the account that the request is about. */
export const ACCOUNT_HEADER = 'x-wx-from-appid';
/** WeChat posts it when the path of a container is saved in its console. */
const PATH_CHECK = 'CheckContainerPath';

/**
 * A door inside WeChat Cloud, where WeChat pushes over its own network and signs nothing. A push is
 * believed for where it comes from, which its fields cannot prove: a cloud function is told by the
 * platform who calls it, before this door is reached; a container believes all if nobody outside can
 * reach it, and else the header that the platform writes.
 */
abstract class UnsignedDoor implements PushDoor {
  readonly #appid: string;

  constructor({ appid }: Pick<Config, 'appid'>) {
    this.#appid = appid;
  }

  open(request: HttpRequest, now: number): Eventual<OpenedPush | undefined> {
    // A server that is set to the wrong door must not lose messages without a word.
    if (SIGNED.some((name) => request.query[name] !== undefined)) {
      throw new RefusedError('signed push');
    }
    this.admit(request);
    if (!this.#isOurAppid(request.headers[ACCOUNT_HEADER])) {
      throw new RefusedError('another account');
    }
    const body = decodePush(request.body);
    return whenDone(parsePush(body), (fields) => {
      if (fields.action === PATH_CHECK) return undefined;
      if (fields.Encrypt !== undefined) throw new RefusedError('signed push');
      if (!this.#isOurs(fields)) throw new RefusedError('another account');
      return { fields, notation: body.notation, sentAt: now, envelope: undefined };
    });
  }

  check(): void {}

  seal(answer: XmlTree, { notation }: OpenedPush): WrittenAnswer {
    return writeAnswer(notation, answer);
  }

  /** @throws RefusedError for a request that need not come from WeChat */
  protected abstract admit(request: HttpRequest): void;

  #isOurAppid(appid: string | undefined): boolean {
    return appid === undefined || appid === this.#appid;
  }

  /** Here WeChat may name the account by its appid, and an environment may serve several accounts. */
  #isOurs({ ToUserName }: PushFields): boolean {
    return (
      typeof ToUserName !== 'string' || !ToUserName.startsWith('wx') || this.#isOurAppid(ToUserName)
    );
  }
}

/**
 * The door of a cloud function, whose event is the message. Its adapter has looked at the platform's
 * word before, and makes the event a request; no request of a gateway gets here.
 */
export class CloudFunctionDoor extends UnsignedDoor {
  protected override admit(): void {}
}

/**
 * The door of a container of WeChat Cloud Run. Clients of the mini-program reach it too, by
 * `callContainer`, also where public access is off; the platform names them in the header.
 */
export class ContainerDoor extends UnsignedDoor {
  readonly #needsHeader: boolean;

  constructor(config: UnsignedDoorConfig) {
    super(config);
    this.#needsHeader = config.pushPublicAccess === 'on';
  }

  protected override admit({ headers }: HttpRequest): void {
    const source = headers[SOURCE_HEADER] ?? '';
    if (this.#needsHeader && source === '') throw new RefusedError('source');
    if (source.split(',').some((name) => CLIENT_SOURCES.includes(name.trim().toLowerCase()))) {
      throw new RefusedError('source');
    }
  }
}
