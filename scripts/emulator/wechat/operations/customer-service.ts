import { ApiError } from '../errors/errors.ts';
import { jsonOf, textIn } from '../http/call.ts';
import { checkCustomMessage, textOfCustomMessage } from '../rules/custom-message.ts';
import { knownOpenid } from '../rules/recipient.ts';
import { FROM_AGENT } from '../state/chats.ts';
import { agents } from './agent.ts';
import { done, type OperationsOf, retired } from './operation.ts';
import { sessions } from './session.ts';

export const customerService: OperationsOf<'customerService'> = {
  ...agents,
  ...sessions,

  send(world, call) {
    const body = jsonOf(call);
    const openid = textIn(body, 'touser');
    const record = knownOpenid(world, openid);
    checkCustomMessage(body, world);
    const worker = textIn(Object(body.customservice ?? {}), 'kf_account');
    if (worker !== '' && !world.agents.find(worker)) throw new ApiError(65401);
    if (record.followedAt === undefined) throw new ApiError(record.hasFollowed ? 45015 : 43004);
    if (record.isBlacklisted) throw new ApiError(43019);
    if (record.refusesMessages) throw new ApiError(48002);

    const window = world.windows.take(openid);
    if (window === 'closed') throw new ApiError(45015);
    if (window === 'used up') throw new ApiError(45047);
    const text = textOfCustomMessage(body);
    world.chats.add({ openid, opercode: FROM_AGENT, text, worker });
    world.sent.add({ openid, kind: 'custom', message: body });
    return done;
  },

  setTyping(world, call) {
    const body = jsonOf(call);
    const openid = textIn(body, 'touser');
    knownOpenid(world, openid);
    const command = textIn(body, 'command');
    if (command !== 'Typing' && command !== 'CancelTyping') throw new ApiError(45072);
    if (!world.chats.mayType(openid)) throw new ApiError(45080);
    const isTyping = command === 'Typing';
    if (isTyping && world.chats.isTyping(openid)) throw new ApiError(45081);
    world.chats.setTyping(openid, isTyping);
    return done;
  },

  listRecordsByPage: retired,
};
