import type { EventFields, EventName } from './events.ts';

interface Base {
  /** Who sends it. */
  readonly openid: string;
  /** Unix seconds; the time of sending unless given. Give it, and `MsgId`, to repeat an old push. */
  readonly CreateTime?: number;
}

interface Ordinary<Type extends string> extends Base {
  readonly type: Type;
  /** 64 bits, hence text; a new one unless given. */
  readonly MsgId?: string;
  /** Only when the message comes from an article, together with `Idx`. */
  readonly MsgDataId?: string;
  /** Which article, counted from 1. */
  readonly Idx?: number;
}

export interface TextMessage extends Ordinary<'text'> {
  readonly Content: string;
  /** Id of the item that was clicked in a message menu; `Content` is then the text of the item. */
  readonly bizmsgmenuid?: string;
}
export interface ImageMessage extends Ordinary<'image'> {
  readonly PicUrl: string;
  readonly MediaId: string;
}
export interface VoiceMessage extends Ordinary<'voice'> {
  readonly MediaId: string;
  readonly Format: 'amr' | 'speex';
  readonly MediaId16K?: string;
  /** Only from accounts where speech recognition was on; recent pushes leave it out. */
  readonly Recognition?: string;
}
export interface VideoMessage extends Ordinary<'video' | 'shortvideo'> {
  readonly MediaId: string;
  readonly ThumbMediaId: string;
}
export interface LocationMessage extends Ordinary<'location'> {
  /** Latitude. */
  readonly Location_X: number;
  /** Longitude. */
  readonly Location_Y: number;
  readonly Scale: number;
  readonly Label: string;
}
export interface LinkMessage extends Ordinary<'link'> {
  readonly Title: string;
  readonly Description: string;
  readonly Url: string;
}
/** Not in WeChat's documents, but it comes when a follower sends a file. */
export interface FileMessage extends Ordinary<'file'> {
  readonly Title: string;
  readonly Description: string;
  readonly FileKey: string;
  readonly FileMd5: string;
  readonly FileTotalLen: number;
}

export type OrdinaryMessage =
  | TextMessage
  | ImageMessage
  | VoiceMessage
  | VideoMessage
  | LocationMessage
  | LinkMessage
  | FileMessage;

export type EventMessage = {
  [Name in EventName]: Base & { readonly type: 'event'; readonly Event: Name } & EventFields[Name];
}[EventName];

/** A body that goes out as it stands, XML or JSON, well-formed or not. */
export interface RawMessage {
  readonly openid: string;
  readonly type: 'raw';
  readonly body: string;
}

export type PushMessage = OrdinaryMessage | EventMessage | RawMessage;
