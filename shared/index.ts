/// <reference types="node" />
/** The door for those who write an account: everything that `account.ts` needs, and nothing else. */

export type { Context } from './account/context.ts';
export { type DeferOptions, defer, withoutRerun } from './account/defer.ts';
export { type Dialog, type DialogOptions, dialog } from './account/dialog.ts';
export type { DialogLanguage, DialogWords } from './account/dialog-words.ts';
export { type FailureHandler, keepReply } from './account/failures.ts';
export { idempotent, pure } from './account/idempotent.ts';
export type { Middleware, Next } from './account/middleware.ts';
export { type Conversation, replay, type Turn } from './account/replay.ts';
export { type Handler, type MatchHandler, Router } from './account/router.ts';
export { type Session, type SessionOptions, session } from './account/session.ts';
export { type SlowOptions, slow } from './account/slow.ts';
export type { SlowWay } from './account/slow-plan.ts';
export type { SlowLanguage, SlowWords } from './account/slow-words.ts';
export { type TestWorld, talk } from './account/talk.ts';
export { tell } from './account/tell.ts';
export { TestSessions } from './account/test-sessions.ts';
export { autoReplies } from './auto-replies/auto-replies.ts';
export { AppError, type ErrorCode } from './kernel/errors.ts';
export type { AuthorLog } from './kernel/log.ts';
export type { Secret } from './kernel/secret.ts';
export { type Variables, variable } from './kernel/variable.ts';
export {
  type AskOptions,
  ChatModel,
  type ChatModelOptions,
  type ModelAnswer,
} from './model/chat-model.ts';
export { modelIn, modelVariables } from './model/model-variables.ts';
export { type ParagraphOptions, paragraphs } from './model/paragraphs.ts';
export { type ChatTurn, chatTurn, recentTurns } from './model/turn.ts';
export { turnOf } from './model/turn-of.ts';
export type { Api } from './wechat/client/api.ts';
export type { Sendable } from './wechat/custom-message.ts';
export { type PageSignature, signPage } from './wechat/jssdk.ts';
export type { EventName, Message } from './wechat/message/message.ts';
export { plain } from './wechat/plain.ts';
export {
  type Article,
  clip,
  image,
  music,
  news,
  type Reply,
  text,
  transfer,
  transferToAi,
  video,
  voice,
} from './wechat/reply.ts';
export { split } from './wechat/split.ts';
export {
  finishLogin,
  type LoginScope,
  loginUrl,
  readLoginCode,
  type WebLogin,
} from './wechat/web-login.ts';
export { WeChatError } from './wechat/wechat-error.ts';
