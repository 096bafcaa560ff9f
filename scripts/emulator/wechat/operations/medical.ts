import { ApiError } from '../errors/errors.ts';
import { jsonOf, textIn } from '../http/call.ts';
import { knownOpenid } from '../rules/recipient.ts';
import { done, type OperationsOf } from './operation.ts';

export const medical: OperationsOf<'medical'> = {
  /** The same message of an order once only; what each status asks for is not checked. */
  send(world, call) {
    const body = jsonOf(call);
    const [openid, orderId, msgId] = ['open_id', 'order_id', 'msg_id'].map((name) =>
      textIn(body, name),
    );
    if (!openid || !orderId || !msgId) throw new ApiError(41011);
    if (typeof body.status !== 'number' || typeof body.business_id !== 'number') {
      throw new ApiError(47001);
    }
    if (Object(body.business_info) !== body.business_info) throw new ApiError(41011);
    knownOpenid(world, openid);
    const isRepeat = world.sent
      .to(openid)
      .some(
        ({ kind, message }) =>
          kind === 'medical' && message.order_id === orderId && message.msg_id === msgId,
      );
    if (!isRepeat) world.sent.add({ openid, kind: 'medical', message: body });
    return done;
  },
};
