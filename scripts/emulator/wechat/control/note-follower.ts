import type { EventMessage, OrdinaryMessage, PushMessage } from '../push/messages.ts';
import { FROM_FOLLOWER } from '../state/chats.ts';
import type { FollowerRecord } from '../state/followers.ts';
import type { Action } from '../state/windows.ts';
import type { World } from '../world.ts';

/** What opens a window, besides ordinary messages. */
const actions: Readonly<Record<string, Action>> = {
  CLICK: 'click',
  scancode_push: 'click',
  scancode_waitmsg: 'click',
  subscribe: 'follow',
  SCAN: 'scan',
};

/** WeChat learns what a follower did. A raw body tells it nothing. */
export function noteFollower(world: World, message: PushMessage): void {
  if (message.type === 'raw') return;
  if (message.type === 'event') noteEvent(world, message);
  else noteMessage(world, message);
}

function noteMessage({ followers, windows, chats, figures }: World, message: OrdinaryMessage) {
  const { openid, type } = message;
  // Only followers can write.
  if (followers.record(openid)?.followedAt === undefined) followers.follow(openid);
  windows.open(openid, 'message');
  const text = message.type === 'text' ? message.Content : `[${type}]`;
  chats.add({ openid, opercode: FROM_FOLLOWER, text, worker: '' });
  figures.countMessage(openid, type);
}

function noteEvent(world: World, event: EventMessage): void {
  const { followers, windows, figures, subscriptions } = world;
  const { openid } = event;
  if (event.Event === 'subscribe') {
    const how = howFollowed(event.EventKey ?? '');
    followers.follow(openid, how);
    figures.countFollow(how.scene);
  }
  if (event.Event === 'unsubscribe') {
    if (followers.record(openid)?.followedAt !== undefined) figures.countUnfollow();
    followers.unfollow(openid);
    windows.close(openid);
  }
  if (event.Event === 'subscribe_msg_popup_event') {
    for (const each of event.SubscribeMsgPopupEvent.List) {
      if (each.SubscribeStatusString === 'accept') subscriptions.allow(openid, each.TemplateId);
    }
  }
  if (event.Event === 'subscribe_msg_change_event') {
    for (const each of event.SubscribeMsgChangeEvent.List) {
      if (each.SubscribeStatusString === 'reject') subscriptions.forbid(openid, each.TemplateId);
    }
  }
  const action = actions[event.Event];
  if (action) windows.open(openid, action);
}

const SCENE_PREFIX = 'qrscene_';

function howFollowed(eventKey: string) {
  if (!eventKey.startsWith(SCENE_PREFIX)) {
    return { scene: 'ADD_SCENE_SEARCH' } as const satisfies Partial<FollowerRecord>;
  }
  const scene = eventKey.slice(SCENE_PREFIX.length);
  const isNumber = /^\d+$/.test(scene);
  return {
    scene: 'ADD_SCENE_QR_CODE',
    ...(isNumber ? { qrScene: Number(scene) } : { qrSceneText: scene }),
  } as const satisfies Partial<FollowerRecord>;
}
